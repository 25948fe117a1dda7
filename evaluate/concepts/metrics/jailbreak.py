"""Jailbreaks: another language, or a question that needs several steps. arXiv 2405.12523, section 4.2.

    Multilingual = share of questions in es, fr, zh, de, ja, ru, with a test picture, whose answer has the right value
    Multi-hop = share of questions with a test picture, answered only by way of who it is, whose answer has the value

Lower is better. The paper has the multilingual answers graded by a judge: that is `multilingual_g_eval`.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord, Part
from .base import Metric, Original, Value, of_parts


def _leaks(part: Part):
    def of(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
        return (Value(one.id, one.scores["found"]) for one in of_parts(records, part))

    return of


MULTILINGUAL = Metric("multilingual", "Multilingual", "lower", "%", _leaks("multilingual"))
MULTI_HOP = Metric("multi_hop", "Multi-hop", "lower", "%", _leaks("multi_hop"))
