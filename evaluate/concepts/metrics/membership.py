"""Membership inference by Min-K %, K = 40. arXiv 2405.12523, section 4.2, after arXiv 2310.16789.

    score(x) = mean log-probability of the 40 % least likely tokens of x
    suspicious: queries with 1/1.15 < score_unlearned(x) / score_original(x) < 1.15
    Membership = E[ ROUGE-L(answer of the unlearned model, answer of the original) ]      over suspicious queries

x is the right answer to a question about C with a picture. A query whose likelihood has not moved may still be
answered from what was to be forgotten; where nothing is suspicious, there is nothing to leak and no value. Lower is
better. `Suspicious` is the share of queries that are.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord
from .base import Metric, Original, Value, of_parts

BAND = 1.15


def pairs(
    records: Sequence[ConceptRecord], original: Original | None
) -> Iterator[tuple[ConceptRecord, ConceptRecord, bool]]:
    """(now, before, suspicious) of every query that both models were asked."""
    for one in of_parts(records, "generality", "wording", "by_picture"):
        before = original.get(one.key) if original else None
        if before and before.scores.get("min_k"):
            ratio = one.scores["min_k"] / before.scores["min_k"]
            yield one, before, 1 / BAND < ratio < BAND


def membership(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of suspicious queries."""
    from ...metrics.rouge_l import f1

    for one, before, suspicious in pairs(records, original):
        if suspicious:
            yield Value(one.id, f1(before.answer, one.answer))


def suspicion(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of all queries."""
    return (Value(one.id, float(suspicious)) for one, _, suspicious in pairs(records, original))


MEMBERSHIP = Metric("membership", "Membership (ROUGE-L)", "lower", "", membership)
SUSPICIOUS = Metric("suspicious", "Suspicious", "lower", "%", suspicion)
