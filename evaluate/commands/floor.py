"""`mllmu-evaluate floor`."""

from typing import Any

import click

from .options import common, prepare, report


@click.command("floor", short_help="What guessing scores.")
@click.option(
    "--kind", type=click.Choice(["chance", "blind"]), required=True,
    help="chance: an option at random, worked out. blind: the model with no picture and no name.",
)  # fmt: skip
@click.option("--model", help="Whom to ask blind: vanilla, say. Not for chance.")
@common
def command(kind: str, forget: str, as_json: bool, data: str, revision: str | None, **options: Any) -> None:
    """What is scored without knowing anything, to set beside a model's scores."""
    prepare(options["quiet"])
    from ...unlearn.release import Source
    from ..run import Request, evaluate

    if kind == "chance" and options["model"]:
        raise click.UsageError("chance needs no --model.")
    request = Request(source=Source(data, revision), ratio=int(forget), floor=kind, **options)  # type: ignore[arg-type]
    report(evaluate(request), as_json, request.quiet)
