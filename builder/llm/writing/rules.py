"""The release's own checks, put before one person's draft."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from ....schemas.manifest import Manifest
from ....schemas.person import Person
from ....schemas.questions import Written
from ...checks.base import UNREADABLE, Subject, reason
from ...reader import PersonRows, Release
from ...rows import profile_row, test_row

LIFE = ("chronology", "names", "plausible", "questions", "options", "cloze", "grounded", "language")
"""Checks of invented facts."""
PROFILE = ("anchors", "grounded", "language", "plausible")
QUESTIONS = ("questions", "anchors", "options", "cloze", "grounded", "language")
PAIRS = ("anchors", "grounded", "language")
WHOLE = (*QUESTIONS, "paraphrase")
"""Checks of a person with every part written."""


@cache
def _release(name_pairs: bool) -> Release:
    """A release of nobody, for checks to read the settings of."""
    manifest = Manifest(
        name="draft",
        settings={"name_pairs": name_pairs},
        made_with={},
        people=0,
        celebrities=0,
        configs={},
        shards=(),
        files={},
    )
    return Release(Path(), manifest)


def faults(person: Person, written: Written, checks: Iterable[str], name_pairs: bool) -> list[str]:
    """What the checks find in a draft, a sentence each, without repetition."""
    rows = PersonRows(profile_row(person, written, None, "none"), test_row(person, written, [], "none"))
    found: dict[str, None] = {}
    for name in checks:
        check = import_module(f"...checks.{name}", __package__).Check(_release(name_pairs))
        try:
            found.update({finding.what: None for finding in check.person(Subject(rows))})
        except UNREADABLE as error:
            found[f"cannot be read: {reason(error)}"] = None
    return list(found)
