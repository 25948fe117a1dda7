"""The paper's Table 2 as data: rows are methods, columns are sets by metrics, and every cell knows how sure it is."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..metrics import METRICS, Metric
from ..records import SETS
from ..stats import Cell, Difference, ForgetQuality, Interval, compare, forget_quality, holm, interval, pool
from .gather import GROUPS, Row, Study

DEFAULT_METRICS = ("accuracy", "rouge_l_f1", "factuality", "exact")
"""Those of the paper, in its order. A metric that no run has is left out."""
REFERENCES = ("vanilla", "retain")
NOISE = 0.05
"""A difference is called noise above this p-value, corrected."""


class TableCell(NamedTuple):
    """One score of one method."""

    score: Interval
    differences: dict[str, Difference]
    """From vanilla and from retain-only, where they are there."""
    p: float | None
    """Of the difference from the reference, corrected for the methods of its column; None if nothing is compared."""

    @property
    def noise(self) -> bool:
        """Whether this score cannot be told from the reference's."""
        return self.p is not None and self.p > NOISE


class TableRow(NamedTuple):
    """One method."""

    name: str
    role: str
    group: int
    seeds: int
    cells: dict[tuple[str, str], TableCell]
    """(set, metric) -> cell."""
    quality: ForgetQuality | None
    """Truth ratios against those of retain-only."""


class Table(NamedTuple):
    """One forget ratio, one modality."""

    forget: str
    modality: str
    metrics: tuple[str, ...]
    against: str
    rows: list[TableRow]
    notes: list[str]
    stand_ins: bool
    """Whether celebrities' pictures, which are not of them, were asked about."""

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(set, metric), from left to right."""
        present = {column for row in self.rows for column in row.cells}
        return [(s, m) for s in SETS for m in self.metrics if (s, m) in present]


def build(study: Study, modality: str, metrics: Sequence[str] = (), against: str = "vanilla") -> Table:
    """Score everything, compare every method with vanilla (or retain-only), correct for how often that was done."""
    wanted = tuple(metrics or DEFAULT_METRICS)
    references = {role: row for role in REFERENCES if (row := study.role(role))}
    rows = [_row(row, modality, wanted, references) for row in study.rows]
    compared = _correct(rows, against)
    notes = list(study.notes)
    if any(row.role == "unlearned" for row in rows) and not compared:
        missing = {"vanilla": "vanilla", "retain": "retain-only"}[against]
        notes.append(f"Nothing is compared: no results of {missing} at forget {study.forget} are given.")
    stand_ins = study.stand_ins and modality != "text"
    if stand_ins:
        notes.append("Celebrity pictures are stand-ins, not the celebrities: their image scores say nothing of faces.")
    return Table(study.forget, modality, wanted, against, rows, notes, stand_ins)


def _correct(rows: list[TableRow], against: str) -> bool:
    """Correct for the number of methods compared, column by column: each is a question of its own. Any at all?"""
    columns = {column: None for row in rows for column in row.cells}
    compared = False
    for column in columns:
        methods = [row for row in rows if row.role == "unlearned" and column in row.cells]
        with_p = {
            k: row.cells[column].differences[against].p
            for k, row in enumerate(methods)
            if against in row.cells[column].differences
        }
        for k, p in holm(with_p).items():
            methods[k].cells[column] = methods[k].cells[column]._replace(p=p)
        compared = compared or bool(with_p)
    return compared


def _row(row: Row, modality: str, metrics: Sequence[str], references: dict[str, Row]) -> TableRow:
    cells: dict[tuple[str, str], TableCell] = {}
    for where in [Cell(s, task, modality, m) for s in SETS for m in metrics for task in _tasks(METRICS[m])]:
        sample = pool(row.tallies, where)
        if sample is None:
            continue
        differences: dict[str, Difference] = {}
        for role, reference in references.items():
            other = pool(reference.tallies, where)
            if other is not None and reference is not row and (found := compare(sample, other)):
                differences[role] = found
        cells[where.set, where.metric] = TableCell(interval(sample), differences, None)
    retain = references.get("retain")
    quality = None
    if retain and row.role not in ("floor", "retain"):
        quality = forget_quality(row.truth_ratios(modality), retain.truth_ratios(modality))
    group = next((k for k, roles in enumerate(GROUPS) if row.role in roles), len(GROUPS))
    return TableRow(row.name, row.role, group, len(row.results), cells, quality)


def _tasks(metric: Metric) -> tuple[str, ...]:
    """The one task that a column is about: of those that have a metric in common, generation."""
    return metric.tasks if len(metric.tasks) == 1 else ("generation",)


def title(table: Table) -> str:
    """What a table shows, in a line."""
    asked = {"image": "questions with a picture", "text": "questions by name", "both": "all questions"}
    return f"Forget {int(table.forget)} %, {asked[table.modality]}"


def as_dict(table: Table) -> dict[str, Any]:
    """Everything there is to know, for programs."""
    rows = []
    for row in table.rows:
        cells = [
            {
                "set": set_name,
                "metric": metric,
                **cell.score._asdict(),
                **{f"from_{role}": d._asdict() for role, d in cell.differences.items()},
                "p_holm": cell.p,
                "noise": cell.noise if cell.p is not None else None,
            }
            for (set_name, metric), cell in row.cells.items()
        ]
        quality = row.quality._asdict() if row.quality else None
        rows.append({"name": row.name, "role": row.role, "seeds": row.seeds, "forget_quality": quality, "cells": cells})
    return {
        "forget": table.forget,
        "modality": table.modality,
        "compared_with": table.against,
        "celebrity_pictures": "stand-in" if table.stand_ins else None,
        "notes": table.notes,
        "rows": rows,
    }
