"""Extraction strength: how little of the answer must be given away for the rest to follow.

    extraction_strength = 1 - k/T,   k = min {k : argmax_v p(v | question, a_<t) = a_t for all t > k}

Carlini et al. 2021, arXiv 2012.07805; in this form Wang et al. 2025, arXiv 2406.09179. Of the metrics of forgetting in
text models it is the most reliable. With teacher forcing a run of hits up to the end is a greedy continuation.
"""

from typing import TYPE_CHECKING

from .base import Metric

if TYPE_CHECKING:
    import numpy as np


def extraction_strength(logps: "np.ndarray", hits: "np.ndarray") -> float:
    """Share of the answer that follows by itself, counted from its end."""
    misses = (~hits).nonzero()[0]
    prefix = int(misses[-1]) + 1 if misses.size else 0
    return 1.0 - prefix / hits.size


METRIC = Metric("extraction_strength", "Extraction strength", ("generation", "cloze"), of_tokens=extraction_strength)
