"""The default engine: all questions about a picture in one row, every token and every picture read once.

Each row is a `Trie`. One forward gives the likelihood of every candidate of every question in it; from its cache the
open questions go on greedily, all at once.

Shapes: B rows, T nodes of the longest row, N nodes whose prediction is wanted, V vocabulary.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ...unlearn.chat import Chat
from ...unlearn.collate import join
from . import Ask, Heard, Reply
from .decode import Prompts, greedy, stop_ids
from .texts import Seen, Texts, Tokens
from .trie import Trie

SHELF = 192
"""Tokens of a row without a picture: enough to hold a few questions, few enough that attention stays cheap."""


class Placed(NamedTuple):
    """Where one ask lies."""

    row: int
    prompt: list[int]
    """Nodes of the prompt."""
    candidates: list[tuple[list[int], list[int]]]
    """(nodes that predict the candidate's tokens, those tokens)."""


class Row(NamedTuple):
    """One row of a batch: a picture's questions, or one question without a picture."""

    trie: Trie
    seen: Seen | None


class Known(NamedTuple):
    """What the forward says at the wanted nodes."""

    number: dict[tuple[int, int], int]
    """(row, node) -> n."""
    logits: Tensor
    """(N, V), float32 or better."""
    total: Tensor
    """(N,) log of the sum of their exponentials."""
    first: list[int]
    """(N,) the likeliest token."""


class Begun(NamedTuple):
    """The beginning of an answer in the model's own words."""

    nodes: list[int]
    tokens: list[int]
    next: int
    """What the model says after that; perhaps that it has ended."""


class Packed:
    """See the module."""

    name = "packed"

    def __init__(self, model: Any, chat: Chat):
        """`model`: on its device, in eval mode."""
        self.model = model
        self.texts = Texts(chat)
        self.stops = stop_ids(model, chat)

    @torch.inference_mode()
    def __call__(self, asks: Sequence[Ask]) -> list[Reply]:
        """The replies, in the order of `asks`; all have a picture, or none has."""
        rows, placed = self._pack(asks)
        wanted = dict.fromkeys(
            (place.row, node)
            for place in placed
            for node in [place.prompt[-1], *(node for nodes, _ in place.candidates for node in nodes)]
        )
        positions = _positions(self.model, rows)
        known, cache = self._forward(rows, positions, [*wanted], any(ask.tokens for ask in asks))
        heard = _heard(placed, known)
        words = self._words(asks, placed, rows, positions, known, cache)
        return [Reply(heard[k], words.get(k, "")) for k in range(len(asks))]

    def _pack(self, asks: Sequence[Ask]) -> tuple[list[Row], list[Placed]]:
        rows: list[Row] = []
        places: dict[Any, int] = {}
        placed: list[Placed] = []
        tokens = self.texts.tokens(asks)
        shared = shelves([one.size for one in tokens]) if asks[0].picture is None else []
        for k, (ask, one) in enumerate(zip(asks, tokens, strict=True)):
            number = places.setdefault(ask.picture or shared[k], len(rows))
            if number == len(rows):
                rows.append(Row(Trie(), None if ask.picture is None else self.texts.picture(ask)))
            placed.append(_place(rows[number].trie, number, one))
        return rows, placed

    def _forward(
        self, rows: list[Row], positions: Tensor, wanted: list[tuple[int, int]], keep: bool
    ) -> tuple[Known, Any]:
        device = self.model.device
        width = max(len(row.trie) for row in rows)
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        sees = torch.eye(width, dtype=torch.bool).repeat(len(rows), 1, 1)  # padding sees itself: no empty softmax
        for k, row in enumerate(rows):
            size = len(row.trie)
            ids[k, :size] = torch.tensor(row.trie.tokens)
            sees[k, :size, :size] = torch.from_numpy(row.trie.sees())
        if self.texts.chat.tokenizer.pad_token_id is not None:
            for k, row in enumerate(rows):
                ids[k, len(row.trie) :] = self.texts.chat.tokenizer.pad_token_id
        places = torch.tensor(wanted).T.to(device)
        head = self.model.get_output_embeddings()
        hook = head.register_forward_pre_hook(lambda _, hidden: (hidden[0][places[0], places[1]][None],))
        try:
            out = self.model(
                input_ids=ids.to(device), attention_mask=sees[:, None].to(device), position_ids=positions.to(device),
                use_cache=keep, **_pictures(rows, self.model),
            )  # fmt: skip
        finally:
            hook.remove()
        logits = out.logits[0]
        logits = logits.to(torch.promote_types(logits.dtype, torch.float32))
        number = {place: n for n, place in enumerate(wanted)}
        return Known(
            number, logits, logits.logsumexp(-1), logits.argmax(-1).tolist()
        ), out.past_key_values if keep else None

    def _words(
        self,
        asks: Sequence[Ask],
        placed: list[Placed],
        rows: list[Row],
        positions: Tensor,
        known: Known,
        cache: Any,
    ) -> dict[int, str]:
        open_asks = [k for k, ask in enumerate(asks) if ask.tokens]
        if not open_asks:
            return {}
        begun = [self._begun(asks[k].tokens, placed[k], rows[placed[k].row].trie, known) for k in open_asks]
        nodes = [placed[k].prompt + one.nodes for k, one in zip(open_asks, begun, strict=True)]
        prompts = Prompts(
            rows=[placed[k].row for k in open_asks],
            nodes=nodes,
            written=[one.tokens for one in begun],
            positions=[
                int(positions[..., placed[k].row, path[-1]].max()) + 1 for k, path in zip(open_asks, nodes, strict=True)
            ],
            first=[one.next for one in begun],
            limits=[asks[k].tokens for k in open_asks],
        )
        tokenizer = self.texts.chat.tokenizer
        texts = tokenizer.batch_decode(greedy(self.model, cache, prompts, self.stops), skip_special_tokens=True)
        return {k: text.strip() for k, text in zip(open_asks, texts, strict=True)}

    def _begun(self, limit: int, place: Placed, trie: Trie, known: Known) -> "Begun":
        """As far as the model says what a candidate says, the forward has read its words: nothing to decode."""
        node, begun = place.prompt[-1], Begun([], [], 0)
        while True:
            token = known.first[known.number[place.row, node]]
            child = trie.child(node, token)
            if token in self.stops or child is None or len(begun.tokens) == limit:
                return begun._replace(next=token)
            begun.nodes.append(child)
            begun.tokens.append(token)
            node = child


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


def _place(trie: Trie, row: int, tokens: Tokens) -> Placed:
    prompt = trie.add(tokens.prompt)
    candidates = []
    for candidate in tokens.candidates:  # the last token predicts nothing that is asked for
        nodes = trie.add(candidate[:-1], prompt[-1])
        candidates.append(([prompt[-1], *nodes], candidate))
    return Placed(row, prompt, candidates)


def _heard(placed: list[Placed], known: Known) -> list[tuple[Heard, ...]]:
    nodes = [(p.row, node) for p in placed for path, _ in p.candidates for node in path]
    if not nodes:
        return [()] * len(placed)
    numbers = [known.number[node] for node in nodes]
    tokens = [token for p in placed for _, ids in p.candidates for token in ids]
    at = torch.tensor(numbers, device=known.logits.device)
    of = torch.tensor(tokens, device=known.logits.device)
    logps = iter((known.logits[at, of] - known.total[at]).tolist())
    hits = iter([known.first[number] == token for number, token in zip(numbers, tokens, strict=True)])
    return [
        tuple(Heard([next(logps) for _ in ids], [next(hits) for _ in ids]) for _, ids in p.candidates) for p in placed
    ]


def _positions(model: Any, rows: list[Row]) -> Tensor:
    """(B, T), or (3, B, T) where a picture's tokens have a place in time, height and width (Qwen's families)."""
    width = max(len(row.trie) for row in rows)
    depths = torch.zeros(len(rows), width, dtype=torch.long)
    for k, row in enumerate(rows):
        depths[k, : len(row.trie)] = torch.tensor(row.trie.depths)
    index = getattr(model.model, "get_rope_index", None)
    if index is None or rows[0].seen is None:
        return depths
    spread = depths.expand(3, -1, -1).clone()
    for k, row in enumerate(rows):
        assert row.seen is not None
        size = len(row.seen.expanded)
        inputs = {name: value for name, value in row.seen.inputs.items() if name.endswith("_thw")}
        begun = index(torch.tensor([row.seen.expanded]), torch.tensor([row.seen.kinds]), **inputs)[0][:, 0]  # (3, size)
        path = torch.cat([begun, begun.max() + 1 + torch.arange(width).expand(3, -1)], dim=1)  # by depth
        spread[:, k] = path[:, depths[k]]
        assert path.shape[1] == size + width
    return spread


def _pictures(rows: list[Row], model: Any) -> dict[str, Tensor]:
    """What the processor gave of the rows' pictures, side by side."""
    seen = [row.seen.inputs for row in rows if row.seen is not None]
    joined = {key: join([torch.as_tensor(one[key]) for one in seen]) for key in (seen[0] if seen else ())}
    return {
        key: value.to(model.device, model.dtype if value.is_floating_point() else None) for key, value in joined.items()
    }
