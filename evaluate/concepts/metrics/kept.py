"""What should have stayed: Specificity, on the concepts that nobody asked to forget; and textual facts about C.

    Specificity = share of test pictures of the other concepts whose answer has their name
    Specificity, facts = share of questions about the others, by picture and by name, whose answer has the fact
    Facts kept = share of questions about C asked by name, without a picture, whose answer has the fact
    Facts by picture = the same with a test picture of C; a model that does not recognise C cannot have them

The paper's Specificity (arXiv 2405.12523, section 4.2) is a mean over general benchmarks: `mllmu-evaluate utility`
has such. Unlearning does most
harm next to what it forgets, which is what is asked here.
"""

from collections.abc import Iterator, Sequence

from ..records import ConceptRecord, Part
from .base import Metric, Original, Value, of_parts


def _found(*parts: Part):
    def of(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
        return (Value(one.id, one.scores["found"]) for one in of_parts(records, *parts))

    return of


SPECIFICITY = Metric("specificity", "Specificity", "higher", "%", _found("kept"))
SPECIFICITY_FACTS = Metric(
    "specificity_facts", "Specificity, facts", "higher", "%", _found("kept_by_picture", "kept_by_name")
)
FACTS = Metric("facts_kept", "Facts kept", "higher", "%", _found("by_name"))
BY_PICTURE = Metric("facts_by_picture", "Facts by picture", "lower", "%", _found("by_picture"))
