"""Answer probability, length-normalised. TOFU, Maini et al. 2024, arXiv 2401.06121, section 2.2.

probability = p(answer | question)^(1/T) = exp(1/T · Σ_t log p(a_t | question, a_<t))
"""

from typing import TYPE_CHECKING

from .base import Metric

if TYPE_CHECKING:
    import numpy as np


def probability(logps: "np.ndarray", hits: "np.ndarray") -> float:
    """Geometric mean of the tokens' probabilities."""
    import math

    return math.exp(float(logps.mean()))


METRIC = Metric("probability", "Probability", ("classification", "generation", "cloze"), of_tokens=probability)
