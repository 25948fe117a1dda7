"""What a mean would have been with other people, and with other seeds.

    replicate_b = mean + k · (mean of people drawn with replacement - mean) + s · t_b

The first term is the cluster bootstrap: a person is drawn with all their questions (Davison & Hinkley 1997, ch. 3). It
is too narrow for few people, by sqrt((P-1)/P) and by normal quantiles that should be Student's; k makes up for both, as
Hesterberg's expanded percentiles do (2015, arXiv 1411.5279).

The second is there with several seeds: s² is the variance of the mean that is left between seeds when the scatter of
people within seeds is taken out (two-way analysis of variance, people crossed with seeds). Three seeds drawn with
replacement would understate it, so t_b is drawn from Student's t with S-1 degrees of freedom, and s² is estimated so as
to be too large as often as too small. Satterthwaite's approximation was tried in its place: narrower, but where seeds
matter it took noise for a difference more than twice as often as it should.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .sample import Sample

if TYPE_CHECKING:
    import numpy as np

DRAWS = 4_999
LEVEL = 0.95
SEED = 20_241
"""The same for all, so that two methods are drawn with the same people, and a table is the same table again."""


class Seeds(NamedTuple):
    """What seeds add to the doubt."""

    variance: float
    """Of the mean."""
    freedom: int
    """S - 1."""


def spread(around: "np.ndarray", people: int, seeds: Seeds) -> "np.ndarray":
    """(DRAWS,) replicates less the mean, both kinds of doubt put together.

    Args:
        around: (DRAWS,) what `drawn` gave, less the mean.
        people: How many were drawn from; two or more.
        seeds: What seeds add.
    """
    import numpy as np

    own = around * expansion(people) * student(people)
    if not seeds.variance:
        return own
    noise = np.random.default_rng([SEED, seeds.freedom]).standard_t(seeds.freedom, len(own))
    return own + noise * seeds.variance**0.5


def chance_of(value: float, around: "np.ndarray", people: int, seeds: Seeds) -> float:
    """Two-sided p-value: how easily a difference that is none comes out as far from 0 as `value`.

    A t-test with the bootstrap's standard error; with several seeds, the mean over the replicates of people of what is
    left for Student's t to bridge.
    """
    from scipy.stats import t

    own = around * expansion(people)
    if not seeds.variance:
        error = float(own.std())
        return 2 * float(t.sf(abs(value) / error, people - 1)) if error else float(value == 0)
    own = own * student(people)
    error = seeds.variance**0.5
    above, below = (abs(value) - own) / error, (-abs(value) - own) / error
    return float((t.sf(above, seeds.freedom) + t.cdf(below, seeds.freedom)).mean())


def expansion(people: int) -> float:
    """What the bootstrap's standard error is too small by."""
    return (people / (people - 1)) ** 0.5


@lru_cache(maxsize=64)
def student(people: int) -> float:
    """How much wider Student's t is than the normal distribution, at the level of our intervals."""
    from scipy.stats import norm, t

    tail = (1 + LEVEL) / 2
    return float(t.ppf(tail, people - 1) / norm.ppf(tail))


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
    between = people * rows.var(ddof=1) / _typical(seeds - 1, (seeds - 1) * (people - 1))
    within = ((scores - rows - columns + scores.mean()) ** 2).sum() / ((seeds - 1) * (people - 1))
    return Seeds(float(max(0.0, between - within) / people / seeds), seeds - 1)


@lru_cache(maxsize=64)
def _typical(above: int, below: int) -> float:
    """The median of F: what the variance between seeds comes to, as often as not, where seeds do nothing.

    Its mean is 1, but of three seeds the variance is smaller than it should be in most cases.
    """
    from scipy.stats import f

    return float(f.ppf(0.5, above, below))


def person_means(sample: Sample) -> "np.ndarray":
    """(S, P) mean of each person's scores in each run, NaN where a run has nothing of a person."""
    import numpy as np

    return np.divide(sample.sums, sample.counts, out=np.full(sample.sums.shape, np.nan), where=sample.counts > 0)
