"""The right answers' letters are even: each of A to D is right a quarter of the time, also in each place of a row."""

from collections.abc import Iterator

from ...schemas.questions import LETTERS
from ..reader import Release
from .base import BaseCheck, Figure, Finding, Subject
from .support.chance import tail

FALSE_ALARM = 1e-6
"""How often letters that were drawn fairly fail, all of this check's counts together."""
_PLACES = 10


class Check(BaseCheck):
    """Counts multiple choice questions."""

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._counts = {part: [[0] * 4 for _ in range(_PLACES)] for part in ("profile", "test", "celebrity")}

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Both rows of the person."""
        self._count("profile", subject.questions)
        self._count("test", subject.test_questions)
        return iter(())

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The celebrity's row."""
        self._count("celebrity", figure.questions)
        return iter(())

    def _count(self, part: str, questions) -> None:
        for place, choice in enumerate(questions.choices):
            self.tried += 1
            self._counts[part][place][LETTERS.index(choice.answer)] += 1

    def finish(self) -> Iterator[Finding]:
        """Each letter's count, in all and by place, must be one that fair drawing makes."""
        for part, places in self._counts.items():
            total = [sum(place[k] for place in places) for k in range(4)]
            yield from self._judge(part, "", total)
            for number, place in enumerate(places, 1):
                yield from self._judge(part, f" in place {number}", place)
        if self.tried:
            every = [sum(place[k] for places in self._counts.values() for place in places) for k in range(4)]
            self.figures = {letter: every[k] / self.tried for k, letter in enumerate(LETTERS)}

    def _judge(self, part: str, place: str, counts: list[int]) -> Iterator[Finding]:
        tests = len(self._counts) * (1 + _PLACES) * len(LETTERS)
        for letter, count in zip(LETTERS, counts, strict=True):
            if tail(count, sum(counts), 0.25) < FALSE_ALARM / tests:
                share = count / sum(counts)
                yield Finding(
                    "release", f"{part} rows: {letter} is right {share:.1%} of the time{place}, expected 25 %"
                )
