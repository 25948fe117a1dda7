"""`mllmu-build validate`."""

import json
from pathlib import Path

import click

from ..checks import names


@click.command("validate", short_help="Run every check over a release.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("mllmu/bench"))
@click.option("--only", "only", multiple=True, type=click.Choice(names()), help="Run this check only; may be repeated.")
@click.option("--identity", is_flag=True, help="Also verify faces: detection, EER, rank-1 (needs the identity extra).")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(folder: Path, only: tuple[str, ...], identity: bool, as_json: bool, quiet: bool) -> None:
    """Run every check over the release in FOLDER (mllmu/bench). Exit code 3 when something is found."""
    from ..checks.run import run_checks
    from ..progress import Progress
    from ..reader import Release
    from ..report import checks_json, end_with_findings, print_checks

    release = Release(folder)
    with Progress(quiet).bar("checks", release.manifest.people, "people") as bar:
        results = run_checks(release, only or None, bar.update)
    faces = None
    if identity:
        from ..portraits.identity import report_on_release

        faces = report_on_release(release, Progress(quiet))
    if as_json:
        click.echo(json.dumps({"checks": checks_json(results), "identity": faces and faces.model_dump()}))
    else:
        print_checks(results)
        if faces:
            click.echo(faces.table())
    end_with_findings(results)
