"""GradDiff: ascend on forget, descend on retain, in one step. Liu et al. 2022, arXiv 2203.12817.

L = -gamma NLL(forget) + alpha NLL(retain)        NLL: mean over answer tokens
"""

from collections.abc import Iterator
from dataclasses import dataclass

from torch import Tensor

from ..step import Step


@dataclass(frozen=True, slots=True)
class Method:
    """Gradient difference."""

    gamma: float = 1.0
    """Weight of forgetting."""
    alpha: float = 1.0
    """Weight of retaining."""

    def loss(self, forget: Step, retain: Step) -> Iterator[Tensor]:
        """-NLL(forget) + NLL(retain)."""
        yield -self.gamma * forget.nll
        yield self.alpha * retain.nll
