"""`mllmu-build diff`."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..diff import Diff, Group

SHOWN = 10
"""Changed people listed; --json has all."""


@click.command("diff", short_help="What changed between two releases.")
@click.argument("a")
@click.argument("b")
@click.option("--json", "as_json", is_flag=True, help="Print every change as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress of downloads.")
def command(a: str, b: str, as_json: bool, quiet: bool) -> None:
    """Say what is other in release B than in A: people, questions, pictures, counts, settings.

    A and B are folders, or owner/name@tag on the Hub.
    """
    from ..diff import diff
    from ..hub.target import fetch, parse_target
    from ..reader import Release

    found = diff(*(Release(fetch(parse_target(text), quiet)) for text in (a, b)))
    if as_json:
        click.echo(found.model_dump_json())
    else:
        _print(found)


def _print(found: "Diff") -> None:
    if found.is_empty:
        click.echo("The people, questions and pictures are the same.")
    for title, group in (("people", found.people), ("celebrities", found.celebrities)):
        _print_group(title, group)
    _print_pairs("rows", found.configs)
    _print_pairs("settings", found.settings)
    _print_pairs("made with", found.made_with)
    before, after = (f"{size / 1e6:,.1f} MB" for size in found.bytes)
    if before != after:
        click.echo(f"size: {before} -> {after}")


def _print_group(title: str, group: "Group") -> None:
    if not (group.added or group.removed or group.changed):
        return
    click.echo(
        f"{title}: {len(group.added):,} added, {len(group.removed):,} removed, "
        f"{len(group.changed):,} changed, {group.same:,} the same"
    )
    for sign, ids in (("+", group.added), ("-", group.removed)):
        if ids:
            click.echo(f"  {sign} {' '.join(ids[:SHOWN])}{' …' if len(ids) > SHOWN else ''}")
    for person in group.changed[:SHOWN]:
        click.echo(f"  ~ {person.id}: {', '.join(person.parts)}")
    if len(group.changed) > SHOWN:
        click.echo(f"  … and {len(group.changed) - SHOWN:,} more; --json lists them")


def _print_pairs(title: str, pairs: Mapping[str, tuple[Any, Any]]) -> None:
    if pairs:
        click.echo(f"{title}: " + ", ".join(f"{k} {_plain(a)} -> {_plain(b)}" for k, (a, b) in pairs.items()))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
