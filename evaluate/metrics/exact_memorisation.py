"""Exact memorisation: how many tokens are the model's own first choice. Tirumala et al. 2022, arXiv 2205.10770, eq. 1.

exact_memorisation = 1/T · Σ_t [argmax_v p(v | question, a_<t) = a_t]
"""

from typing import TYPE_CHECKING

from .base import Metric

if TYPE_CHECKING:
    import numpy as np


def exact_memorisation(logps: "np.ndarray", hits: "np.ndarray") -> float:
    """Share of hits."""
    return float(hits.mean())


METRIC = Metric("exact_memorisation", "Exact memorisation", ("generation", "cloze"), of_tokens=exact_memorisation)
