"""Lives run in order: born, graduated at 17 or later, working age today; parents at least 16 years older."""

from collections.abc import Iterator

from ...schemas.person import REFERENCE_DATE, Parent
from .base import BaseCheck, Finding, Subject

AGES = range(18, 96)
"""Years that a person may have lived, as `schemas.appearance.Appearance.age` allows."""
GRADUATION_AGE = 17
PARENT_AGES = {"father": range(16, 76), "mother": range(16, 56)}
"""Years that a parent may be older than the child."""


class Check(BaseCheck):
    """Counts people."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Age, graduation and parents against the date of birth."""
        self.tried += 1
        born, today = subject.facts.date_of_birth, REFERENCE_DATE
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if age not in AGES:
            yield Finding(subject.id, f"born on {born}, which makes {age} years of age")
        graduated = subject.facts.education.year
        if graduated - born.year < GRADUATION_AGE:
            yield Finding(subject.id, f"born in {born.year}, yet graduated in {graduated}")
        if graduated > today.year:
            yield Finding(subject.id, f"graduated in {graduated}, after the reference date {today}")
        for role, parent in (("father", subject.facts.parents.father), ("mother", subject.facts.parents.mother)):
            yield from _older(subject.id, role, parent, born.year)


def _older(where: str, role: str, parent: Parent, born: int) -> Iterator[Finding]:
    years = born - parent.birth_year
    if years not in PARENT_AGES[role]:
        ages = PARENT_AGES[role]
        yield Finding(where, f"the {role} was born {years} years before the child, expected {ages[0]} to {ages[-1]}")
