"""Run the checks over a release in one pass."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from ..reader import Release
from . import names
from .base import BaseCheck, CheckResult, Finding, Subject

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

    def take(self, where: str, hook: Callable[[], Iterable[Finding]]) -> None:
        try:
            for finding in hook():
                self._add(finding)
        except (ValueError, KeyError, TypeError) as error:  # what a broken row makes of parsing it
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            self._add(Finding(where, f"cannot be read: {reason}"))

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
            tally.take(subject.id, lambda t=tally, s=subject: t.check.person(s))
        progress()
    for row in release.rows("celebrity"):
        for tally in tallies:
            tally.take(row["ID"], lambda t=tally, r=row: t.check.celebrity(r))
    for tally in tallies:
        tally.take("release", tally.check.finish)
    return [tally.result() for tally in tallies]


def failures(results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """Those that found something."""
    return (result for result in results if result.failed)
