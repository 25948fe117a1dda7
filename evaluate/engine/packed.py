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
    first: Tensor
    """(N,) the likeliest token."""


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
        words = self._words(asks, placed, positions, known, cache)
        return [Reply(heard[k], words.get(k, "")) for k in range(len(asks))]

    def _pack(self, asks: Sequence[Ask]) -> tuple[list[Row], list[Placed]]:
        rows: list[Row] = []
        by_picture: dict[tuple[str, str, int], int] = {}
        placed: list[Placed] = []
        for ask, tokens in zip(asks, self.texts.tokens(asks), strict=True):
            number = len(rows) if ask.picture is None else by_picture.setdefault(ask.picture, len(rows))
            if number == len(rows):
                rows.append(Row(Trie(), None if ask.picture is None else self.texts.picture(ask)))
            placed.append(_place(rows[number].trie, number, tokens))
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
        return Known(number, logits, logits.logsumexp(-1), logits.argmax(-1)), out.past_key_values if keep else None

    def _words(
        self, asks: Sequence[Ask], placed: list[Placed], positions: Tensor, known: Known, cache: Any
    ) -> dict[int, str]:
        open_asks = [k for k, ask in enumerate(asks) if ask.tokens]
        if not open_asks:
            return {}
        ends = [(placed[k].row, placed[k].prompt[-1]) for k in open_asks]
        prompts = Prompts(
            rows=[placed[k].row for k in open_asks],
            nodes=[placed[k].prompt for k in open_asks],
            positions=[int(positions[..., row, node].max()) + 1 for row, node in ends],
            first=known.first[[known.number[end] for end in ends]].tolist(),
            limits=[asks[k].tokens for k in open_asks],
        )
        tokenizer = self.texts.chat.tokenizer
        texts = tokenizer.batch_decode(greedy(self.model, cache, prompts, self.stops), skip_special_tokens=True)
        return {k: text.strip() for k, text in zip(open_asks, texts, strict=True)}


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
    at = torch.tensor([known.number[node] for node in nodes], device=known.logits.device)
    tokens = torch.tensor([t for p in placed for _, ids in p.candidates for t in ids], device=known.logits.device)
    logps = iter((known.logits[at, tokens] - known.total[at]).tolist())
    hits = iter((known.first[at] == tokens).tolist())
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
