"""`mllmu-unlearn run`."""

from pathlib import Path
from typing import Any

import click

from .options import common, prepare, report, split, training_options


@click.command("run", short_help="Make a model forget.")
@click.option(
    "--method", required=True, help="Name of a method (see `mllmu-unlearn methods`), or a path ending in .py."
)
@click.option("--forget", type=click.Choice(["05", "10", "15"]), help="Forget ratio in per cent.")
@click.option("--concepts", metavar="1-5,K007", help="Of a release of concepts: what to forget, each from one picture.")
@click.option("--model", required=True, help="Vanilla: the model that was taught the release.")
@click.option("--set", "knobs", multiple=True, metavar="KNOB=VALUE", help="A knob of the method, as in --set beta=0.1.")
@click.option(
    "--reference", metavar="MODEL",
    help="Compare with this model (retain-only, say) in place of vanilla, where the loss compares: npo.",
)  # fmt: skip
@click.option(
    "--compat", type=click.Choice(["original"]),
    help="The published scripts' objective: a forget epoch and then a retain epoch in place of joint steps; the loss "
    "on the question too; kl_min summed over tokens; npo on the batch's mean loss.",
)  # fmt: skip
@common
@training_options("unlearn")
def command(
    method: str,
    forget: str | None,
    concepts: str | None,
    model: str,
    knobs: tuple[str, ...],
    reference: str | None,
    compat: str | None,
    out: Path,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Make a model forget the forget set of a release, or some concepts of a release of concepts, and keep the rest.

    Killed at any moment, the same command goes on from its last checkpoint.
    """
    prepare(quiet)
    from ..concepts import unlearn_concepts
    from ..jobs import Job, unlearn
    from ..methods import find
    from ..presets import settings_for
    from ..release import Source

    if (forget is None) == (concepts is None):
        raise click.UsageError("say what to forget: --forget 05, 10 or 15, or --concepts of a release of concepts.")
    if concepts and (reference or compat):
        raise click.UsageError("--reference and --compat go with --forget.")
    training, rest = split(options)
    chosen, name = _knobs(knobs), find(method).stem
    if concepts and rest["modality"] == "text":
        raise click.UsageError("forgetting from one picture needs the picture: leave out --modality text.")
    settings = settings_for(name, model, training, one_picture=concepts is not None)
    source = Source(rest["data"], rest["revision"])
    job = Job(model, source, out, settings, rest["modality"], rest["merge"], quiet)
    if concepts is not None:
        done = unlearn_concepts(job, method, concepts, chosen)
    else:
        done = unlearn(job, method, int(str(forget)), chosen, reference, compat is not None)
    report(done, out, as_json, quiet)


def _knobs(given: tuple[str, ...]) -> dict[str, str]:
    for text in given:
        if "=" not in text:
            raise click.UsageError(f"--set {text!r}: write it as KNOB=VALUE.")
    return dict(text.split("=", 1) for text in given)
