"""KL-Min: ascend on forget, stay close to the original on retain. Nguyen et al. 2020, arXiv 2010.10981.

    L = -gamma NLL(forget) + alpha KL(original || current) on retain

Both are means over answer tokens; the divergence is over the whole vocabulary at each of them. The original is the
model that unlearning started from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import kl_div

from ..step import Step


@dataclass(frozen=True, slots=True)
class Method:
    """KL minimisation."""

    gamma: float = 1.0
    """Weight of forgetting."""
    alpha: float = 1.0
    """Weight of the divergence."""

    def loss(self, forget: Step, retain: Step) -> Iterator[Tensor]:
        """-NLL(forget) + KL(original || current) on retain."""
        yield -self.gamma * forget.nll
        original, current = retain.reference.log_probs, retain.log_probs  # (N, V)
        divergence = kl_div(current, original, log_target=True, reduction="none")  # sum p_original log(p_original / p)
        yield self.alpha * retain.mean_tokens(divergence.sum(-1))
