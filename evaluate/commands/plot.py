"""`mllmu-evaluate plot`."""

from pathlib import Path

import click

from ...errors import MllmuError
from ..report.options import choose_metrics, results_argument


@click.command("plot", short_help="The trade-off and the modality figures.")
@results_argument
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the figures.")
@click.option(
    "--format", "kinds", type=click.Choice(["png", "pdf", "svg"]), multiple=True, default=("png", "pdf"),
    show_default=True, help="May be given again.",
)  # fmt: skip
@click.option("--modality", type=click.Choice(["image", "text", "both"]), default="both", show_default=True,
              help="Which questions the trade-off is about.")  # fmt: skip
@click.option(
    "--set", "set_name", type=click.Choice(["forget", "test", "retain", "celebrity"]), default="forget",
    show_default=True, help="Which people the modality comparison is about.",
)  # fmt: skip
@click.option("--metric", "metrics", multiple=True, help="May be given again. [default: accuracy rouge_l_f1 exact]")
def command(
    results: tuple[Path, ...],
    out: Path,
    kinds: tuple[str, ...],
    modality: str,
    set_name: str,
    metrics: tuple[str, ...],
) -> None:
    """Draw forgetting against utility (the paper's Figure 4), and unlearning with pictures beside without (Figure 3).

    Prints the files. A figure for which there are no results is left out, and said to be.
    """
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        raise MllmuError('figures need matplotlib. Install it with: pip install "mllmu-bench[train]"')
    from ..report.gather import find, studies
    from ..report.plots.modality import modality as compare_modalities
    from ..report.plots.style import save
    from ..report.plots.tradeoff import tradeoff

    chosen = choose_metrics(metrics)
    for study in studies(find(results)):
        figures = {
            f"tradeoff-{study.forget}": tradeoff(study, modality, chosen),
            f"modality-{study.forget}": compare_modalities(study, set_name, chosen),
        }
        for name, figure in figures.items():
            if figure is None:
                needs = "vanilla and a method" if name.startswith("trade") else "a method run with --modality text too"
                click.echo(f"{name}: left out, it needs results of {needs}, with scores of what is shown.", err=True)
                continue
            for path in save(figure, out, name, kinds):
                click.echo(path)
