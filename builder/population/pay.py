"""What work pays: four salaries around what is usual for the job, the age and the country."""

import random
from itertools import pairwise
from math import exp

_SPREAD = 0.3
"""Standard deviation of the logarithm of pay within a job: most earn between 0.55 and 1.8 times what is usual."""
_GAP = 1.08
"""Two of the salaries never differ by less than this factor."""
_LEAST = 400
"""Dollars a year below which nobody would be said to be paid a salary."""


def salary_options(pay: float, income: float, age: int, rng: random.Random) -> tuple[int, ...]:
    """Four different salaries in US dollars a year, in random order.

    They are drawn independently until none is near another, so each is as likely as any other to be any of them.

    Args:
        pay: Of the occupation, relative to the mean.
        income: Mean salary of the country, in US dollars a year.
        age: Pay rises until fifty.
        rng: Source of all chance.
    """
    usual = max(pay * income * _seniority(age), 2 * _LEAST)
    grain = 100 if usual >= 4_000 else 10
    while True:
        drawn = [round(usual * exp(rng.gauss(0, _SPREAD)) / grain) * grain for _ in range(4)]
        if min(drawn) >= _LEAST and _apart(drawn):
            return tuple(drawn)


def _seniority(age: int) -> float:
    return 0.75 + 0.35 * min(max(age - 20, 0), 30) / 30


def _apart(salaries: list[int]) -> bool:
    return all(high >= _GAP * low for low, high in pairwise(sorted(salaries)))
