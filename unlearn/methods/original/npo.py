"""NPO as the published script computes it: the ratio is of the batch's mean loss, not of each whole answer.

    L = -(2 / beta) log sigmoid(-beta (NLL_reference - NLL))        NLL: mean over the tokens of the batch

So beta means something else than in NPO's paper: `methods/npo.py`.
"""

from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import logsigmoid

from ...step import Step


@dataclass(frozen=True, slots=True)
class Method:
    """Negative preference optimisation, batch mean."""

    beta: float = 0.4
    """Inverse temperature."""

    def loss(self, forget: Step) -> Tensor:
        """-(2 / beta) log sigmoid(-beta (NLL_reference - NLL))."""
        ratio = forget.token_logp.mean() - forget.reference.token_logp.mean()
        return forget.of_batch(-2 / self.beta * logsigmoid(-self.beta * ratio))
