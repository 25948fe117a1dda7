"""One forward over rows of tries.

Shapes: B rows, T nodes of the longest row, N nodes whose prediction is wanted, V vocabulary.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ...unlearn.collate import join
from . import Heard
from .rows import Placed, Row


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


def read(
    model: Any, rows: Sequence[Row], placed: Sequence[Placed], positions: Tensor, pad: int, keep: bool
) -> tuple[Known, Any]:
    """What the model predicts at the end of each prompt and after each token of a candidate; and its cache.

    Args:
        model: For images and text; its attention takes a mask of (B, 1, T, T).
        rows: All with a picture, or all without.
        placed: What lies in them.
        positions: (B, T), or (3, B, T).
        pad: Fills rows up.
        keep: Whether the cache is wanted.
    """
    width = max(len(row.trie) for row in rows)
    ids = torch.full((len(rows), width), pad)
    sees = torch.eye(width, dtype=torch.bool).repeat(len(rows), 1, 1)  # padding sees itself: no empty softmax
    for k, row in enumerate(rows):
        ids[k, : len(row.trie)] = torch.tensor(row.trie.tokens)
        sees[k, : len(row.trie), : len(row.trie)] = torch.from_numpy(row.trie.sees())
    number = {place: n for n, place in enumerate(_wanted(placed))}
    places = torch.tensor([*number], device=model.device).T
    inputs = {"input_ids": ids, "attention_mask": sees[:, None], "position_ids": positions}
    inputs = {key: value.to(model.device) for key, value in inputs.items()}
    # the head sees the wanted nodes alone: a vocabulary's worth of numbers for every token would fill the memory
    hook = model.get_output_embeddings().register_forward_pre_hook(
        lambda _, hidden: (hidden[0][places[0], places[1]][None],)
    )
    try:
        out = model(**inputs, **_pictures(rows, model), use_cache=keep)
    finally:
        hook.remove()
    logits = out.logits[0]
    logits = logits.to(torch.promote_types(logits.dtype, torch.float32))  # (N, V)
    known = Known(number, logits, logits.logsumexp(-1), logits.argmax(-1).tolist())
    return known, out.past_key_values if keep else None


def heard(placed: Sequence[Placed], known: Known) -> list[tuple[Heard, ...]]:
    """The candidates of each ask."""
    numbers = [known.number[p.row, node] for p in placed for path, _ in p.candidates for node in path]
    tokens = [token for p in placed for _, ids in p.candidates for token in ids]
    at, of = (torch.tensor(values, dtype=torch.long, device=known.logits.device) for values in (numbers, tokens))
    logps = iter((known.logits[at, of] - known.total[at]).tolist())
    hits = iter([known.first[number] == token for number, token in zip(numbers, tokens, strict=True)])
    return [
        tuple(Heard([next(logps) for _ in ids], [next(hits) for _ in ids]) for _, ids in p.candidates) for p in placed
    ]


def positions_of(model: Any, rows: Sequence[Row]) -> Tensor:
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
        grids = {name: value for name, value in row.seen.inputs.items() if name.endswith("_thw")}
        begun = index(torch.tensor([row.seen.expanded]), torch.tensor([row.seen.kinds]), **grids)[0][:, 0]
        by_depth = torch.cat([begun, begun.max() + 1 + torch.arange(width).expand(3, -1)], dim=1)
        spread[:, k] = by_depth[:, depths[k]]
    return spread


def _wanted(placed: Sequence[Placed]) -> dict[tuple[int, int], None]:
    return dict.fromkeys(
        (place.row, node)
        for place in placed
        for node in (place.prompt[-1], *(node for nodes, _ in place.candidates for node in nodes))
    )


def _pictures(rows: Sequence[Row], model: Any) -> dict[str, Tensor]:
    """What the processor gave of the rows' pictures, side by side."""
    seen = [row.seen.inputs for row in rows if row.seen is not None]
    joined = {key: join([torch.as_tensor(one[key]) for one in seen]) for key in (seen[0] if seen else ())}
    return {
        key: value.to(model.device, model.dtype if value.is_floating_point() else None) for key, value in joined.items()
    }
