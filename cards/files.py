"""The generated files of a release, for `generate` to write."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from .dataset_card import dataset_card
from .eval_yaml import EVAL_FILE, eval_yaml
from .pictures import contact_sheet
from .report import report
from .statistics import statistics
from .work import Work

if TYPE_CHECKING:
    from ..builder.checks.base import CheckResult
    from ..builder.reader import Release

SHEET = "contact_sheet.jpg"
_ON_THE_SHEET = 32


def card_files(
    release: "Release", checks: "list[CheckResult]", work: Work | None = None
) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that is made from the release itself; `work` is shown in the report."""
    stats = statistics(release)
    rows = islice((row for row in release.rows("profiles", ["image"]) if row["image"]), _ON_THE_SHEET)
    portraits = [row["image"]["bytes"] for row in rows] if stats.portraits else []
    if portraits:
        yield SHEET, contact_sheet(portraits, columns=8, side=112)
    yield "README.md", dataset_card(release, checks, stats, SHEET if portraits else None).encode()
    yield "report.html", report(release, checks, stats, work).encode()
    yield EVAL_FILE, eval_yaml(release.manifest).encode()
