"""What a check is: hooks that see the release go by, and a tally of what they found."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from ...errors import MllmuError
from ...schemas.base import Strict
from ...schemas.celebrity import CelebrityFacts
from ...schemas.person import Facts
from ...schemas.questions import Pair, QuestionSet
from ..reader import PersonRows, Release
from ..rows import Row, facts_of, pairs_of, questions_of
from .support.pixels import Look, look

SMALLEST_PICTURE = 256
"""Pixels a side."""

EXAMPLES = 5
"""Findings kept of each check; all are counted."""

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What a broken row makes of parsing it (pydantic's ValidationError is a ValueError)."""


class Finding(NamedTuple):
    """One thing that is wrong."""

    where: str
    """A person's or concept's id, a file, or `release`."""
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


class Counting(Protocol):
    """What a check keeps while it looks: how many things it saw, and what it measured."""

    tried: int
    figures: dict[str, float]


class Findings:
    """What one check found; a row or file that cannot be read is a finding too."""

    def __init__(self, name: str, doc: str, check: Counting):
        self._name, self._rule, self._check = name, doc.strip().splitlines()[0], check
        self._failed = 0
        self._examples: list[tuple[str, str]] = []

    def take(self, where: str, hook: Callable[..., Iterable[Finding]], *seen: object) -> None:
        """Call `hook` with what was seen, and keep what it finds."""
        try:
            for finding in hook(*seen):
                self._add(finding)
        except (*UNREADABLE, OSError, MllmuError) as error:
            self._add(Finding(where, f"cannot be read: {reason(error)}"))

    def _add(self, finding: Finding) -> None:
        self._failed += 1
        if len(self._examples) < EXAMPLES:
            self._examples.append((finding.where, finding.what))

    def result(self) -> CheckResult:
        """The tally."""
        return CheckResult(
            name=self._name,
            rule=self._rule,
            tried=max(self._check.tried, self._failed),
            failed=self._failed,
            examples=tuple(self._examples),
            figures=self._check.figures,
        )


class Subject:
    """One fictitious person as the checks see them, each part parsed once and only if asked for.

    Reading a part of a broken row raises one of UNREADABLE, which the runner counts as a finding of the check that
    asked.
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

    @cached_property
    def portrait(self) -> Look:
        """How the portrait looks."""
        return look(self.rows.profile["image"], SMALLEST_PICTURE)


class Figure:
    """One celebrity, in the same way."""

    def __init__(self, row: Row):
        self.row = row
        self.id: str = row["ID"]

    @cached_property
    def _biography(self) -> tuple[CelebrityFacts, str]:
        biography = json.loads(self.row["biography"])
        text = biography.pop("Biography", "")
        return CelebrityFacts.model_validate(biography), text

    @property
    def facts(self) -> CelebrityFacts:
        """The biography's facts."""
        return self._biography[0]

    @property
    def text(self) -> str:
        """The biography's prose."""
        return self._biography[1]

    @cached_property
    def questions(self) -> QuestionSet:
        """The 18 questions."""
        return questions_of(self.row)

    @cached_property
    def portrait(self) -> Look:
        """How the picture looks."""
        return look(self.row["image"], SMALLEST_PICTURE)


class BaseCheck:
    """A check with nothing to say; each check overrides the hooks it needs and counts in `tried`."""

    def __init__(self, release: Release):
        self.release = release
        self.tried = 0
        self.figures: dict[str, float] = {}

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Called for every fictitious person, in the shards' order."""
        return iter(())

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """Called for every celebrity, after the people."""
        return iter(())

    def finish(self) -> Iterator[Finding]:
        """Called once, after all rows."""
        return iter(())


def reason(error: Exception) -> str:
    """One line of why a row cannot be read."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'it'}: {first['msg']}"
    if isinstance(error, KeyError):
        return f"it has no {error}"
    return str(error).splitlines()[0] if str(error) else type(error).__name__
