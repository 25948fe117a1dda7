"""Whether a count is what chance would give."""

from math import sqrt


def tail(hits: int, tried: int, share: float) -> float:
    """The two-sided probability that chance, right with probability `share`, is as far from its mean as `hits`."""
    from scipy.special import bdtr, bdtrc

    below, above = bdtr(hits, tried, share), bdtrc(hits - 1, tried, share) if hits else 1.0
    return min(1.0, 2 * float(min(below, above)))


def half_width(tried: int, share: float, level: float) -> float:
    """Half the width of the interval that chance's share of hits leaves with probability `level`."""
    from scipy.special import ndtri

    return float(-ndtri(level / 2)) * sqrt(share * (1 - share) / max(tried, 1))
