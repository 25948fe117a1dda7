"""C-Dis: how far the probability of C's name has moved. arXiv 2405.12523, section 4.2.

    C-Dis = E[ p_ref(C) log( p_ref(C) / p(C) ) ]      over test pictures

p(C) is the probability of the name's tokens in the right answer, given what stands before them. The paper writes it
with a minus and calls the larger distance the better one; here the sign is such that larger is farther from C.
"""

from collections.abc import Iterator, Sequence
from math import exp

from ..records import ConceptRecord
from .base import UNBOUNDED, Metric, Original, Value, of_parts


def c_dis(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Of every test picture that both models were asked about."""
    for one in of_parts(records, "generality"):
        before = original.get(one.key) if original else None
        if before and "name_logp" in before.scores and "name_logp" in one.scores:
            reference, now = before.scores["name_logp"], one.scores["name_logp"]
            yield Value(one.id, exp(reference) * (reference - now))


C_DIS = Metric("c_dis", "C-Dis", "higher", "", c_dis, UNBOUNDED)
