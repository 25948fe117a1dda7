"""Greedy decoding that goes on from a cache in which many prompts lie side by side or share their beginning.

Shapes: Q prompts, S tokens of the longest, H heads, D their size.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

import torch

from ...unlearn.chat import Chat


class Prompts(NamedTuple):
    """Q prompts that a forward has read; one entry each."""

    rows: list[int]
    """Row of the cache."""
    nodes: list[list[int]]
    """Its columns, first token first; those of what is written already follow the prompt's."""
    written: list[list[int]]
    """The first tokens of the answer, where the forward has read them."""
    positions: list[int]
    """Where the next token stands."""
    first: list[int]
    """The likeliest next token."""
    limits: list[int]
    """Most tokens to write."""


def stop_ids(model: Any, chat: Chat) -> set[int]:
    """Tokens that end an answer: the chat template's, the tokenizer's, and what the model was published with."""
    published = getattr(model.generation_config, "eos_token_id", None)
    many = published if isinstance(published, list) else [published]
    return {token for token in (chat.stop_id, chat.tokenizer.eos_token_id, *many) if token is not None}


def greedy(model: Any, cache: Any, prompts: Prompts, stops: Collection[int]) -> list[list[int]]:
    """What the model says to each prompt, without the token that ends it."""
    written = [list(tokens) for tokens in prompts.written]
    limits = prompts.limits
    running = [k for k, token in enumerate(prompts.first) if token not in stops and len(written[k]) < limits[k]]
    if not running:
        return written
    part, mask = _gathered(cache, prompts, running, model.device)
    last = torch.tensor([prompts.first[k] for k in running], device=model.device)
    position = torch.tensor([prompts.positions[k] for k in running], device=model.device)
    while True:
        for k, token in zip(running, last.tolist(), strict=True):
            written[k].append(token)
        keep = [i for i, k in enumerate(running) if len(written[k]) < limits[k]]
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
        if len(keep) < len(running):
            running, part, mask, last, position = _only(keep, running, part, mask, last, position)
        if not running:
            return written
        out = model(
            input_ids=last[:, None], attention_mask=mask[:, None, None], position_ids=position[:, None],
            past_key_values=part, use_cache=True,
        )  # fmt: skip
        last, position = out.logits[:, -1].argmax(-1), position + 1
        keep = [i for i, token in enumerate(last.tolist()) if token not in stops]
        if len(keep) < len(running):
            running, part, mask, last, position = _only(keep, running, part, mask, last, position)
        if not running:
            return written


def _gathered(cache: Any, prompts: Prompts, running: list[int], device: Any) -> tuple[Any, torch.Tensor]:
    """The prompts' keys and values as a cache of their own, padded on the left, and (Q, S) where they stand."""
    from transformers import DynamicCache

    width = max(len(prompts.nodes[k]) for k in running)
    columns = torch.zeros(len(running), width, dtype=torch.long)
    mask = torch.zeros(len(running), width, dtype=torch.bool)
    for i, k in enumerate(running):
        columns[i, width - len(prompts.nodes[k]) :] = torch.tensor(prompts.nodes[k])
        mask[i, width - len(prompts.nodes[k]) :] = True
    rows, columns = torch.tensor([prompts.rows[k] for k in running], device=device), columns.to(device)
    part = DynamicCache()
    for number, layer in enumerate(cache.layers):
        keys, values = (t.transpose(1, 2)[rows[:, None], columns].transpose(1, 2) for t in (layer.keys, layer.values))
        part.update(keys, values, number)  # (Q, H, S, D) each
    return part, mask.to(device)


def _only(keep: list[int], running: list[int], part: Any, *tensors: torch.Tensor) -> Any:
    index = torch.tensor(keep, dtype=torch.long, device=tensors[0].device)
    if keep:
        part.batch_select_indices(index)
    return [running[i] for i in keep], part, *(tensor[index] for tensor in tensors)
