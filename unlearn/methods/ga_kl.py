"""GA+KL: gradient ascent, close to the original on other pictures. SIU's baseline, arXiv 2405.12523.

    L = -gamma NLL(forget) + alpha KL(original || current) on retain questions that are asked with a picture

As KL-Min, but the divergence is held where unlearning from a picture does its damage: with the picture in front.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from torch import Tensor

from ...errors import UsageError
from ..step import Step

if TYPE_CHECKING:
    from ..data import Example


@dataclass(frozen=True, slots=True)
class Method:
    """Gradient ascent and a divergence with pictures."""

    needs_pictures: ClassVar[bool] = True

    gamma: float = 1.0
    """Weight of forgetting."""
    alpha: float = 1.0
    """Weight of the divergence."""

    def keep(self, retain: Sequence["Example"]) -> list["Example"]:
        """Those with a picture.

        Raises:
            UsageError: None has one.
        """
        kept = [one for one in retain if one.picture is not None]
        if not kept:
            raise UsageError("ga_kl holds on to questions with pictures, and the retain set has none: take kl_min.")
        return kept

    def loss(self, forget: Step, retain: Step) -> Iterator[Tensor]:
        """-NLL(forget) + KL(original || current) on retain."""
        yield -self.gamma * forget.nll
        original, current = retain.reference.log_probs, retain.log_probs  # (N, V)
        yield self.alpha * retain.mean_tokens((original.exp() * (original - current)).sum(-1))
