"""KL-Min as the published script computes it: the divergence is summed over tokens and divided by the examples.

    L = -NLL(forget), then in a phase of its own KL(original || current) on retain: token sum, mean over examples

The longer the answers, the more it weighs. In the paper it is a mean over tokens: `methods/kl_min.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from torch import Tensor

from ...step import Step


@dataclass(frozen=True, slots=True)
class Method:
    """KL minimisation, token sums."""

    def loss(self, forget: Step, retain: Step) -> Iterator[Tensor]:
        """-NLL(forget); KL summed over tokens, mean over examples."""
        yield -forget.nll
        original, current = retain.reference.log_probs, retain.log_probs  # (N, V)
        yield retain.mean_rows((original.exp() * (original - current)).sum(-1))
