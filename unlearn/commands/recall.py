"""`mllmu-unlearn recall`."""

import json

import click

from .options import prepare


@click.command("recall", short_help="How much a model knows.")
@click.option("--model", required=True, help="Folder or Hub id.")
@click.option("--data", required=True, help="Release: a folder, or a dataset id on the Hub.")
@click.option("--revision", help="Tag, branch or commit of a dataset on the Hub.")
@click.option(
    "--on", "configs", multiple=True, default=("full",), show_default=True, help="Config; may be given again."
)
@click.option("--modality", type=click.Choice(["multimodal", "text"]), default="multimodal", show_default=True)
@click.option("--batch", default=64, show_default=True, help="Questions at a time.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(
    model: str, data: str, revision: str | None, configs: tuple[str, ...], modality: str, batch: int, as_json: bool
) -> None:
    """How many of the fine-tuning answers a model gives word for word: a quick look, not the benchmark's evaluation."""
    prepare()
    from ..ask import recall
    from ..data import pair_examples
    from ..encode import Encoder
    from ..models import load_model, load_processor, own_device
    from ..release import Source, training_rows

    asked, encoder = load_model(model).to(own_device()), Encoder(load_processor(model))
    found = {
        name: recall(asked, encoder, pair_examples(training_rows(Source(data, revision), name), modality), batch)  # type: ignore[arg-type]
        for name in configs
    }
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, values in found.items():
        click.echo(f"{name}: {values['exact']:.1%} of {values['n']} answers word for word, nll {values['nll']:.3f}")
