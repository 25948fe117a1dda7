"""`mllmu-evaluate concepts`: run, judge, table, recognise."""

import json
from pathlib import Path
from typing import Any

import click

from ...errors import FindingsError, UsageError
from ..report.options import judge_options, ledger_path, results_argument
from .options import prepare

MODEL = (
    click.option("--model", required=True, help="Folder or Hub id: whole weights, an adapter, or a prompting run."),
    click.option("--data", required=True, help="Release of concepts: a folder, or a dataset id on the Hub."),
    click.option("--revision", help="Tag, branch or commit of a dataset on the Hub."),
    click.option("--engine", type=click.Choice(["hf", "vllm"]), default="hf", show_default=True),
    click.option("--batch", type=click.IntRange(1), metavar="N", help="Questions at a time. [default: what fits]"),
    click.option(
        "--dtype", type=click.Choice(["auto", "float64", "float32", "bfloat16", "float16"]), default="auto",
        show_default=True, help="Number format; auto is float64 for small models, else what suits the device.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No progress, no summary."),
)  # fmt: skip


def _of_model(function: Any) -> Any:
    for option in reversed(MODEL):
        function = option(function)
    return function


@click.group("concepts", short_help="What is left of concepts forgotten from one picture.")
def command() -> None:
    """Score a model on concepts that it was to forget, each from one picture, and on those that it was to keep."""


@command.command("run", short_help="Ask a model about the concepts.")
@click.option("--concepts", required=True, metavar="1-5,K007", help="Which were forgotten; of the original too.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--label", help="What tables call it. [default: the method's name]")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@_of_model
def run(data: str, revision: str | None, as_json: bool, **options: Any) -> None:
    """Ask a model about every concept, those to be forgotten and the others, and score its answers.

    Evaluate the model before forgetting as well: C-Dis, membership inference and the butterfly effect compare with it.
    Killed at any moment, the same command goes on where it stopped.
    """
    prepare(options["quiet"])
    from ...unlearn.release import Source
    from ..concepts.run import Request, evaluate
    from ..records import SUMMARY

    request = Request(source=Source(data, revision), **options)
    folder = evaluate(request)
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    if as_json:
        click.echo(json.dumps(summary))
    elif not request.quiet:
        for name, cell in summary.items():
            mean, low, high = ("-" if cell[key] is None else f"{cell[key]:.3f}" for key in ("mean", "low", "high"))
            click.echo(f"{name:<22} {mean} [{low}, {high}]")


@command.command("table", short_help="Evaluations side by side.")
@results_argument
@click.option(
    "--format", "style", type=click.Choice(["terminal", "markdown", "csv", "json"]), default="terminal",
    show_default=True,
)  # fmt: skip
def table(results: tuple[Path, ...], style: str) -> None:
    """Print evaluations of concepts side by side, all seeds of a method in one, with 95 % intervals by concept.

    RESULTS are folders that `mllmu-evaluate concepts run` has written, or folders of such folders; the one of a
    fine-tuned model is taken for the original, or where there is none, that of a model which forgot nothing.
    """
    from ..concepts.table import columns, find, render

    click.echo(render(style, columns(find(results))))


@command.command("judge", short_help="Let a judge grade the answers, 1 to 5.")
@results_argument
@judge_options
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def judge(
    results: tuple[Path, ...],
    judge: str,
    model_name: str | None,
    base_url: str | None,
    concurrency: int,
    ledger: Path | None,
    quiet: bool,
) -> None:
    """Have the answers to test pictures and to the multilingual jailbreak graded: does the answer identify it?

    Nothing is paid for twice. The key comes from JUDGE_OPENAI_API_KEY or OPENAI_API_KEY in the environment.
    """
    from ..concepts.judge import cases, judge_results
    from ..concepts.table import find
    from ..judge.judge import Judge, Settings
    from ..progress import bar

    if model_name is None:
        raise UsageError("which judge? Give its name with --judge-model.")
    found = find(results)
    total = sum(len(cases(one.records)) for one in found)
    failed = 0
    settings = Settings(model_name, base_url, concurrency)
    with Judge(settings, ledger or ledger_path()) as asked, bar(total, 0, quiet) as progress:
        for one in found:
            outcome = judge_results(one.folder, asked, lambda: progress.update(1))
            failed += sum(outcome.failures.values())
            click.echo(f"{one.folder}: {outcome.graded} answers graded, {outcome.paid} calls")
            for reason, count in outcome.failures.items():
                click.echo(f"  {count} not graded: {reason}")
    if failed:
        raise FindingsError(f"{failed} of {total} answers got no grade; they are not scored. The reasons stand above.")


@command.command("recognise", short_help="What a model calls every picture: for mllmu-build --filter.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="JSON file to write.")
@_of_model
def recognise(data: str, revision: str | None, out: Path, quiet: bool, **options: Any) -> None:
    """Ask a model for the name in every picture of a release, and write what it says.

    `mllmu-build concepts --filter FILE`, with the settings of that release, then keeps the concepts that the model
    named in all of their pictures, as the paper does.
    """
    prepare(quiet)
    from ...unlearn.release import Source
    from ...unlearn.run_record import write_json
    from ..concepts.recognise import recognise as ask

    content, named = ask(Source(data, revision), quiet=quiet, **options)
    write_json(out, content)
    if not quiet:
        click.echo(f"{out}: {len(content['answers'])} pictures; named in all of theirs: {', '.join(named) or 'none'}")
