"""`mllmu-evaluate card`."""

from pathlib import Path

import click

from ..report.options import results_argument


@click.command("card", short_help="Scores for a checkpoint's model card.")
@results_argument
@click.option(
    "--model", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True,
    help="The checkpoint's folder, whose card it is.",
)  # fmt: skip
@click.option(
    "--dataset",
    help="The release on the Hub, as owner/name@tag, for the leaderboard. [default: what was evaluated, if from there]",
)
def command(results: tuple[Path, ...], model: Path, dataset: str | None) -> None:
    """Put a checkpoint's scores into its README.md, beside floors and references, with their intervals.

    RESULTS are folders that `mllmu-evaluate run` has written, or folders of such folders: one is of this model. The
    rest of the card stays as it is. Where the release is on the Hub, `.eval_results/` is written too, by which the Hub
    puts the model on the benchmark's leaderboard. Prints the files; upload the folder with `hf upload`.
    """
    from ..report.card import RESULTS_FILE, named, write_card
    from ..report.gather import find

    written = write_card(model, find(results), named(dataset) if dataset else None)
    for path in written:
        click.echo(path)
    if len(written) == 1:
        click.echo(
            f"{RESULTS_FILE}: left out, for the release was a folder. --dataset says its name on the Hub.", err=True
        )
