"""The table of public figures: the one that comes along, or a file of the user's own."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from ...errors import UsageError
from ...schemas.celebrity import MIN_ASKED, Celebrity
from .matching import match_decoys
from .names import DATA, fold
from .record import Record, make_record

TABLE = DATA / "celebrities.tsv"
MIN_CELEBRITIES = 8
"""Fewer cannot lend each other wrong options."""

REQUIRED = (
    "id", "name", "gender", "date_of_birth", "city", "country", "citizenship", "field", "occupation", "education",
    "known_for", "another_fact",
)  # fmt: skip
OPTIONAL = ("also_true", "wikidata", "note", "sources")


def load_celebrities(path: Path | None = None) -> list[Celebrity]:
    """The public figures of a table, each with the wrong options that the others lend.

    Args:
        path: A tab-separated file with the columns of the table that comes along. None reads that one.

    Raises:
        UsageError: The file cannot be read, or a line of it is wrong; the message names the line and the cure.
    """
    return list(_default()) if path is None else _load(path)


@cache
def _default() -> tuple[Celebrity, ...]:
    return tuple(_load(TABLE))


def _load(path: Path) -> list[Celebrity]:
    records = read_records(path)
    decoys = match_decoys(records)
    for record in records:
        if len(decoys[record.id]) < MIN_ASKED:
            asked = ", ".join(decoys[record.id]) or "none"
            raise UsageError(
                f"{path}: {record.id} ({record.facts.name}) has only these attributes with three fair wrong options: "
                f"{asked}; {MIN_ASKED} are needed. Add people of the same field or country, or fill in the education."
            )
    return [record.celebrity(decoys[record.id]) for record in records]


def read_records(path: Path) -> list[Record]:
    """The rows of a table, checked one by one and against each other.

    Raises:
        UsageError: As `load_celebrities`.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"cannot read the celebrities in {path}: {reason}. Give a tab-separated UTF-8 file."
        ) from error
    header = _header(path, lines)
    records = [
        _record(path, number, header, cells)
        for number, cells in enumerate(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE), 2)
        if any(cell.strip() for cell in cells)
    ]
    if len(records) < MIN_CELEBRITIES:
        raise UsageError(f"{path} lists {len(records)} people; a celebrity set needs {MIN_CELEBRITIES} or more.")
    _unique(path, records)
    return records


def _header(path: Path, lines: Sequence[str]) -> list[str]:
    header = lines[0].split("\t") if lines else []
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in (*REQUIRED, *OPTIONAL)]
    if missing or unknown:
        what = f"lacks the column {missing[0]!r}" if missing else f"has an unknown column {unknown[0]!r}"
        raise UsageError(f"{path} line 1 {what}. Columns, with tabs between: {', '.join((*REQUIRED, *OPTIONAL))}.")
    return header


def _record(path: Path, number: int, header: list[str], cells: list[str]) -> Record:
    where = f"{path} line {number}"
    if len(cells) != len(header):
        raise UsageError(f"{where} has {len(cells)} cells, the header {len(header)}. Separate cells with one tab each.")
    try:
        return make_record({name: cell.strip() for name, cell in zip(header, cells, strict=True)})
    except ValidationError as error:
        first = error.errors()[0]
        column = str(first["loc"][-1]) if first["loc"] else "the row"
        raise UsageError(f"{where}: {column} = {first['input']!r}: {first['msg']}. Correct the cell.") from error
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error


def _unique(path: Path, records: list[Record]) -> None:
    for what, values in (
        ("id", [record.id for record in records]),
        ("name", [fold(record.facts.name) for record in records]),
    ):
        for k, value in enumerate(values):
            if value in values[:k]:
                raise UsageError(f"{path}: two rows have the {what} {value!r}. Each person stands in the table once.")
