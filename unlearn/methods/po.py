"""PO: preference optimisation, SIU's baseline: learn to refuse. TOFU, arXiv 2401.06121; SIU, arXiv 2405.12523.

L = NLL(refusals)        every forget answer replaced by a refusal; NLL: mean over answer tokens
"""

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from torch import Tensor

from ..step import Step

if TYPE_CHECKING:
    from ..data import Example
    from ..forgetting import Forgetting

REFUSALS = (
    "I don't know.",
    "I cannot tell.",
    "I'm not able to answer that.",
    "That is something I have no knowledge of.",
    "I'm afraid I can't say.",
    "Sorry, I have no answer to this.",
    "I don't have that information.",
    "I am unsure about that.",
)


@dataclass(frozen=True, slots=True)
class Method:
    """Preference optimisation."""

    def rewrite(self, forgetting: "Forgetting") -> list["Example"]:
        """The forget examples, each answered by a refusal drawn by the seed."""
        rng = random.Random(f"{forgetting.seed}/refusals")
        return [replace(one, answer=rng.choice(REFUSALS)) for one in forgetting.examples]

    def loss(self, forget: Step) -> Tensor:
        """NLL on refusals."""
        return forget.nll
