"""Facts fit each other: height and pronouns the sex, a degree the profession, names the parents; pay is a living."""

import re
from collections.abc import Iterator

from ...schemas.person import Facts
from ..celebrities.names import fold
from .base import BaseCheck, Finding, Subject

_HEIGHTS = {"female": range(130, 206), "male": range(135, 221)}
_SALARIES = range(300, 2_000_001)
_PRONOUNS = {
    "female": re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
    "male": re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE),
}
_REGULATED = (
    (r"surgeon|physician|cardiologist|p(?:a)?ediatrician|psychiatrist|neurologist|radiologist", r"medic|surg|psychiat"),
    (r"dentist|orthodontist", r"dent|medic"),
    (r"veterinar", r"veterin"),
    (r"pharmacist", r"pharm"),
    (r"lawyer|attorney|solicitor|barrister|\bjudge|notary|prosecutor", r"law|juris|legal"),
    (r"^(?:junior |senior )?architect$", r"architect"),
)
"""Professions that nobody enters without a degree, and what the degree or its field is called."""


class Check(BaseCheck):
    """Counts people."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Each rule on one person's facts."""
        self.tried += 1
        facts = subject.facts
        if facts.height not in _HEIGHTS[facts.gender]:
            yield Finding(subject.id, f"{facts.height} cm is no plausible height of a {facts.gender} person")
        if facts.annual_salary not in _SALARIES:
            yield Finding(subject.id, f"${facts.annual_salary:,} a year is no plausible salary")
        yield from _qualified(subject.id, facts)
        if not _related(facts):
            yield Finding(subject.id, f"{facts.name} shares no part of the name with either parent")
        own, other = (
            _PRONOUNS[sex] for sex in (("female", "male") if facts.gender == "female" else ("male", "female"))
        )
        if len(own.findall(subject.text)) < len(other.findall(subject.text)):
            yield Finding(subject.id, f"the prose speaks of a {facts.gender} person with the pronouns of the other sex")


def _qualified(where: str, facts: Facts) -> Iterator[Finding]:
    studied = f"{facts.education.degree} {facts.education.field}".casefold()
    for profession, degree in _REGULATED:
        if re.search(profession, facts.occupation.casefold()) and not re.search(degree, studied):
            yield Finding(where, f"works as {facts.occupation} with {studied.strip()}")


def _related(facts: Facts) -> bool:
    """Whether a part of the name, but for its ending, is a parent's: surnames change by sex, patronymics by suffix."""
    own = fold(facts.name).split()
    parents = f"{fold(facts.parents.father.name)} {fold(facts.parents.mother.name)}".split()
    return any(_alike(left, right) for left in own for right in parents)


def _alike(left: str, right: str) -> bool:
    stem = max(2, min(len(left), len(right)) - 3)
    return left[:stem] == right[:stem]
