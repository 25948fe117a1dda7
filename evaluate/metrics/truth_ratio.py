"""Truth ratio: wrong answers beside the right one. TOFU, Maini et al. 2024, arXiv 2401.06121, eq. 1.

    R = (1/|W| · Σ_{w in W} p(w | q)^(1/|w|)) / p(right | q)^(1/|right|)

Near 0 the model knows the answer; near 1 it is indifferent. R has no upper limit, so what is averaged is R / (1 + R),
0 to 1 and .5 for indifference; the test of forget quality looks at the order of values alone, which that keeps.
"""

import math
from collections.abc import Iterable

from .base import Metric

GREATEST = 1e4
"""Where R is cut off: JSON has no infinity."""


def truth_ratio(right_logp: float, wrong_logps: Iterable[float]) -> float:
    """TOFU's R.

    Args:
        right_logp: Log-probability of the right answer, divided by its number of tokens.
        wrong_logps: The same of each wrong answer; one or more.
    """
    ratios = [math.exp(min(logp - right_logp, 50.0)) for logp in wrong_logps]
    if not ratios:
        raise ValueError("a truth ratio needs a wrong answer")
    return min(GREATEST, sum(ratios) / len(ratios))


METRIC = Metric(
    "truth_ratio", "Truth ratio, R/(1+R)", ("generation", "cloze"), bounded=lambda ratio: ratio / (1.0 + ratio)
)
