"""Run the checks over a release in one pass."""

from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import import_module

from ...errors import UsageError
from ..concepts.checks import CHECKS, run_concept_checks
from ..progress import Progress
from ..reader import AnyRelease, ConceptRelease, Release
from . import names
from .base import BaseCheck, CheckResult, Figure, Findings, Subject


def check_release(release: AnyRelease, progress: Progress, only: Collection[str] = ()) -> list[CheckResult]:
    """Results of all checks of a release of either kind, or of those named in `only`.

    Raises:
        UsageError: `only` names no check of this kind of release.
        MllmuError: A shard of a release of people is missing or cannot be read at all.
    """
    known = tuple(CHECKS) if isinstance(release, ConceptRelease) else names()
    for name in only:
        if name not in known:
            raise UsageError(f"{name} is no check of {release.folder}. Its checks are {', '.join(known)}.")
    if isinstance(release, ConceptRelease):
        with progress.bar("checks", len(only or known), "checks") as bar:
            return run_concept_checks(release, only or None, bar.update)
    with progress.bar("checks", release.manifest.people, "people") as bar:
        return run_checks(release, only or None, bar.update)


def run_checks(
    release: Release, only: Iterable[str] | None = None, progress: Callable[[], object] = lambda: None
) -> list[CheckResult]:
    """Results of all checks, or of those named in `only`; `progress` is called after each person.

    Raises:
        MllmuError: A shard is missing or cannot be read at all.
    """
    checks = [_check(name, release) for name in (names() if only is None else only)]
    for rows in release.people():
        subject = Subject(rows)
        for check, found in checks:
            found.take(subject.id, check.person, subject)
        progress()
    for row in release.rows("celebrity"):
        figure = Figure(row)
        for check, found in checks:
            found.take(figure.id, check.celebrity, figure)
    for check, found in checks:
        found.take("release", check.finish)
    return [found.result() for _, found in checks]


def _check(name: str, release: Release) -> tuple[BaseCheck, Findings]:
    """A check, and where its findings go."""
    module = import_module(f".{name}", __package__)
    check: BaseCheck = module.Check(release)
    return check, Findings(name, module.__doc__ or "", check)


def failures(results: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """Those that found something."""
    return (result for result in results if result.failed)
