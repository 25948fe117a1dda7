"""`mllmu-build preview`."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..reader import Release
    from ..rows import Row


@click.command("preview", short_help="Write contact sheets of a release.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("mllmu/bench"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("preview"), show_default=True, help="Folder.")
@click.option("--people", default=64, show_default=True, type=click.IntRange(1), help="Portraits on the first sheet.")
@click.option("--poses", default=12, show_default=True, type=click.IntRange(1), help="People on the sheet of views.")
def command(folder: Path, out: Path, people: int, poses: int) -> None:
    """Write contact sheets of the release in FOLDER (mllmu/bench): portraits with name, age and country; all views."""
    from ...errors import UsageError
    from ..files import cannot, write_whole
    from ..portraits.sheet import as_png, contact_sheet
    from ..reader import Release

    release = Release(folder)
    portraits = list(islice(_portraits(release), people))
    if not portraits:
        raise UsageError(f"{folder} has no pictures: it was built with --portraits none.")
    views = [picture for pictures in islice(_views(release), poses) for picture in pictures]
    celebrities = [(row["image"]["bytes"], row["ID"]) for row in release.rows("celebrity") if row["image"]]
    a_row = 1 + release.manifest.settings["views"]
    sheets = [("portraits", portraits, 8), ("views", views, 2 * a_row), ("celebrities", celebrities[:people], 8)]
    for name, items, columns in sheets:
        if items:
            page = as_png(contact_sheet(items, columns))
            try:
                out.mkdir(parents=True, exist_ok=True)
                write_whole(out / f"{name}.png", page)
            except OSError as error:
                raise cannot("write", out, error) from error
            click.echo(out / f"{name}.png")


def _portraits(release: "Release") -> Iterator[tuple[bytes, str]]:
    for row in release.rows("profiles", ["image", "biography"]):
        if row["image"]:
            yield row["image"]["bytes"], _label(row)


def _views(release: "Release") -> Iterator[list[tuple[bytes, str]]]:
    for both in release.people():
        if both.profile["image"]:
            yield [
                (both.profile["image"]["bytes"], both.id),
                *((image["bytes"] if image else b"", "") for image in both.test["images"]),
            ]


def _label(row: "Row") -> str:
    from ..rows import facts_of

    facts, _ = facts_of(row)
    return f"{facts.name}, {facts.age}, {facts.residence.country}"
