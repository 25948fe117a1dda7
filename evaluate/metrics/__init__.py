"""What an answer is worth. One small file a metric, and one line here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import (
    accuracy,
    contains,
    exact,
    exact_memorisation,
    extraction_strength,
    factuality,
    probability,
    rouge_l,
)
from . import truth_ratio as tofu
from .base import Metric
from .truth_ratio import truth_ratio

if TYPE_CHECKING:
    import numpy as np

__all__ = ["METRICS", "Metric", "likelihood_scores", "text_scores", "truth_ratio"]

METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        accuracy.AS_IS,
        accuracy.NORMALISED,
        accuracy.BEYOND_FAMILIARITY,
        rouge_l.F1,
        rouge_l.RECALL,
        factuality.METRIC,
        exact.METRIC,
        contains.METRIC,
        probability.METRIC,
        tofu.METRIC,
        extraction_strength.METRIC,
        exact_memorisation.METRIC,
    )
}
"""By name, in the order of tables."""


def text_scores(task: str, expected: str, answer: str) -> dict[str, float]:
    """Every score that a task's answer gets from its wording alone; classification gets none."""
    return {m.key: m.of_text(expected, answer) for m in METRICS.values() if m.of_text and task in m.tasks}


def likelihood_scores(
    token_logps: "np.ndarray | Sequence[float]", hits: "np.ndarray | Sequence[bool]"
) -> dict[str, float]:
    """Every score that a model earns by how likely it finds the right answer, word after word.

    Args:
        token_logps: (T,) log-probability of each token of the right answer, given those before it.
        hits: (T,) whether that token was also the model's first choice there.

    Returns:
        Nothing at all for an answer without tokens: not scored is not zero.
    """
    import numpy as np

    logps, right = np.asarray(token_logps, dtype=np.float64), np.asarray(hits, dtype=bool)
    if logps.shape != right.shape or logps.ndim != 1:
        raise ValueError(f"log-probabilities {logps.shape} and hits {right.shape} must both be (T,)")
    if not logps.size:
        return {}
    return {m.key: m.of_tokens(logps, right) for m in METRICS.values() if m.of_tokens}
