"""One method beside another, on the same people."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from .replicates import LEVEL, Seeds, chance_of, drawn, person_means, seed_effect, spread
from .sample import Sample

K = TypeVar("K")


class Difference(NamedTuple):
    """How much greater the first mean is than the second."""

    value: float
    low: float
    high: float
    p: float
    """Two-sided: how easily chance makes as much of it, if there is none."""
    people: int
    """Whom both were asked about."""


def compare(first: Sample, second: Sample) -> Difference | None:
    """The paired difference of two samples: both are drawn with the same people; None with fewer than two in common.

    p is never less than what the signs of so few people can show. Runs with the same seeds are paired by seed, too: a
    method starts from the vanilla model of its own seed.
    """
    import numpy as np

    known = set(second.people)
    common = [person for person in first.people if person in known]
    if len(common) < 2:
        return None
    first, second = first.of(common), second.of(common)
    value = first.mean - second.mean
    around, seeds = drawn(first) - drawn(second) - value, _seeds(first, second)
    low, high = value + np.quantile(spread(around, len(common), seeds), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    p = chance_of(value, around, len(common), seeds)
    return Difference(value, float(low), float(high), max(p, 2.0 ** (1 - len(common))), len(common))


def _seeds(first: Sample, second: Sample) -> Seeds:
    """Of the difference: by pairs of runs where seeds are the same, else added up, with the lesser freedom."""
    if first.seeds == second.seeds:
        return seed_effect(person_means(first) - person_means(second))
    parts = [part for s in (first, second) if (part := seed_effect(person_means(s))).variance]
    return Seeds(sum(part.variance for part in parts), min([part.freedom for part in parts], default=1))


def holm(p_values: Mapping[K, float]) -> dict[K, float]:
    """p-values corrected for being many: Holm 1979, "A simple sequentially rejective multiple test procedure"."""
    ordered = sorted(p_values.items(), key=lambda item: item[1])
    corrected: dict[K, float] = {}
    least = 0.0
    for k, (name, p) in enumerate(ordered):
        least = max(least, min(1.0, (len(ordered) - k) * p))
        corrected[name] = least
    return {name: corrected[name] for name in p_values}
