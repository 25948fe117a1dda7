"""`mllmu-build celebrities`: list, check and refresh the set of public figures."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...errors import FindingsError

if TYPE_CHECKING:
    from .refresh import Refreshed

_table = click.option("--table", type=click.Path(path_type=Path), help="A table of your own. [default: the 153]")
_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group("celebrities", short_help="List, check and refresh the set of public figures.")
def command() -> None:
    """The real public figures whose facts unlearning must leave alone."""


@command.command("list")
@_table
@_json
def list_(table: Path | None, as_json: bool) -> None:
    """Print every public figure with their facts."""
    from .table import load_celebrities

    for celebrity in load_celebrities(table):
        facts = celebrity.facts
        if as_json:
            click.echo(celebrity.model_dump_json())
        else:
            click.echo(
                "\t".join([celebrity.id, facts.name, str(facts.date_of_birth), str(facts.birthplace), facts.occupation])
            )


@command.command()
@_table
@click.option("--faces", type=click.Path(path_type=Path), help="Also check a folder of pictures.")
@_json
def check(table: Path | None, faces: Path | None, as_json: bool) -> None:
    """Check a table of public figures and a folder of pictures; count what they hold."""
    from .faces import SMALLEST, Faces
    from .table import load_celebrities

    celebrities = load_celebrities(table)
    counts: dict[str, Any] = {
        "people": len(celebrities),
        "women": sum(c.facts.gender == "female" for c in celebrities),
        "countries": len({c.facts.birthplace.country for c in celebrities}),
        "fields": len({c.field for c in celebrities}),
        "compared_with_sources": sum(bool(c.sources) for c in celebrities),
        "wikidata_ids": sum(c.wikidata is not None for c in celebrities),
    }
    if faces is not None:
        folder = Faces(faces, celebrities)
        pictures = [c for c in celebrities if folder.picture(c, SMALLEST) is not None]
        counts["pictures"] = len(pictures)
        counts["pictures_with_credit"] = sum(folder.credit(c) is not None for c in pictures)
    _print(counts, as_json)


@command.command()
@_table
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("celebrity-faces"),
    show_default=True,
    help="Folder for pictures and their credits; give it to generate as --celebrity-faces.",
)
@click.option("--pictures/--no-pictures", default=True, help="Fetch pictures too.")
@_json
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def refresh(table: Path | None, out: Path, pictures: bool, as_json: bool, quiet: bool) -> None:
    """Compare every fact with Wikidata, and fetch free pictures from Wikimedia Commons.

    Exit code 3 when a fact differs or something could not be read; the same command goes on from there.
    """
    from ..progress import Progress
    from .refresh import refresh as run
    from .table import TABLE, read_records
    from .web import Web

    records = read_records(table or TABLE)
    with Web(out / ".cache") as web:
        result = run(records, out if pictures else None, web, Progress(quiet))
    _report(result, as_json)
    if not result.complete:
        left = len(result.unread) + len(result.unfetched)
        raise FindingsError(f"{left} people or pictures could not be read. The same command goes on from there.")
    if result.differences:
        raise FindingsError(f"{len(result.differences)} facts differ from Wikidata; they are listed above.")


def _report(result: "Refreshed", as_json: bool) -> None:
    if not as_json:
        for difference in result.differences:
            click.echo("\t".join(difference))
        for person, why in {**result.unread, **result.unfetched, **result.no_picture}.items():
            click.echo(f"{person}\t{why}")
        for person, item in result.found_ids.items():
            click.echo(f"{person}\tfound on Wikidata: {item}")
    counts = {
        "read": len(result.read),
        "facts": result.facts,
        "differences": len(result.differences),
        "pictures": len(result.credits),
        "no_free_picture": len(result.no_picture),
        "unknown": len(result.unknown),
        "unread": len(result.unread) + len(result.unfetched),
    }
    if as_json:
        lists = {
            "differences": [difference._asdict() for difference in result.differences],
            "unread": result.unread,
            "unfetched": result.unfetched,
            "no_free_picture": result.no_picture,
            "found_ids": result.found_ids,
            "unknown": result.unknown,
        }
        click.echo(json.dumps({**counts, **lists}, ensure_ascii=False))
    else:
        _print(counts, as_json)


def _print(counts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(counts))
    else:
        for name, count in counts.items():
            click.echo(f"{name.replace('_', ' ')}: {count}")
