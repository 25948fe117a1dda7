"""GA: gradient ascent on the forget set. Thudi et al. 2022, arXiv 2109.13398.

    L = -NLL(forget)        NLL: mean over answer tokens

It has no floor: left to run, it turns the model into noise. `--stop-forget-nll` and `--stop-retain-nll` end it before
that.
"""

from dataclasses import dataclass

from torch import Tensor

from ..step import Step


@dataclass(frozen=True, slots=True)
class Method:
    """Gradient ascent."""

    def loss(self, forget: Step) -> Tensor:
        """-NLL(forget)."""
        return -forget.nll
