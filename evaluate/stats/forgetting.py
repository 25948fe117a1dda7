"""Forget quality: can a model that unlearned be told from one that never knew? TOFU, arXiv 2401.06121, section 2.2.

The two-sample Kolmogorov-Smirnov test of the truth ratios of the forget set, against those of retain-only:

    D = sup_x |F_unlearned(x) - F_retain(x)|,   forget quality = its p-value

A large p-value is good news: no difference was found. It is news of no more than that, the less so the fewer people.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..records import Record

METRIC = "truth_ratio"


class ForgetQuality(NamedTuple):
    """Of one run, or the run in the middle of several."""

    p: float
    """Near 0: told apart. TOFU calls its logarithm forget quality, too."""
    statistic: float
    """D, 0 to 1: how far apart."""
    questions: int


def truth_ratios(records: Iterable[Record], modality: str = "both") -> list[float]:
    """Those of the forget set."""
    return [
        record.scores[METRIC]
        for record in records
        if record.set == "forget" and METRIC in record.scores and modality in (record.modality, "both")
    ]


def forget_quality(
    unlearned: Mapping[int, Sequence[float]], retain: Mapping[int, Sequence[float]]
) -> ForgetQuality | None:
    """By seed: each run against retain-only of its own seed, or else of the first; the median run is reported.

    Answers of several seeds to one question are no independent sample, so that runs are never poured together.
    """
    from scipy.stats import ks_2samp

    found: list[ForgetQuality] = []
    known = {seed: values for seed, values in sorted(retain.items()) if values}
    for seed, values in sorted(unlearned.items()):
        if values and known:
            other = known.get(seed, next(iter(known.values())))
            test: Any = ks_2samp(values, other)  # scipy does not type its results
            found.append(ForgetQuality(float(test.pvalue), float(test.statistic), len(values)))
    return sorted(found)[(len(found) - 1) // 2] if found else None
