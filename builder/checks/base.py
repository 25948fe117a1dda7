"""What a check is: hooks that see the release go by, and a tally of what they found."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ...schemas.base import Strict
from ...schemas.person import Facts
from ...schemas.questions import Pair, QuestionSet
from ..reader import PersonRows, Release
from ..rows import Row, facts_of, pairs_of, questions_of


class Finding(NamedTuple):
    """One thing that is wrong."""

    where: str
    """A person's id, a file, or `release`."""
    what: str
    """A sentence."""


class CheckResult(Strict):
    """What one check made of a release."""

    name: str
    rule: str
    """First line of the check's docstring."""
    tried: int
    """Things looked at: people, questions, pictures or files, as the check counts."""
    failed: int
    examples: tuple[tuple[str, str], ...]
    """The first findings: where, what."""
    figures: dict[str, float]
    """Measured on the way, for the card and the report."""


class Subject:
    """One fictitious person as the checks see them, each part parsed once and only if asked for.

    Reading a part of a broken row raises ValueError (pydantic's ValidationError is one), which the runner counts
    as a finding of the check that asked.
    """

    def __init__(self, rows: PersonRows):
        self.rows = rows
        self.id: str = rows.id

    @cached_property
    def _biography(self) -> tuple[Facts, str]:
        return facts_of(self.rows.profile)

    @property
    def facts(self) -> Facts:
        """The biography's facts."""
        return self._biography[0]

    @property
    def text(self) -> str:
        """The biography's prose."""
        return self._biography[1]

    @cached_property
    def questions(self) -> QuestionSet:
        """The 18 questions of the forget and retain sets."""
        return questions_of(self.rows.profile)

    @cached_property
    def test_questions(self) -> QuestionSet:
        """The 18 questions of the test set."""
        return questions_of(self.rows.test)

    @cached_property
    def pairs(self) -> list[Pair]:
        """The fine-tuning pairs."""
        return pairs_of(self.rows.profile)


class BaseCheck:
    """A check with nothing to say; each check overrides the hooks it needs and counts in `tried`."""

    def __init__(self, release: Release):
        self.release = release
        self.tried = 0
        self.figures: dict[str, float] = {}

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Called for every fictitious person, in the shards' order."""
        return iter(())

    def celebrity(self, row: Row) -> Iterator[Finding]:
        """Called for every row of the celebrity set."""
        return iter(())

    def finish(self) -> Iterator[Finding]:
        """Called once, after all rows."""
        return iter(())


def same(left: Any, right: Any) -> bool:
    """Whether two texts are the same but for case and white space."""
    return " ".join(str(left).casefold().split()) == " ".join(str(right).casefold().split())
