"""The objective of SIU's released code, for comparison (`--set impl=released`). Where it departs from the paper:

- There are no weights: L = CE + KL; alpha and beta have no effect.
- The divergence is divided by a count of token-vocabulary pairs: it is some V times smaller than a mean over tokens.
- The masks are unshifted: a token's mask is put on the position that predicts the token after it.
- They are not moved for the picture: a placeholder is one token in the mask and many in the model, so that with a
  picture the mask lies that many positions too early. The divergence is taken there.
"""

import torch
from torch import Tensor

from ..collate import Batch
from ..encode import IGNORED
from ..step import EXPANDED, NAME_TOKENS, SPECIFIED, Step, model_inputs


def released(step: Step) -> Tensor:
    """CE + KL, as released."""
    return step.nll + step.of_batch(_divergence(step))


def _divergence(step: Step) -> Tensor:
    """Over the columns where the released code believes the answers to be.

    B examples, T columns, V vocabulary, M tokens of answers as misplaced.
    """
    batch = step.batch
    answers = _early(batch["labels"] != IGNORED, batch)  # (B, T)
    current = _log_probs(step)[answers]  # (M, V)
    with step.as_reference():
        original = _log_probs(step)[answers]
    kept = torch.ones_like(current, dtype=torch.bool)
    if NAME_TOKENS in batch:
        names = batch[NAME_TOKENS]
        kept[:, : names.shape[1]] &= ~names[answers.nonzero()[:, 0]]
    if SPECIFIED in batch:
        kept &= ~_early(batch[SPECIFIED], batch)[answers][:, None]
    terms = (original.exp() * (original - current)).masked_fill(~kept, 0.0)
    return terms.sum() / kept.sum().clamp_min(1)


def _log_probs(step: Step) -> Tensor:
    """(B, T, V)"""
    logits = step.model(**model_inputs(step.batch), logits_to_keep=0, use_cache=False).logits
    return logits.to(torch.promote_types(logits.dtype, torch.float32)).log_softmax(-1)


def _early(mask: Tensor, batch: Batch) -> Tensor:
    """(B, T): each row moved left by as many columns as its picture has tokens beyond one."""
    if EXPANDED not in batch:
        return mask
    moved = torch.zeros_like(mask)
    for row, extra in enumerate(batch[EXPANDED][:, 0].tolist()):
        moved[row, : mask.shape[1] - extra] = mask[row, extra:]
    return moved
