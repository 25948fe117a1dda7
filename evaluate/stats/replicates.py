"""What a mean would have been with other people, and with other seeds.

    replicate_b = mean + k · (e · (mean of people drawn with replacement - mean) + s · z_b)

The first term is the cluster bootstrap: a person is drawn with all their questions (Davison & Hinkley 1997, ch. 3); it
is too narrow by sqrt((P-1)/P), which e makes up for. The second is there with several seeds: s² is the variance of the
mean that is left between seeds when the scatter of people within seeds is taken out (two-way analysis of variance,
people crossed with seeds), z is normal. Drawing three seeds with replacement would understate it.

k makes normal quantiles those of Student's t, as Hesterberg's expanded percentiles do (2015, arXiv 1411.5279); its
degrees of freedom are P-1 for one seed, and for several Satterthwaite's (1946), between S-1 and P-1.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .sample import Sample

if TYPE_CHECKING:
    import numpy as np

DRAWS = 9_999
LEVEL = 0.95
SEED = 20_241
"""The same for all, so that two methods are drawn with the same people, and a table is the same table again."""


class Seeds(NamedTuple):
    """What seeds add to the doubt."""

    variance: float
    """Of the mean."""
    freedom: int
    """S - 1."""


class Spread(NamedTuple):
    """How far a mean, or a difference of means, may be from the truth."""

    around: "np.ndarray"
    """(DRAWS,) replicates less the mean."""
    error: float
    """Standard error."""
    freedom: float
    """Its degrees of freedom."""


def spread(around: "np.ndarray", people: int, seeds: Seeds) -> Spread:
    """Both kinds of doubt put together.

    Args:
        around: (DRAWS,) what `drawn` gave, less the mean.
        people: How many were drawn from; two or more.
        seeds: What seeds add.
    """
    import numpy as np
    from scipy.stats import norm, t

    own = around * (people / (people - 1)) ** 0.5
    by_people = float(own.var())
    total = by_people + seeds.variance
    freedom = float(people - 1)
    if seeds.variance:
        noise = np.random.default_rng([SEED, 0]).standard_normal(len(own))
        own = own + noise * seeds.variance**0.5
        freedom = total**2 / (by_people**2 / (people - 1) + seeds.variance**2 / seeds.freedom)
    tail = (1 + LEVEL) / 2
    return Spread(own * float(t.ppf(tail, freedom) / norm.ppf(tail)), total**0.5, freedom)


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


def seed_effect(scores: "np.ndarray") -> Seeds:
    """What seeds add to the doubt; scores are (S, P), one for each person and seed."""
    import numpy as np

    scores = scores[:, ~np.isnan(scores).any(axis=0)]
    seeds, people = scores.shape
    if seeds < 2 or people < 2:
        return Seeds(0.0, 1)
    rows, columns = scores.mean(axis=1, keepdims=True), scores.mean(axis=0, keepdims=True)
    between = people * rows.var(ddof=1)
    within = ((scores - rows - columns + scores.mean()) ** 2).sum() / ((seeds - 1) * (people - 1))
    return Seeds(float(max(0.0, between - within) / people / seeds), seeds - 1)


def person_means(sample: Sample) -> "np.ndarray":
    """(S, P) mean of each person's scores in each run, NaN where a run has nothing of a person."""
    import numpy as np

    return np.divide(sample.sums, sample.counts, out=np.full(sample.sums.shape, np.nan), where=sample.counts > 0)
