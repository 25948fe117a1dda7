"""Plain fine-tuning, as a method: what makes base into vanilla and into retain-only."""

from torch import Tensor

from .step import Step


class Learn:
    """L = NLL, mean over answer tokens."""

    def loss(self, retain: Step) -> Tensor:
        """NLL."""
        return retain.nll
