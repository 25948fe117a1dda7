"""How often the forgotten name is gone: Efficacy, and Generality by exact match. arXiv 2405.12523, section 4.2.

    Efficacy = share of training pairs whose answer has not C's name      (the one picture, the one question)
    Generality (EM) = the same over test pictures
    Generality, other wordings = the same over the twenty ways of asking for the name, with a test picture (ours)

Case, accents and marks do not count; a first name alone is not the name.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord, Part
from .base import Metric, Original, Value, of_parts


def _absent(*parts: Part):
    def of(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
        return (Value(one.id, 1 - one.scores["found"]) for one in of_parts(records, *parts))

    return of


EFFICACY = Metric("efficacy", "Efficacy", "higher", "%", _absent("efficacy"))
GENERALITY = Metric("generality_em", "Generality EM", "higher", "%", _absent("generality"))
WORDING = Metric("generality_wording", "EM, other wordings", "higher", "%", _absent("wording"))
