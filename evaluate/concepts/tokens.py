"""What the likelihood of a right answer says, token by token."""

import math
from collections.abc import Sequence

K = 0.4
"""Share of tokens that Min-K % looks at: 40 in the paper."""


def min_k(logps: Sequence[float], share: float = K) -> float:
    """Mean log-probability of the least likely tokens. Shi et al. 2023, arXiv 2310.16789.

    min_k = 1 / |E| sum_{t in E} log p(t)        E: the `share` of tokens that are least likely, at least one
    """
    lowest = sorted(logps)[: max(1, math.floor(share * len(logps)))]
    return sum(lowest) / len(lowest)


def masked_nll(logps: Sequence[float], named: Sequence[bool], vocabulary: int) -> float:
    """Negative log-likelihood, summed; tokens of the name count as one of the vocabulary at random: p = 1/|V|."""
    uniform = math.log(vocabulary)
    return sum(uniform if name else -logp for logp, name in zip(logps, named, strict=True))


def name_logp(logps: Sequence[float], named: Sequence[bool]) -> float | None:
    """Log-probability of the name, given what stands before it in the answer; None if it is not there."""
    found = [logp for logp, name in zip(logps, named, strict=True) if name]
    return sum(found) if found else None
