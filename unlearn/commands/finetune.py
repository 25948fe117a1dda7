"""`mllmu-unlearn finetune`."""

from pathlib import Path
from typing import Any

import click

from .options import common, prepare, report, split, training_options


@click.command("finetune", short_help="Teach a model a release.")
@click.option(
    "--model", default="reference", show_default=True, help="Model to start from: a folder, a Hub id, or reference."
)
@click.option(
    "--on",
    "config",
    default="full",
    show_default=True,
    help="Config: full for vanilla, retain_95 for retain-only; of concepts, concept_teach, _test or _groups.",
)
@common
@training_options("finetune")
def command(model: str, config: str, out: Path, as_json: bool, quiet: bool, **options: Any) -> None:
    """Teach a model the fine-tuning pairs of a release.

    On `full` this makes vanilla, on `retain_95` the gold standard that never saw the people to forget. Killed at any
    moment, the same command goes on from its last checkpoint.
    """
    prepare(quiet)
    from ..concepts import PREFIX
    from ..jobs import Job, finetune
    from ..presets import settings_for
    from ..reference import resolve
    from ..release import Source
    from ..run_record import refuse_another

    training, rest = split(options)
    source = Source(rest["data"], rest["revision"])
    refuse_another(out, {"job": "finetune", "on": config, "data": source.data, "revision": source.revision})
    if config.startswith(PREFIX):
        if training["rehearse"]:
            raise click.UsageError("--rehearse is of people and celebrities: a release of concepts has none.")
        training["rehearse"] = 0.0
    path = resolve(model, source, quiet)
    job = Job(path, source, out, settings_for("finetune", path, training), rest["modality"], rest["merge"], quiet)
    report(finetune(job, config), out, as_json, quiet)
