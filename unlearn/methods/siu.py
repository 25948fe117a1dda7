"""SIU: forget a concept from one picture. Li et al. 2024, arXiv 2405.12523, section 3.

    L = alpha CE + beta L_DMK        on the four targets (`unlearn/siu/targets.py`)
    L_DMK = sum_t K_S(t) sum_v K_V(v) p_ref(v) log(p_ref(v) / p(v))        t: answer tokens, v: the vocabulary

K_S is 0 on the tokens that contradict the original model, K_V on those of the concept's name, both 1 elsewhere. CE and
L_DMK are both divided by the number of answer tokens, which leaves their weights as they are in the paper. The
reference is the adapter switched off. `--set impl=released` takes the released code's objective: see
`unlearn/siu/released.py` for where it departs from the paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from torch import Tensor

from ...errors import UsageError
from ..step import Step

if TYPE_CHECKING:
    from ..forgetting import Forgetting
    from ..siu.targets import Target


@dataclass(frozen=True, slots=True)
class Method:
    """Single image unlearning."""

    needs_pictures: ClassVar[bool] = True

    alpha: float = 0.9
    """Weight of the targets' cross-entropy; the paper's."""
    beta: float = 0.75
    """Weight of the dual masked divergence; the paper's."""
    token_mask: bool = True
    """Leave out the answer tokens that contradict the original model."""
    vocabulary_mask: bool = True
    """Leave out the tokens of the concept's name."""
    impl: str = "paper"
    """paper, or released: the objective of the authors' code."""
    unseen: str = ""
    """Folder of pictures that the model never saw, to learn which names it gives to strangers; else blends are made."""

    def __post_init__(self) -> None:
        if self.impl not in ("paper", "released"):
            raise UsageError(f"knob impl = {self.impl!r}: it is paper or released.")
        if self.impl == "released" and not (self.token_mask and self.vocabulary_mask):
            raise UsageError("impl = released has both masks; token_mask and vocabulary_mask are of impl = paper.")

    def rewrite(self, forgetting: "Forgetting") -> list["Target"]:
        """The four targets in the place of what is to be forgotten."""
        from ..siu.names import wrong_names
        from ..siu.targets import targets

        called = wrong_names(forgetting, self.unseen)
        return [
            one
            for subject in forgetting.subjects
            for one in targets(subject, forgetting.others, called[subject.id], forgetting.seed)
        ]

    def loss(self, forget: Step) -> Iterator[Tensor]:
        """alpha CE + beta L_DMK."""
        if self.impl == "released":
            from ..siu.released import released

            yield released(forget)
            return
        from ..siu.divergence import dual_masked

        kept = dual_masked(forget, self.token_mask, self.vocabulary_mask)  # (N,)
        yield self.alpha * forget.nll + self.beta * forget.mean_tokens(kept)
