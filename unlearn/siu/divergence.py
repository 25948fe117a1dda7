"""The dual masked divergence, token by token. arXiv 2405.12523, section 3.2.

Shapes: B examples, T columns, N answer tokens, V vocabulary.
"""

from torch import Tensor
from torch.nn.functional import pad

from ..step import NAME_TOKENS, SPECIFIED, Step


def dual_masked(step: Step, token_mask: bool = True, vocabulary_mask: bool = True) -> Tensor:
    """(N,): K_S(t) sum_v K_V(v) p_ref(v) log(p_ref(v) / p(v)); an example without masks is not masked.

    p_ref is the model with its adapter off. With a mask it is no divergence any more, and can be below 0.
    """
    reference, current = step.reference.log_probs, step.log_probs  # (N, V)
    terms = reference.exp() * (reference - current)
    mask = step.answers.mask  # (B, K)
    if vocabulary_mask and NAME_TOKENS in step.batch:
        rows = mask.nonzero()[:, 0]  # (N,): whose answer a token is of
        terms = terms.masked_fill(_wide(step.batch[NAME_TOKENS], terms.shape[-1])[rows], 0.0)
    values = terms.sum(-1)
    if token_mask and SPECIFIED in step.batch:
        values = values.masked_fill(step.batch[SPECIFIED][:, -mask.shape[1] :][mask], 0.0)
    return values


def _wide(names: Tensor, vocabulary: int) -> Tensor:
    """(B, V): a model may have rows for more tokens than its tokenizer has."""
    return pad(names, (0, vocabulary - names.shape[1]))
