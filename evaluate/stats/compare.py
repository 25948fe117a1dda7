"""One method beside another, on the same people."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from .replicates import DRAWS, LEVEL, drawn, expansion, person_means, seed_noise, seed_variance
from .sample import Sample

if TYPE_CHECKING:
    import numpy as np

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

    Runs with the same seeds are paired by seed, too: a method starts from the vanilla model of its own seed.
    """
    import numpy as np

    known = set(second.people)
    common = [person for person in first.people if person in known]
    if len(common) < 2:
        return None
    first, second = first.of(common), second.of(common)
    value = first.mean - second.mean
    spread = expansion(len(common)) * (drawn(first) - drawn(second) - value) + _seeds(first, second)
    low, high = np.quantile(value + spread, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    tail = min(int((value + spread <= 0).sum()), int((value + spread >= 0).sum()))
    p = 2 * (tail + 1) / (DRAWS + 1)
    floor = 2.0 ** (1 - len(common))  # what the signs of so few people can show at most
    return Difference(value, float(low), float(high), min(1.0, max(p, floor)), len(common))


def _seeds(first: Sample, second: Sample) -> "np.ndarray | float":
    if first.seeds == second.seeds:
        return seed_noise(len(first.seeds), seed_variance(person_means(first) - person_means(second)))
    parts = [(len(s.seeds), seed_variance(person_means(s))) for s in (first, second)]
    seeds = min([n for n, variance in parts if variance] or [1])
    return seed_noise(seeds, sum(variance for _, variance in parts))


def holm(p_values: Mapping[K, float]) -> dict[K, float]:
    """p-values corrected for being many: Holm 1979, "A simple sequentially rejective multiple test procedure"."""
    ordered = sorted(p_values.items(), key=lambda item: item[1])
    corrected: dict[K, float] = {}
    least = 0.0
    for k, (name, p) in enumerate(ordered):
        least = max(least, min(1.0, (len(ordered) - k) * p))
        corrected[name] = least
    return {name: corrected[name] for name in p_values}
