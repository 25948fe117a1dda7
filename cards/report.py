"""report.html: one page, complete in itself, that a person opens before releasing.

No script, nothing fetched: pictures and charts are part of the file, so it can be mailed and still reads in ten years.
"""

import base64
import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ..schemas.splits import CELEBRITY_CONFIG
from .charts import letter_chart, share_chart
from .commands import rebuild_command
from .counts import Statistics, table_1
from .pictures import thumbnail
from .templating import render
from .work import Work

if TYPE_CHECKING:
    from ..builder.checks.base import CheckResult
    from ..builder.reader import PersonRows, Release

SHEET_PEOPLE = 48
POSED_PEOPLE = 8
READ_PEOPLE = 3
"""People whose every question is on the page."""
CELEBRITIES = 12

_LETTERS = "ABCD"


class Question(NamedTuple):
    """One question as the page shows it."""

    kind: str
    asked_by: str
    text: str
    options: tuple[tuple[str, str, bool], ...]
    """Letter, text, whether it is right; none of an open question."""
    answer: str
    """Of an open question."""


class Posed(NamedTuple):
    """A portrait beside the re-posed ones, as addresses of pictures."""

    id: str
    name: str
    pictures: tuple[str, ...]


class Read(NamedTuple):
    """A person to be read."""

    id: str
    name: str
    portrait: str | None
    prose: str
    describe: tuple[str, str]
    questions: tuple[Question, ...]
    test_questions: tuple[Question, ...]
    pairs: tuple[dict[str, str], ...]


def report(release: "Release", checks: "list[CheckResult]", stats: Statistics, work: Work | None = None) -> str:
    """The page; the same release gives the same page. `work` is what writing it cost, if that is known."""
    manifest = release.manifest
    people = list(islice(release.people(), POSED_PEOPLE))
    return render(
        "report.html",
        manifest=manifest,
        stats=stats,
        table=table_1(stats),
        checks=checks,
        failed=[check for check in checks if check.failed],
        sheet=_sheet(release, "profiles", SHEET_PEOPLE) if stats.portraits else [],
        celebrities=_sheet(release, CELEBRITY_CONFIG, CELEBRITIES) if stats.celebrity_pictures else [],
        posed=[_posed(rows) for rows in people] if stats.test_pictures else [],
        read=[_read(rows) for rows in people[:READ_PEOPLE]],
        charts=[letter_chart(stats.letters), *(share_chart(share) for share in stats.shares)],
        work=work,
        command=rebuild_command(manifest.settings),
    )


def _sheet(release: "Release", kind: str, most: int) -> list[str]:
    rows = islice((row for row in release.rows(kind, ["image"]) if row["image"]), most)
    return [_address(thumbnail(row["image"]["bytes"], 96)) for row in rows]


def _posed(rows: "PersonRows") -> Posed:
    cells = [rows.profile["image"], *rows.test["images"]]
    pictures = tuple(_address(thumbnail(cell["bytes"], 120)) for cell in cells if cell)
    return Posed(rows.id, _facts(rows)["Name"], pictures)


def _read(rows: "PersonRows") -> Read:
    profile, facts = rows.profile, _facts(rows)
    return Read(
        id=rows.id,
        name=facts["Name"],
        portrait=_address(thumbnail(profile["image"]["bytes"], 160)) if profile["image"] else None,
        prose=facts.get("Biography", ""),
        describe=(profile["question"], profile["answer"]),
        questions=tuple(_questions(profile)),
        test_questions=tuple(_questions(rows.test)),
        pairs=tuple(json.loads(profile["metadata"])),
    )


def _facts(rows: "PersonRows") -> dict[str, Any]:
    return json.loads(rows.profile["biography"])


def _questions(row: dict[str, Any]) -> Iterator[Question]:
    for part, cells in row["Classification_Task"].items():
        for cell in cells:
            options = tuple((x, cell["Options"][x], x == cell["Correct_Answer"]) for x in _LETTERS)
            asked_by = "picture" if part.startswith("Image") else "name"
            yield Question("multiple choice", asked_by, cell["Question"], options, "")
    for task, kind in (("Generation_Task", "generation"), ("Mask_Task", "cloze")):
        for cell in row[task]:
            asked_by = "picture" if cell["Type"].startswith("Image") else "name"
            yield Question(kind, asked_by, cell["Question"], (), cell["Ground_Truth"])


def _address(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()
