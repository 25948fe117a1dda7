"""`mllmu-evaluate table`."""

from pathlib import Path

import click

from ..report.options import choose_metrics, results_argument


@click.command("table", short_help="Evaluations side by side.")
@results_argument
@click.option(
    "--format", "style", type=click.Choice(["terminal", "markdown", "latex", "csv", "json"]), default="terminal",
    show_default=True,
)  # fmt: skip
@click.option(
    "--modality", type=click.Choice(["image", "text", "both", "each"]), default="both", show_default=True,
    help="Questions with a picture, by name, all in one number, or a table of each.",
)  # fmt: skip
@click.option(
    "--metric", "metrics", multiple=True,
    help="A column in each set; may be given again. [default: accuracy rouge_l_f1 factuality exact]",
)  # fmt: skip
@click.option(
    "--against", type=click.Choice(["vanilla", "retain"]), default="vanilla", show_default=True,
    help="Whom methods are compared with: the model that was taught everything, or the one that never knew.",
)  # fmt: skip
@click.option("--difference", "differences", is_flag=True, help="Show differences from that model, not scores.")
def command(
    results: tuple[Path, ...], style: str, modality: str, metrics: tuple[str, ...], against: str, differences: bool
) -> None:
    """Print evaluations as the paper's Table 2: Forget, Test, Retain, Celebrity; one row a method, all seeds in one.

    RESULTS are folders that `mllmu-evaluate run` has written, or folders of such folders. Scores that cannot be told
    from vanilla's are greyed.
    """
    from ..report.formats import render
    from ..report.gather import find, studies
    from ..report.table import build

    chosen = choose_metrics(metrics)
    modalities = ("image", "text") if modality == "each" else (modality,)
    tables = [build(study, m, chosen, against) for study in studies(find(results)) for m in modalities]
    click.echo(render(style, tables, differences))
