"""No two people bear one name, nobody bears that of a celebrity or another known person; names are in Latin script."""

import re
from collections.abc import Iterator

from ..celebrities.names import blocked_names, fold
from ..reader import Release
from .base import BaseCheck, Figure, Finding, Subject

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ʻʼ.\- ]+")


class Check(BaseCheck):
    """Counts full names."""

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._bearers: dict[str, str] = {}

    def person(self, subject: Subject) -> Iterator[Finding]:
        """The person's own name against all before; the three names of the family against each other."""
        facts = subject.facts
        self.tried += 1
        key = fold(facts.name)
        first = self._bearers.setdefault(key, subject.id)
        if first != subject.id:
            yield Finding(subject.id, f"{facts.name} is the name of {first} too")
        if " " not in key:
            yield Finding(subject.id, f"{facts.name!r} is no full name")
        family = (facts.name, facts.parents.father.name, facts.parents.mother.name)
        if len({fold(name) for name in family}) < 3:
            yield Finding(subject.id, f"two in the family have one name: {', '.join(family)}")
        for name in family:
            if not _LATIN.fullmatch(name):
                yield Finding(subject.id, f"{name!r} is not in Latin script")

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The celebrity's name against everybody's."""
        self.tried += 1
        bearer = self._bearers.get(fold(figure.facts.name))
        if bearer:
            yield Finding(bearer, f"bears the name of the celebrity {figure.facts.name} ({figure.id})")

    def finish(self) -> Iterator[Finding]:
        """Everybody's name against the known people's."""
        known = blocked_names()
        for name, bearer in self._bearers.items():
            if name in known:
                yield Finding(bearer, f"bears a known person's name: {name.title()}")
