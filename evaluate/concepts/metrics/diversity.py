"""Diversity: share of unique words in the outputs. arXiv 2405.12523, section 4.2.

    Diversity = E[ distinct words / words ]      over the answers to questions about C with a picture

A model that collapses repeats itself: `the the the` has a third. An answer without a word counts 0.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord
from .base import Metric, Original, Value, of_parts


def diversity(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of every answer."""
    for one in of_parts(records, "efficacy", "generality", "wording", "by_picture"):
        yield Value(one.id, one.scores.get("unique", 0.0))


DIVERSITY = Metric("diversity", "Diversity", "higher", "%", diversity)
