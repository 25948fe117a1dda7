"""Ordinary ailments of women and men of an age."""

import random
from typing import NamedTuple

from .draws import Weighted, several, table, weighted


class _Condition(NamedTuple):
    """A condition: youngest and oldest who have it, weights by sex, and those that are nearly the same."""

    name: str
    youngest: int
    oldest: int
    female: float
    male: float
    family: str


NONE = "none"
"""The value of a person without a condition."""

_NONE_WEIGHT = 0.125
"""Of `none`, relative to all conditions together; it makes one person in ten healthy."""

_CONDITIONS = tuple(_Condition(*row) for row in table("conditions.toml")["conditions"])
_eligible: dict[tuple[bool, int], Weighted[_Condition]] = {}


def conditions(female: bool, age: int, people: int, rng: random.Random) -> tuple[str, ...]:
    """What each of several people of the sex and age has: different conditions, and `none` for one in ten."""
    key = female, age
    if key not in _eligible:
        rows = [condition for condition in _CONDITIONS if condition.youngest <= age <= condition.oldest]
        weights = [row.female if female else row.male for row in rows]
        healthy = _Condition(NONE, 0, 200, 1, 1, NONE)
        _eligible[key] = weighted([healthy, *rows], [_NONE_WEIGHT * sum(weights), *weights])
    while True:
        drawn = several(_eligible[key], people, rng)
        if len({condition.family for condition in drawn}) == people:
            return tuple(condition.name for condition in drawn)
