"""What work pays: salaries around what is usual for the job, the age and the country."""

import random
from collections.abc import Sequence
from itertools import pairwise
from math import exp

_SPREAD = 0.3
"""Standard deviation of the logarithm of pay within a job: most earn between 0.55 and 1.8 times what is usual."""
_GAP = 1.08
"""Two of the salaries never differ by less than this factor."""
_LEAST = 400
"""Dollars a year below which nobody would be said to be paid a salary."""


def salaries(means: Sequence[float], age: int, rng: random.Random) -> list[int]:
    """Different salaries in US dollars a year, one around each of the means.

    All are drawn anew until no two are near each other.

    Args:
        means: What each one's job pays where they live, in US dollars a year.
        age: Pay rises until fifty.
        rng: Source of all chance.
    """
    usual = [max(mean * _seniority(age), 2 * _LEAST) for mean in means]
    while True:
        drawn = [_rounded(pay * exp(rng.gauss(0, _SPREAD))) for pay in usual]
        if min(drawn) >= _LEAST and _apart(drawn):
            return drawn


def _rounded(pay: float) -> int:
    grain = 100 if pay >= 4_000 else 10
    return round(pay / grain) * grain


def _seniority(age: int) -> float:
    return 0.75 + 0.35 * min(max(age - 20, 0), 30) / 30


def _apart(salaries: list[int]) -> bool:
    return all(high >= _GAP * low for low, high in pairwise(sorted(salaries)))
