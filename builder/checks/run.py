"""Run the checks over a release in one pass."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from ..reader import Release
from . import names
from .base import UNREADABLE, BaseCheck, CheckResult, Figure, Finding, Subject, reason

EXAMPLES = 5
"""Findings kept of each check; all are counted."""


class _Tally:
    """A check at work: counts what it finds, and turns an unreadable row into a finding."""

    def __init__(self, name: str, release: Release):
        module = import_module(f".{name}", __package__)
        self.name = name
        self.rule = (module.__doc__ or "").strip().splitlines()[0]
        self.check: BaseCheck = module.Check(release)
        self.failed = 0
        self.examples: list[tuple[str, str]] = []

    def take(self, where: str, hook: Callable[..., Iterable[Finding]], *seen: object) -> None:
        try:
            for finding in hook(*seen):
                self._add(finding)
        except UNREADABLE as error:
            self._add(Finding(where, f"cannot be read: {reason(error)}"))

    def _add(self, finding: Finding) -> None:
        self.failed += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append((finding.where, finding.what))

    def result(self) -> CheckResult:
        tried = max(self.check.tried, self.failed)
        return CheckResult(
            name=self.name,
            rule=self.rule,
            tried=tried,
            failed=self.failed,
            examples=tuple(self.examples),
            figures=self.check.figures,
        )


def run_checks(
    release: Release, only: Iterable[str] | None = None, progress: Callable[[], object] = lambda: None
) -> list[CheckResult]:
    """Results of all checks, or of those named in `only`; `progress` is called after each person.

    Raises:
        MllmuError: A shard is missing or cannot be read at all.
    """
    tallies = [_Tally(name, release) for name in (names() if only is None else only)]
    for rows in release.people():
        subject = Subject(rows)
        for tally in tallies:
            tally.take(subject.id, tally.check.person, subject)
        progress()
    for row in release.rows("celebrity"):
        figure = Figure(row)
        for tally in tallies:
            tally.take(figure.id, tally.check.celebrity, figure)
    for tally in tallies:
        tally.take("release", tally.check.finish)
    return [tally.result() for tally in tallies]


def failures(results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """Those that found something."""
    return (result for result in results if result.failed)
