"""What the terminal shows of a build and of its checks."""

import shutil
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ..errors import FindingsError
from .checks.base import CheckResult

if TYPE_CHECKING:
    from .generate import Outcome
    from .portraits.identity.report import IdentityReport


def print_checks(results: Iterable[CheckResult]) -> None:
    """A table: check, tried, failed, rule; under it the examples of each that failed."""
    results = list(results)
    width = max(60, min(shutil.get_terminal_size((110, 24)).columns, 140))
    name_width = max((len(r.name) for r in results), default=5)
    rule_width = width - name_width - 23
    click.echo(f"{'check':<{name_width}}  {'tried':>9}  {'failed':>7}  rule")
    for r in results:
        rule = textwrap.shorten(r.rule, rule_width, placeholder="…")
        line = f"{r.name:<{name_width}}  {r.tried:>9,}  {r.failed:>7,}  {rule}"
        click.secho(line, fg="red" if r.failed else None)
        for where, what in r.examples:
            click.echo(f"{'':<{name_width}}  {where}: {what}")
    failed = sum(1 for r in results if r.failed)
    click.echo(f"{len(results) - failed} checks passed, {failed} found something." if failed else "All checks passed.")


def print_identity(faces: "IdentityReport") -> None:
    """What a verifier says of the faces, a line each."""
    click.echo(f"\nfaces, by {faces.verifier}: {faces.pictures:,} pictures of {faces.people:,} people")
    lines = [f"found in {faces.detected:.1%} of the pictures"]
    if faces.undetected:
        lines.append(f"not found in: {', '.join(faces.undetected)}")
    if faces.eer is not None:
        lines += [
            f"same person: mean {faces.genuine_mean:.3f}, 1st percentile {faces.genuine_low:.3f}",
            f"other person: mean {faces.impostor_mean:.3f}, 99th percentile {faces.impostor_high:.3f}",
            f"equal error rate {faces.eer:.2%}, at the threshold {faces.threshold:.3f}",
            f"rank-1 {faces.rank1:.1%}: re-posed views whose nearest portrait is their own",
            f"no two people pass for one at {faces.zero_fmr_threshold:.3f}, which refuses {faces.zero_fmr_refused:.1%} "
            "of the re-posed views",
            f"{faces.look_alikes_above:,} pairs of people at or above the equal-error threshold; the nearest:",
        ]
    if faces.centred:
        c = faces.centred
        scores = f"EER {c.eer:.2%}, rank-1 {c.rank1:.1%}, {c.look_alikes_above:,} pairs"
        scores += f"; none passing refuses {c.zero_fmr_refused:.1%}"
        lines.insert(-1, f"mean portrait taken out: {scores}")
    lines += [f"  {pair.first} and {pair.second}  {pair.score:.3f}" for pair in faces.look_alikes[:5]]
    for line in lines:
        click.echo(f"  {line}")


def print_outcome(outcome: "Outcome") -> None:
    """What was built, and how to load it."""
    m = outcome.manifest
    if not outcome.checks:
        click.echo(f"{outcome.folder} stands complete already: {m.people} people. --fresh builds it anew.")
    else:
        print_checks(outcome.checks)
        size = sum(entry.bytes for entry in m.files.values()) / 1e6
        click.echo(f"\n{outcome.folder}: {m.people} people, {m.celebrities} celebrities, {size:.1f} MB.")
    click.echo(f'Load it:  from datasets import load_dataset; load_dataset("{outcome.folder}", "forget_05")')


def outcome_json(outcome: "Outcome") -> dict[str, Any]:
    """The same for a program."""
    m = outcome.manifest
    return {
        "folder": str(outcome.folder),
        "built": bool(outcome.checks),
        "people": m.people,
        "celebrities": m.celebrities,
        "configs": m.configs,
        "bytes": sum(entry.bytes for entry in m.files.values()),
        "checks": checks_json(outcome.checks),
    }


def checks_json(results: Iterable[CheckResult]) -> list[dict[str, Any]]:
    """Check results as JSON values."""
    return [result.model_dump() for result in results]


def end_with_findings(results: Iterable[CheckResult]) -> None:
    """Raise FindingsError, exit code 3, if a check failed."""
    failed = [r.name for r in results if r.failed]
    if failed:
        raise FindingsError(f"found something: {', '.join(failed)}. The examples above (or --json) say where.")
