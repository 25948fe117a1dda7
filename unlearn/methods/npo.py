"""NPO: negative preference optimisation. Zhang et al. 2024, arXiv 2404.05868, eq. 3.

    L = -(2 / beta) E log sigmoid(-beta log(p / p_reference))        p: of the whole answer, a sum over its tokens

As beta goes to 0 this becomes gradient ascent. The reference is the model that unlearning starts from, or with
`--reference MODEL` one that never saw the forget set: MLLMU-Bench's paper says the
one in one place and the other in another.
"""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor
from torch.nn.functional import logsigmoid

from ..step import Step


@dataclass(frozen=True, slots=True)
class Method:
    """Negative preference optimisation."""

    takes_reference: ClassVar[bool] = True

    beta: float = 0.4
    """Inverse temperature. 0.4 in MLLMU-Bench, 0.1 in NPO's own paper."""

    def loss(self, forget: Step) -> Tensor:
        """-(2 / beta) mean log sigmoid(-beta log(p / p_reference))."""
        ratio = forget.answer_logp - forget.reference.answer_logp  # (B,)
        return forget.mean_rows(-2 / self.beta * logsigmoid(-self.beta * ratio))
