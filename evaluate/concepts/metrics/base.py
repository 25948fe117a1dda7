"""What a metric of concepts is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Literal, NamedTuple

from ..records import ConceptKey, ConceptRecord, Part

Original = Mapping[ConceptKey, ConceptRecord]
"""The records of the model before it forgot."""


class Value(NamedTuple):
    """What one question adds to a mean."""

    id: str
    """The concept that is drawn with it when the interval is bootstrapped."""
    total: float
    weight: float = 1.0


class Metric(NamedTuple):
    """One number of a run: sum of totals over sum of weights, over all questions that have one."""

    key: str
    label: str
    better: Literal["higher", "lower"]
    unit: Literal["%", "", "1-5"]
    of: Callable[[Sequence[ConceptRecord], Original | None], Iterable[Value]]
    limits: tuple[float, float] = (0.0, 1.0)
    after: Callable[[float], float] | None = None
    """Applied to the mean and its interval."""


UNBOUNDED = (-inf, inf)


def of_parts(records: Iterable[ConceptRecord], *parts: Part) -> Iterator[ConceptRecord]:
    """The records of some parts."""
    return (record for record in records if record.part in parts)
