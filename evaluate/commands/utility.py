"""`mllmu-evaluate utility`."""

import json
from pathlib import Path
from typing import Any

import click

from ...errors import UsageError
from ..report.options import judge_options, ledger_path
from ..utility import TASKS
from .options import prepare


@click.command("utility", short_help="What else a model can do.")
@click.option("--model", required=True, help="Folder or Hub id.")
@click.option("--adapter", help="An adapter on top of it.")
@click.option(
    "--task", "tasks", multiple=True, required=True, help=f"{', '.join(TASKS)}; or, with lmms-eval, any of its tasks. "
    "May be given again.",
)  # fmt: skip
@click.option("--data", help="A local copy of the benchmark's repository. [default: from the Hub]")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path),
    help="Folder to write; that of the model's evaluation, so that figures find it.",
)  # fmt: skip
@click.option("--batch", type=click.IntRange(1), metavar="N", help="Questions at a time. [default: what fits]")
@click.option(
    "--dtype", type=click.Choice(["auto", "float64", "float32", "bfloat16", "float16"]), default="auto",
    show_default=True, help="Number format.",
)  # fmt: skip
@judge_options
@click.option("--with", "harness", type=click.Choice(["lmms-eval"]), help="Hand the tasks to another harness.")
@click.option("--lmms-model", help="The model's kind in lmms-eval's words. [default: from its config]")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(
    model: str,
    adapter: str | None,
    tasks: tuple[str, ...],
    data: str | None,
    out: Path,
    batch: int | None,
    dtype: str,
    harness: str | None,
    lmms_model: str | None,
    as_json: bool,
    quiet: bool,
    **judged: Any,
) -> None:
    """Ask a model other benchmarks' questions: has it lost what it was never asked to forget?

    MMMU is scored by rule; LLaVA-Bench needs a judge (--judge-model).
    """
    if harness:
        if adapter or data or dtype != "auto":
            raise UsageError(f"{harness} is told --model alone: merge an adapter; no --data, no --dtype.")
        from ..utility.lmms import hand_over

        click.echo(hand_over(tasks, model, out, lmms_model, batch))
        return
    if unknown := [task for task in tasks if task not in TASKS]:
        raise UsageError(f"no task called {unknown[0]!r}. Known: {', '.join(TASKS)}; others go by --with lmms-eval.")
    if data and len(tasks) > 1:
        raise UsageError("--data is a copy of one benchmark: give one --task with it.")
    if "llava_bench" in tasks and not judged["model_name"]:
        raise UsageError("LLaVA-Bench needs a judge. Give its name with --judge-model.")
    prepare(quiet)
    from ..utility.run import Request

    told = {}
    for task in tasks:
        told[task] = _run(Request(task, model, out, data, adapter, batch, dtype), judged)
        if not as_json:
            click.echo(_line(task, told[task]))
    if as_json:
        click.echo(json.dumps(told, indent=1))


def _run(request: Any, judged: dict[str, Any]) -> dict[str, Any]:
    from ..judge.judge import Judge, Settings
    from ..utility.run import run

    if request.task != "llava_bench":
        return run(request)
    settings = Settings(judged["model_name"], judged["base_url"], judged["concurrency"])
    with Judge(settings, judged["ledger"] or ledger_path()) as judge:
        return run(request, judge)


def _line(task: str, scored: dict[str, Any]) -> str:
    """One task for a person."""
    name, cell = next((key, scored[key]) for key in ("accuracy", "relative") if key in scored)
    if cell is None:
        return f"{task}: nothing could be scored ({sum(scored['failures'].values())} failures)"
    said = f"{task}: {name} {cell['mean']:.1%} [{cell['low']:.1%}, {cell['high']:.1%}], {scored['questions']} questions"
    if "chance" in scored:
        said += f", chance {scored['chance']:.1%}"
    if missing := scored.get("subjects_missing"):
        said += f"; {len(missing)} subjects are not in the data"
    if failures := sum(scored.get("failures", {}).values()):
        said += f"; {failures} grades failed"
    return said
