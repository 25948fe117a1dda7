"""Evaluations of concepts side by side: one row a metric, one column a method, all seeds of a method in one."""

import csv
import io
import json
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import UsageError
from ..stats import Interval
from .metrics import METRICS, Metric
from .records import ConceptKey, ConceptRecord, ConceptResults, read_results
from .summary import measured, originals

ARROWS = {"higher": "↑", "lower": "↓"}


class Column(NamedTuple):
    """One method."""

    label: str
    seeds: int
    cells: dict[str, Interval | None]


def find(folders: Sequence[Path]) -> list[ConceptResults]:
    """The finished evaluations of concepts in these folders, and in the folders below them.

    Raises:
        UsageError: There are none.
    """
    from ..records import RUN

    runs = sorted({path.parent for folder in folders for path in folder.rglob(RUN)})
    found = [read_results(run) for run in runs if "concepts" in json.loads((run / RUN).read_text(encoding="utf-8"))]
    if not found:
        raise UsageError("no finished evaluation of concepts there: see `mllmu-evaluate concepts run`.")
    return found


def columns(results: Sequence[ConceptResults]) -> list[Column]:
    """The original first, then the methods; what needs the original is measured against its run of the same seed.

    The original is the model that was fine-tuned, or where there is none, one that forgot nothing.

    Raises:
        UsageError: They are of different concepts or releases, or two are one method's with one seed.
    """
    _check_alike(results)
    fine_tuned = [one.folder for one in results if one.run["original"]]
    first = fine_tuned or [one.folder for one in results if "concepts" not in one.run["model_request"]]
    by_label: dict[str, dict[int, list[ConceptRecord]]] = {}
    before = {}
    for one in results:
        seed = int(one.run["seed"])
        if seed in by_label.setdefault(one.run["label"], {}):
            raise UsageError(f"{one.folder}: a second run of {one.run['label']} with seed {seed}. Give it a --label.")
        by_label[one.run["label"]][seed] = one.records
        if one.folder in first:
            if seed in before:
                raise UsageError(f"{one.folder}: a second model before forgetting, with seed {seed}. Leave one out.")
            before[seed] = originals(one.records)
    leading = {one.run["label"] for one in results if one.folder in first}
    order = sorted(by_label, key=lambda label: (label not in leading, label))
    return [
        Column(
            label, len(by_label[label]),
            {key: measured(metric, by_label[label], before or None) for key, metric in METRICS.items()},
        )
        for label in order
    ]  # fmt: skip


def _check_alike(results: Sequence[ConceptResults]) -> None:
    expected: dict[ConceptKey, str] = {}
    for one in results:
        if one.run["concepts"] != results[0].run["concepts"]:
            raise UsageError(f"{one.folder} is about other concepts than {results[0].folder}: they make no table.")
        if any(expected.setdefault(record.key, record.expected) != record.expected for record in one.records):
            raise UsageError(f"{one.folder} is of another release than {results[0].folder}: they make no table.")


def render(style: str, made: Sequence[Column]) -> str:
    """The table as `terminal`, `markdown`, `csv` or `json`."""
    if style == "json":
        return json.dumps({one.label: _as_json(one) for one in made}, indent=1)
    head = ["", *(f"{one.label} x{one.seeds}" if one.seeds > 1 else one.label for one in made)]
    shown = [metric for key, metric in METRICS.items() if any(one.cells[key] for one in made)]
    grid = [head, *([f"{m.label} {ARROWS[m.better]}", *(_text(m, one.cells[m.key]) for one in made)] for m in shown)]
    if style == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(grid)
        return out.getvalue().rstrip("\n")
    widths = [max(len(row[k]) for row in grid) for k in range(len(head))]
    lines = [[cell.ljust(widths[0]) if k == 0 else cell.rjust(widths[k]) for k, cell in enumerate(row)] for row in grid]
    if style == "markdown":
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        return "\n".join(f"| {' | '.join(row)} |" for row in (lines[0], rule, *lines[1:]))
    return "\n".join("  ".join(row).rstrip() for row in lines)


def _text(metric: Metric, cell: Interval | None) -> str:
    """`97.5 [93.1, 100]`; a dash where there is no value."""
    if cell is None:
        return "-"
    mean, low, high = (_number(metric, value) for value in (cell.mean, cell.low, cell.high))
    return f"{mean} [{low}, {high}]" if low and high else mean


def _number(metric: Metric, value: float) -> str:
    if not isfinite(value):
        return ""
    return f"{100 * value:.1f}" if metric.unit == "%" else f"{value:.4g}" if metric.unit == "" else f"{value:.2f}"


def _as_json(column: Column) -> dict[str, Any]:
    cells: dict[str, Any] = {"seeds": column.seeds}
    for key, cell in column.cells.items():
        if cell:
            values = {"mean": cell.mean, "low": cell.low, "high": cell.high}
            cells[key] = {name: value if isfinite(value) else None for name, value in values.items()}
    return cells
