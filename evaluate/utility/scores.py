"""A share and how sure it is."""

from collections.abc import Iterable
from typing import Any

from ..records import DIGITS
from ..stats import Sample, interval


def share(parts: Iterable[tuple[str, float, float]], most: float = 1.0) -> dict[str, Any] | None:
    """Sum of the seconds by sum of the thirds, with a 95 % interval over clusters; None of nothing.

    Args:
        parts: (cluster, score, out of) of each question.
        most: The greatest share there can be.
    """
    import numpy as np

    clusters: dict[str, list[float]] = {}
    for cluster, own, whole in parts:
        sums = clusters.setdefault(cluster, [0.0, 0.0])
        sums[0] += own
        sums[1] += whole
    if not clusters:
        return None
    table = np.array([clusters[name] for name in sorted(clusters)])
    found = interval(Sample(tuple(sorted(clusters)), (0,), table[None, :, 0], table[None, :, 1], (0.0, most)))
    cells = {"mean": found.mean, "low": found.low, "high": found.high}
    return {name: round(value, DIGITS) for name, value in cells.items()} | {"clusters": found.people}
