"""Every row asks 18 different questions: 10 multiple choice, 4 generation, 4 cloze, half of each by image."""

from collections.abc import Callable, Iterator

from ...schemas.person import ATTRIBUTES
from ...schemas.questions import QuestionSet
from ..rows import IMAGE_TYPE, NAME_TYPE, Row
from .base import UNREADABLE, BaseCheck, Figure, Finding, Subject, reason
from .support.words import quoted

_TYPES = [IMAGE_TYPE, IMAGE_TYPE, NAME_TYPE, NAME_TYPE]


class Check(BaseCheck):
    """Counts rows."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Both rows of the person; what is asked is an attribute that people have."""
        for label, row, read in (
            ("profile", subject.rows.profile, lambda: subject.questions),
            ("test", subject.rows.test, lambda: subject.test_questions),
        ):
            yield from self._row(subject.id, label, row, read)
            for attribute in dict.fromkeys(row["attributes"]):
                if attribute not in ATTRIBUTES:
                    yield Finding(subject.id, f"the {label} row asks for {attribute!r}, which is no attribute")

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The celebrity's row."""
        yield from self._row(figure.id, "celebrity", figure.row, lambda: figure.questions)

    def _row(self, where: str, label: str, row: Row, read: Callable[[], QuestionSet]) -> Iterator[Finding]:
        self.tried += 1
        try:
            questions = read()
        except UNREADABLE as error:
            yield Finding(where, f"the {label} row does not have the 18 questions: {reason(error)}")
            return
        for task in ("Generation_Task", "Mask_Task"):
            types = [cell["Type"] for cell in row[task]]
            if types != _TYPES:  # `attributes` follows this order
                yield Finding(where, f"the {label} row has {task} of types {types}, expected {_TYPES}")
        seen = set()
        for question in (*questions.choices, *questions.opens):
            if question.question in seen:
                yield Finding(where, f"the {label} row asks twice: {quoted(question.question)}")
            seen.add(question.question)
