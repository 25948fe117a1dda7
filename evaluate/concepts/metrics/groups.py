"""Group pictures: is somebody beside the forgotten one now misnamed? The butterfly effect of arXiv 2405.12523.

    Neighbours misnamed = share of neighbours in group pictures whose answer has not their name
    Neighbours alone = share of test pictures of these neighbours, alone, whose answer has not their name
    Butterfly = Neighbours misnamed - the original model's, question by question
    Named in groups = share of group pictures in which the forgotten one is still named

Where the model before forgetting misnames neighbours too, only the difference says something.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord
from .base import Metric, Original, Value, of_parts


def misnamed(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of every neighbour in every group picture; drawn with the forgotten one."""
    return (Value(one.id, 1 - one.scores["found"]) for one in of_parts(records, "neighbour"))


def alone(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of the same people's own pictures."""
    neighbours = {one.about for one in of_parts(records, "neighbour")}
    return (Value(one.id, 1 - one.scores["found"]) for one in of_parts(records, "kept") if one.id in neighbours)


def butterfly(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Misnamed now and not before, less the other way round."""
    for one in of_parts(records, "neighbour"):
        if original and (before := original.get(one.key)):
            yield Value(one.id, before.scores["found"] - one.scores["found"])


def own(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of every group picture."""
    return (Value(one.id, one.scores["found"]) for one in of_parts(records, "self"))


MISNAMED = Metric("neighbours_misnamed", "Neighbours misnamed", "lower", "%", misnamed)
ALONE = Metric("neighbours_alone", "… when alone", "lower", "%", alone)
BUTTERFLY = Metric("butterfly", "Butterfly", "lower", "%", butterfly, (-1.0, 1.0))
OWN = Metric("named_in_groups", "Named in groups", "lower", "%", own)
