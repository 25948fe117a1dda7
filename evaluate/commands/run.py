"""`mllmu-evaluate run`."""

from typing import Any

import click

from ..records import ROLES
from .options import common, prepare, report


@click.command("run", short_help="Ask a model the benchmark's questions.")
@click.option("--model", required=True, help="Folder or Hub id: whole weights, an adapter, or a prompting run.")
@click.option("--adapter", help="An adapter to put on top of it.")
@click.option(
    "--engine", type=click.Choice(["hf", "vllm"]), default="hf", show_default=True, help="vllm needs it installed."
)
@click.option(
    "--compat", type=click.Choice(["original"]),
    help="The authors' protocol: a few-shot example, the reply's first letter, cloze by substring.",
)  # fmt: skip
@click.option(
    "--pmi", is_flag=True, help="Ask multiple choice about nobody as well, for the metric accuracy_pmi; takes longer."
)
@click.option(
    "--role",
    type=click.Choice(ROLES),
    help="What the model is in a study. [default: what its run.json says, else base]",
)
@common
def command(forget: str, compat: str | None, as_json: bool, data: str, revision: str | None, **options: Any) -> None:
    """Ask a model every question of the Forget, Test, Retain and Celebrity sets, and score the answers.

    Killed at any moment, the same command goes on where it stopped. Start it with `accelerate launch -m mllmu.evaluate
    run …` to split the people over several GPUs.
    """
    prepare(options["quiet"])
    from ...unlearn.release import Source
    from ..run import Request, evaluate

    request = Request(source=Source(data, revision), ratio=int(forget), compat=compat is not None, **options)
    report(evaluate(request), as_json, request.quiet)
