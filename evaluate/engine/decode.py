"""Greedy decoding that goes on from caches in which many prompts lie side by side or share their beginning.

Shapes: Q prompts, S tokens of the longest, H heads, D their size.
"""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import torch

from ...unlearn.chat import Chat


class Begun(NamedTuple):
    """A prompt that a forward has read, and perhaps the beginning of its answer."""

    ask: int
    """Whose answer it is."""
    cache: Any
    """The forward's."""
    row: int
    """Of the cache."""
    nodes: list[int]
    """Its columns, first token first: the prompt's, and of what is written already."""
    written: list[int]
    """First tokens of the answer."""
    next: int
    """The likeliest next one; perhaps one that ends the answer."""
    position: int
    """Where that stands."""
    limit: int
    """Most tokens to write."""


def stop_ids(model: Any, chat: Chat) -> set[int]:
    """Tokens that end an answer: the chat template's, the tokenizer's, and what the model was published with."""
    published = getattr(model.generation_config, "eos_token_id", None)
    many = published if isinstance(published, list) else [published]
    return {token for token in (chat.stop_id, chat.tokenizer.eos_token_id, *many) if token is not None}


def greedy(model: Any, begun: Sequence[Begun], stops: Collection[int]) -> list[list[int]]:
    """What the model says to each prompt, without the token that ends it."""
    written = [list(one.written) for one in begun]
    running = [k for k, one in enumerate(begun) if one.next not in stops and len(written[k]) < one.limit]
    if not running:
        return written
    cache, mask = _gathered([begun[k] for k in running], model.device)
    last, position = torch.tensor([(begun[k].next, begun[k].position) for k in running], device=model.device).T
    while True:
        for k, token in zip(running, last.tolist(), strict=True):
            written[k].append(token)
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
        out = model(
            input_ids=last[:, None], attention_mask=mask[:, None, None], position_ids=position[:, None],
            past_key_values=cache, use_cache=True,
        )  # fmt: skip
        last, position = out.logits[:, -1].argmax(-1), position + 1
        going = zip(running, last.tolist(), strict=True)
        keep = [i for i, (k, token) in enumerate(going) if token not in stops and len(written[k]) < begun[k].limit]
        if not keep:
            return written
        if len(keep) < len(running):
            index = torch.tensor(keep, device=model.device)
            cache.batch_select_indices(index)
            running, mask, last, position = [running[i] for i in keep], mask[index], last[index], position[index]


def _gathered(begun: Sequence[Begun], device: Any) -> tuple[Any, torch.Tensor]:
    """The prompts' keys and values as one cache, padded on the left, and (Q, S) where they stand."""
    from transformers import DynamicCache

    width = max(len(one.nodes) for one in begun)
    columns, mask = torch.zeros(len(begun), width, dtype=torch.long), torch.zeros(len(begun), width, dtype=torch.bool)
    for k, one in enumerate(begun):
        columns[k, width - len(one.nodes) :] = torch.tensor(one.nodes)
        mask[k, width - len(one.nodes) :] = True
    columns = columns.to(device)
    parts: list[list[tuple[torch.Tensor, torch.Tensor]]] = []
    start = 0
    for _, group in groupby(begun, key=lambda one: id(one.cache)):  # one forward's follow each other
        of_cache = list(group)
        rows = torch.tensor([one.row for one in of_cache], device=device)[:, None]
        part = columns[start : start + len(of_cache)]
        parts.append([(_picked(x.keys, rows, part), _picked(x.values, rows, part)) for x in of_cache[0].cache.layers])
        start += len(of_cache)
    cache = DynamicCache()
    for number, layer in enumerate(zip(*parts, strict=True)):
        keys, values = (torch.cat([pair[i] for pair in layer]) for i in (0, 1))  # (Q, H, S, D)
        cache.update(keys, values, number)
    return cache, mask.to(device)


def _picked(states: torch.Tensor, rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    """(q, H, S, D) of (B, H, T, D)."""
    return states.transpose(1, 2)[rows, columns].transpose(1, 2)
