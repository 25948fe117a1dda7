"""`mllmu-unlearn base`."""

from pathlib import Path

import click

from .options import prepare


@click.command("base", short_help="Make the reference model.")
@click.option("--data", required=True, help="The benchmark, for its celebrities: a folder, or a dataset id on the Hub.")
@click.option("--revision", help="Tag, branch or commit of a dataset on the Hub.")
@click.option(
    "--population", type=click.Path(path_type=Path, exists=True),
    help="A release of other people to learn formats and faces from. [default: built once, with mllmu-build]",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write. [default: the user's cache folder]")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(data: str, revision: str | None, population: Path | None, out: Path | None, quiet: bool) -> None:
    """Make the base of the reference model, and print its folder.

    A LLaVA of a few million parameters, trained on the CPU in minutes: it knows the celebrities and the formats of
    questions, it has seen faces, and it has never met anyone of the benchmark. `finetune` makes it by itself.
    """
    prepare(quiet)
    from ..reference.base import base
    from ..release import Source

    click.echo(base(Source(data, revision), population=population, out=out, quiet=quiet))
