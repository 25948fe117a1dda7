"""All metrics of one or several runs, with intervals bootstrapped by concept."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from ..stats import Interval, Sample, interval
from .metrics import METRICS, Metric, Original
from .records import ConceptRecord

DIGITS = 4
"""Decimals in `summary.json`."""


def originals(records: Sequence[ConceptRecord]) -> Original:
    """A model's records by question."""
    return {one.key: one for one in records}


def measured(
    metric: Metric, runs: Mapping[int, Sequence[ConceptRecord]], before: Mapping[int, Original] | None = None
) -> Interval | None:
    """A metric over the runs of several seeds; None where nothing has a value.

    Args:
        metric: Which.
        runs: Records by seed.
        before: The original's, by seed; a seed that is not there has the first one's.
    """
    import numpy as np

    rows: list[dict[str, tuple[float, float]]] = []
    for seed, records in sorted(runs.items()):
        original = before.get(seed, before[min(before)]) if before else None
        sums: dict[str, tuple[float, float]] = {}
        for value in metric.of(records, original):
            total, weight = sums.get(value.id, (0.0, 0.0))
            sums[value.id] = total + value.total, weight + value.weight
        rows.append(sums)
    concepts = sorted({ident for sums in rows for ident in sums})
    if not concepts:
        return None
    pairs = np.array([[sums.get(ident, (0.0, 0.0)) for ident in concepts] for sums in rows])  # (S, P, 2)
    found = interval(Sample(tuple(concepts), tuple(sorted(runs)), pairs[..., 0], pairs[..., 1], metric.limits))
    if metric.after is None:
        return found
    return found._replace(mean=metric.after(found.mean), low=metric.after(found.low), high=metric.after(found.high))


def summarise(records: Sequence[ConceptRecord], original: Original | None = None) -> dict[str, Any]:
    """metric -> mean, low, high, concepts; those that need the original only where it is given."""
    summary: dict[str, Any] = {}
    for key, metric in METRICS.items():
        found = measured(metric, {0: records}, {0: original} if original else None)
        if found:
            cells = {"mean": found.mean, "low": found.low, "high": found.high}
            summary[key] = {name: round(cell, DIGITS) if isfinite(cell) else None for name, cell in cells.items()}
            summary[key]["concepts"] = found.people
    return summary
