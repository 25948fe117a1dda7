"""A mean and how sure it is."""

from typing import NamedTuple

from .replicates import LEVEL, drawn, person_means, seed_effect, spread
from .sample import Sample


class Interval(NamedTuple):
    """A mean over questions, with a 95 % interval over people (and seeds)."""

    mean: float
    low: float
    high: float
    questions: int
    """Scored, in one run."""
    people: int
    seeds: int


def interval(sample: Sample) -> Interval:
    """The interval of a sample's mean.

    Where every score is the least or the greatest there is, nothing varies and a bootstrap would be sure of
    everything; then the exact interval of Clopper and Pearson (1934) is taken, a person counting once. One person
    alone says nothing of others: the interval is all there is.
    """
    import numpy as np

    low, high = sample.limits
    people = len(sample.people)
    mean = sample.mean
    if people < 2:
        bounds = (low, high)
    elif mean in (low, high):
        reach = (1 - ((1 - LEVEL) / 2) ** (1 / people)) * (high - low)
        bounds = (low, low + reach) if mean == low else (high - reach, high)
    else:
        found = spread(drawn(sample) - mean, people, seed_effect(person_means(sample)))
        tails = mean + np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        bounds = (max(low, float(tails[0])), min(high, float(tails[1])))
    return Interval(mean, *bounds, sample.questions, people, len(sample.seeds))
