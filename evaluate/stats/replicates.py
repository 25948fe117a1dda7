"""What a mean would have been with other people, and with other seeds.

    replicate_b = mean + k · (mean of people drawn with replacement - mean) + t_b · s

The first term is the cluster bootstrap: a person is drawn with all their questions (Davison & Hinkley 1997, ch. 3).
It is too narrow for few people, by sqrt((P-1)/P) and by the normal quantile standing in for Student's; k makes up for
both, as Hesterberg's expanded percentiles do (2015, arXiv 1411.5279).

The second is there with several seeds: s² is the variance between seeds that is left when the scatter of people within
seeds is taken out (two-way analysis of variance, people crossed with seeds), divided by S. Drawing three seeds with
replacement would understate it, so t_b is drawn from Student's t with S-1 degrees of freedom.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from .sample import Sample

if TYPE_CHECKING:
    import numpy as np

DRAWS = 9_999
"""Replicates: enough for a p-value that survives Holm's correction over a whole table."""
LEVEL = 0.95
SEED = 20_241
"""The same for all, so that two methods are drawn with the same people, and a table is the same table again."""


def replicates(sample: Sample) -> "np.ndarray":
    """(DRAWS,) means as they might have been; needs two people or more."""
    mean = sample.mean
    between = seed_variance(person_means(sample))
    return mean + expansion(len(sample.people)) * (drawn(sample) - mean) + seed_noise(len(sample.seeds), between)


def drawn(sample: Sample) -> "np.ndarray":
    """(DRAWS,) means of people drawn with replacement, over all seeds."""
    chosen = _draws(len(sample.people))
    return (chosen @ sample.sums.sum(axis=0)) / (chosen @ sample.counts.sum(axis=0))


@lru_cache(maxsize=8)
def _draws(people: int) -> "np.ndarray":
    """(DRAWS, people) how often each person is drawn."""
    import numpy as np

    picks = np.random.default_rng([SEED, people]).integers(0, people, (DRAWS, people))
    picks += np.arange(DRAWS)[:, None] * people
    counts = np.bincount(picks.ravel(), minlength=DRAWS * people)
    return counts.reshape(DRAWS, people).astype(np.float64)


@lru_cache(maxsize=64)
def expansion(people: int) -> float:
    """k: how much wider the replicates of so few people must be."""
    from scipy.stats import norm, t

    tail = (1 + LEVEL) / 2
    return float((people / (people - 1)) ** 0.5 * t.ppf(tail, people - 1) / norm.ppf(tail))


def seed_variance(scores: "np.ndarray") -> float:
    """Variance of the mean that comes from seeds: scores are (S, P), one for each person and seed."""
    import numpy as np

    scores = scores[:, ~np.isnan(scores).any(axis=0)]
    seeds, people = scores.shape
    if seeds < 2 or people < 2:
        return 0.0
    rows, columns = scores.mean(axis=1, keepdims=True), scores.mean(axis=0, keepdims=True)
    between = people * rows.var(ddof=1)
    within = ((scores - rows - columns + scores.mean()) ** 2).sum() / ((seeds - 1) * (people - 1))
    return float(max(0.0, between - within) / people / seeds)


def seed_noise(seeds: int, variance: float) -> "np.ndarray | float":
    """(DRAWS,) what other seeds would have added."""
    import numpy as np

    if not variance:
        return 0.0
    return np.random.default_rng([SEED, seeds, 0]).standard_t(seeds - 1, DRAWS) * variance**0.5


def person_means(sample: Sample) -> "np.ndarray":
    """(S, P) mean of each person's scores in each run, NaN where a run has nothing of a person."""
    import numpy as np

    return np.divide(sample.sums, sample.counts, out=np.full(sample.sums.shape, np.nan), where=sample.counts > 0)
