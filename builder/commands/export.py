"""`mllmu-build export`."""

import json
from pathlib import Path

import click


@click.command("export", short_help="Write a release in the published benchmark's layout.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--layout", type=click.Choice(["original"]), required=True, help="original: that of MLLMU-Bench.")
@click.option("--json", "as_json", is_flag=True, help="Print the files and their rows as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no report.")
def command(folder: Path, out: Path, layout: str, as_json: bool, quiet: bool) -> None:
    """Write the release in FOLDER to OUT, file for file and column for column as MLLMU-Bench is published.

    Code written for the published benchmark then runs on it unchanged.
    """
    del layout  # there is one
    from ..export import TABLES, export_original
    from ..progress import Progress
    from ..reader import Release

    with Progress(quiet).bar("export", len(TABLES), "files") as bar:
        rows = export_original(Release(folder), out, bar.update)
    if as_json:
        click.echo(json.dumps({"folder": str(out), "rows": rows}))
    elif not quiet:
        for path, count in rows.items():
            click.echo(f"{count:>7,}  {path}")
        click.echo(f'Load it:  from datasets import load_dataset; load_dataset("{out}", "forget_5")')
