"""`mllmu-evaluate show`."""

import json
import shutil
from pathlib import Path

import click

from ...errors import FindingsError
from ..report.options import results_argument


@click.command("show", short_help="Answers side by side.")
@results_argument
@click.option("--set", "sets", type=click.Choice(["forget", "test", "retain", "celebrity"]), multiple=True,
              default=("forget",), show_default=True, help="May be given again.")  # fmt: skip
@click.option("--task", "tasks", type=click.Choice(["classification", "generation", "cloze"]), multiple=True,
              default=("generation",), show_default=True, help="May be given again.")  # fmt: skip
@click.option("--modality", "modalities", type=click.Choice(["image", "text"]), multiple=True,
              help="With a picture or by name. [default: either]")  # fmt: skip
@click.option("--id", "people", multiple=True, help="A person's ID; may be given again. [default: anyone]")
@click.option("--n", "most", default=3, show_default=True, type=click.IntRange(1), help="How many questions.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(
    results: tuple[Path, ...],
    sets: tuple[str, ...],
    tasks: tuple[str, ...],
    modalities: tuple[str, ...],
    people: tuple[str, ...],
    most: int,
    as_json: bool,
) -> None:
    """Print what each method answers to the questions on which they differ most."""
    from ..report.gather import find, studies
    from ..report.show import Wanted, cases, layout

    width = shutil.get_terminal_size().columns
    told = []
    for study in studies(find(results)):
        for case in cases(study, Wanted(sets, tasks, modalities, people), most):
            told.append({"forget": study.forget, **case.key._asdict(), "question": case.question,
                         "expected": case.expected, "answers": [a._asdict() for a in case.answers]})  # fmt: skip
            if not as_json:
                click.echo("\n".join(layout(case, width)) + "\n")
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    if not told:
        raise FindingsError("these results have no such question.")
