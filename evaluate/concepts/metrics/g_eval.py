"""G-Eval: how well an answer identifies C, graded by a judge. arXiv 2405.12523, section 4.2, after arXiv 2303.16634.

    G-Eval = E[ grade ]      1: irrelevant to C, 5: identifies C; lower is better

Over the answers to test pictures, and over those of the multilingual jailbreak.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord, Part
from .base import Metric, Original, Value, of_parts

SCORE = "g_eval"
GRADED: tuple[Part, ...] = ("generality", "multilingual")
"""Parts that a judge grades."""


def _grades(part: Part):
    def of(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
        return (Value(one.id, one.scores[SCORE]) for one in of_parts(records, part) if SCORE in one.scores)

    return of


GENERALITY = Metric("generality_g_eval", "Generality G-Eval", "lower", "1-5", _grades("generality"), (1.0, 5.0))
MULTILINGUAL = Metric("multilingual_g_eval", "Multilingual G-Eval", "lower", "1-5", _grades("multilingual"), (1.0, 5.0))
