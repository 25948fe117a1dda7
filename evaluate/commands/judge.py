"""`mllmu-evaluate judge`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import FindingsError, UsageError
from ..report.options import judge_options, ledger_path, results_argument

if TYPE_CHECKING:
    from ..judge.results import Outcome

SHOWN = 5
"""Reasons for failure that are printed, the most frequent first."""


@click.command("judge", short_help="Let a judge grade the answers.")
@results_argument
@judge_options
@click.option("--dry-run", is_flag=True, help="Say how many answers there are to grade, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(
    results: tuple[Path, ...],
    judge: str,
    model_name: str | None,
    base_url: str | None,
    concurrency: int,
    ledger: Path | None,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Have the free answers in RESULTS graded for factuality, 1 to 10, at temperature 0.

    Replies are kept in a ledger of their own: killed at any moment, the same command goes on, and nothing is paid for
    twice. The key comes from JUDGE_OPENAI_API_KEY or OPENAI_API_KEY in the environment.
    """
    from ..judge.judge import Judge, Settings
    from ..judge.results import cases_of, judge_results
    from ..progress import bar
    from ..report.gather import find

    found = find(results)
    total = sum(len(cases_of(result.records)) for result in found)
    if dry_run:
        click.echo(f"{total} answers in {len(found)} results; those on record already cost nothing.")
        return
    if model_name is None:
        raise UsageError("which judge? Give its name with --judge-model.")
    told = {}
    settings = Settings(model_name, base_url, concurrency)
    with Judge(settings, ledger or ledger_path()) as asked, bar(total, 0, quiet) as progress:
        for result in found:
            outcome = judge_results(result.folder, asked, lambda: progress.update(1))
            told[str(result.folder)] = outcome._asdict()
            if not as_json:
                _say(result.folder, outcome)
    if as_json:
        click.echo(json.dumps(told, indent=1))
    failed = sum(sum(outcome["failures"].values()) for outcome in told.values())
    if failed:
        raise FindingsError(f"{failed} of {total} answers got no grade; they are not scored. The reasons stand above.")


def _say(folder: Path, outcome: "Outcome") -> None:
    mean = "nothing graded" if outcome.mean is None else f"factuality {outcome.mean:.2f}"
    click.echo(f"{folder}: {mean}, {outcome.graded} answers, {outcome.paid} calls")
    for reason, count in list(outcome.failures.items())[:SHOWN]:
        click.echo(f"  {count} not graded: {reason}")
    if len(outcome.failures) > SHOWN:
        click.echo(f"  and {len(outcome.failures) - SHOWN} other reasons; {folder / 'judge.json'} has all.")
