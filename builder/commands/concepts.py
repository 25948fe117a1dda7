"""`mllmu-build concepts`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..concepts.build import ConceptOutcome


@click.command("concepts", short_help="Build concepts to forget from one picture.")
@click.option("--n", type=int, help="Concepts. [default: 20]")
@click.option("--seed", type=int, help="Decides every design, name, fact and pixel. [default: 0]")
@click.option("--name", help="The dataset's name on the Hub. [default: mllmu/concepts]")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the release. [default: the name]")
@click.option("--pictures", type=int, help="Pictures of each: one to train, the others to test. [default: 50]")
@click.option("--teach", type=int, help="More of each, to teach them to a model first. [default: 10]")
@click.option("--groups", type=int, help="Group pictures for each person. [default: 4]")
@click.option("--size", type=int, help="Side of a picture in pixels. [default: 256]")
@click.option("--mix", help="Shares of the kinds. [default: person=10,emblem=2,flag=2,character=3,style=3]")
@click.option("--concepts-folder", type=click.Path(), help="Your own pictures instead, one folder a concept.")
@click.option("--recipe", type=click.Path(), help="TOML file that names and describes the concepts of the folder.")
@click.option("--filter", type=click.Path(), help="JSON of a model's answers; keep what it named in every picture.")
@click.option("--fresh", is_flag=True, help="Start anew: throw away what was built there before.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no report.")
def command(out: Path | None, fresh: bool, as_json: bool, quiet: bool, **options: Any) -> None:
    """Build a release of concepts, each to be forgotten from one picture, after MMUBench.

    Invented people, emblems, flags, cartoon characters and drawing styles, drawn offline; or your own pictures.
    Killed at any moment, the same command goes on where it stopped. The same settings give the same bytes.
    """
    from ..concepts.build import build_concepts  # heavy: numpy, pyarrow
    from ..concepts.settings import make_concept_settings
    from ..progress import Progress
    from ..report import end_with_findings

    settings = make_concept_settings({key: value for key, value in options.items() if value is not None})
    outcome = build_concepts(settings, out or Path(settings.name), fresh=fresh, progress=Progress(quiet))
    if as_json:
        click.echo(json.dumps(_as_json(outcome)))
    elif not quiet:
        _print(outcome)
    end_with_findings(outcome.checks)


def _print(outcome: "ConceptOutcome") -> None:
    from ..report import print_checks

    m = outcome.manifest
    if outcome.checks:
        print_checks(outcome.checks)
        for ident, slot in outcome.dropped.items():
            click.echo(f"{ident} was turned away: the model did not name it in {slot}.")
        size = sum(entry.bytes for entry in m.files.values()) / 1e6
        kinds = ", ".join(f"{count} {kind}" for kind, count in m.kinds.items())
        click.echo(f"\n{outcome.folder}: {m.concepts} concepts ({kinds}), {size:.1f} MB.")
    else:
        click.echo(f"{outcome.folder} stands complete already: {m.concepts} concepts. --fresh builds it anew.")
    click.echo(f'Load it:  from datasets import load_dataset; load_dataset("{outcome.folder}", "concept_train")')


def _as_json(outcome: "ConceptOutcome") -> dict[str, Any]:
    from ..report import checks_json

    m = outcome.manifest
    return {
        "folder": str(outcome.folder),
        "built": bool(outcome.checks),
        "concepts": m.concepts,
        "kinds": m.kinds,
        "configs": m.configs,
        "bytes": sum(entry.bytes for entry in m.files.values()),
        "dropped": outcome.dropped,
        "checks": checks_json(outcome.checks),
    }
