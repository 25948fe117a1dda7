"""Asks a model without training it: how likely it finds answers, and whether it says them."""

from collections.abc import Sequence
from typing import Any

import torch

from .collate import collate
from .data import Example
from .encode import Encoder
from .step import Counts, Step


@torch.no_grad()
def answer_logps(model: Any, encoder: Encoder, examples: Sequence[Example], batch: int) -> list[float]:
    """The log-probability of each whole answer."""
    values: list[float] = []
    for _, step in _steps(model, encoder, examples, batch):
        values += step.answer_logp.tolist()
    return values


@torch.no_grad()
def recall(model: Any, encoder: Encoder, examples: Sequence[Example], batch: int = 64) -> dict[str, float]:
    """How much of the answers the model knows.

    `exact`: share of answers whose every token is the model's first choice, given the tokens before: greedy decoding
    would say just this. `tokens`: share of such tokens. `nll`: mean over answer tokens.
    """
    exact = right = tokens = 0
    nll = 0.0
    for _, step in _steps(model, encoder, examples, batch):
        hit = step.answers.logits.argmax(-1) == step.answers.targets
        placed = torch.ones_like(step.answers.mask).masked_scatter(step.answers.mask, hit)
        exact += int(placed.all(-1).sum())
        right += int(hit.sum())
        tokens += len(hit)
        nll -= float(step.token_logp.sum())
    return {"exact": exact / len(examples), "tokens": right / tokens, "nll": nll / tokens, "n": len(examples)}


def _steps(model: Any, encoder: Encoder, examples: Sequence[Example], batch: int) -> Any:
    model.eval()
    device = next(model.parameters()).device
    pad = encoder.chat.tokenizer.pad_token_id
    pad = encoder.chat.stop_id if pad is None else pad
    for start in range(0, len(examples), batch):
        part = examples[start : start + batch]
        tensors = {key: value.to(device) for key, value in collate([encoder(one) for one in part], pad).items()}
        yield part, Step(model, tensors, Counts(1, 1))
