"""Which questions share a row, and which rows a forward.

Shapes: T nodes of a row.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from . import Ask
from .texts import Seen, Texts, Tokens
from .trie import Trie

SHELF = 192
"""Tokens of a row without a picture: enough to hold a few questions, few enough that attention stays cheap."""

FORWARD = {"cpu": 4096, "cuda": 16384}
"""Tokens of a forward: what stays in a CPU's caches; what keeps a GPU busy."""


class Row(NamedTuple):
    """A picture's questions, or a few without a picture."""

    trie: Trie
    seen: Seen | None


class Placed(NamedTuple):
    """Where one ask lies."""

    ask: int
    """Which one."""
    row: int
    prompt: list[int]
    """Nodes of the prompt."""
    candidates: list[tuple[list[int], list[int]]]
    """(nodes that predict the candidate's tokens, those tokens)."""


def pack(asks: Sequence[Ask], texts: Texts) -> tuple[list[Row], list[Placed]]:
    """Rows for asks that all have a picture, or none."""
    rows: list[Row] = []
    numbers: dict[Any, int] = {}
    placed: list[Placed] = []
    tokens = texts.tokens(asks)
    shared = shelves([one.size for one in tokens]) if asks[0].picture is None else []
    for k, (ask, one) in enumerate(zip(asks, tokens, strict=True)):
        number = numbers.setdefault(ask.picture or shared[k], len(rows))
        if number == len(rows):
            rows.append(Row(Trie(), None if ask.picture is None else texts.picture(ask)))
        placed.append(_place(rows[number].trie, k, number, one))
    return rows, placed


def batches(rows: Sequence[Row], placed: Sequence[Placed], most: int) -> Iterator[tuple[list[Row], list[Placed]]]:
    """Rows of like length together, padded to no more than `most` tokens, or one row alone; row numbers are theirs."""
    order = sorted(range(len(rows)), key=lambda k: len(rows[k].trie), reverse=True)
    by_row: dict[int, list[Placed]] = {}
    for place in placed:
        by_row.setdefault(place.row, []).append(place)
    start = 0
    while start < len(order):
        count = max(1, most // len(rows[order[start]].trie))
        part = order[start : start + count]
        yield [rows[k] for k in part], [p._replace(row=i) for i, k in enumerate(part) for p in by_row[k]]
        start += count


def shelves(sizes: Sequence[int]) -> list[int]:
    """Which row each question without a picture goes into: the longest first, each where it first fits.

    Questions in one row do not see each other. One to a row would pad them all to the longest.
    """
    room: list[int] = []
    number = [0] * len(sizes)
    for k in sorted(range(len(sizes)), key=lambda k: -sizes[k]):
        fits = next((row for row, free in enumerate(room) if sizes[k] <= free), len(room))
        if fits == len(room):
            room.append(max(SHELF, sizes[k]))
        room[fits] -= sizes[k]
        number[k] = fits
    return number


def _place(trie: Trie, ask: int, row: int, tokens: Tokens) -> Placed:
    prompt = trie.add(tokens.prompt)
    candidates = []
    for candidate in tokens.candidates:  # the last token predicts nothing that is asked for
        nodes = trie.add(candidate[:-1], prompt[-1])
        candidates.append(([prompt[-1], *nodes], candidate))
    return Placed(ask, row, prompt, candidates)
