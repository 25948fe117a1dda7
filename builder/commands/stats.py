"""`mllmu-build stats`."""

from pathlib import Path

import click


@click.command("stats", short_help="Count a release, beside the paper's Table 1.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("mllmu/bench"))
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(folder: Path, as_json: bool) -> None:
    """Count the release in FOLDER (mllmu/bench): people, pictures, questions, and how varied they are."""
    from ...cards.counts import table_1
    from ...cards.statistics import statistics
    from ..reader import Release

    ours = statistics(Release(folder))
    if as_json:
        click.echo(ours.model_dump_json())
        return
    click.echo(f"{'':<28}{'ours':>12}  {'MLLMU-Bench':>12}")
    for line in table_1(ours):
        click.echo(f"{line.label.replace('·', '  '):<28}{line.ours:>12}  {line.paper:>12}")
    click.echo("\nmost frequent values")
    for share in ours.shares:
        value, count = share.top[0]
        click.echo(f"{share.attribute:<28}{count / ours.people:>11.1%}  {value} (of {share.values:,})")
