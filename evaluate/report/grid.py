"""A table as plain cells, before any format: what terminal, Markdown and LaTeX have in common."""

from typing import NamedTuple

from .table import Table
from .wording import cell_text, quality


class GridCell(NamedTuple):
    """Text of one place."""

    main: str
    interval: str = ""
    noise: bool = False


class GridRow(NamedTuple):
    """One method."""

    name: str
    group: int
    cells: list[GridCell]


def grid(table: Table, columns: list[tuple[str, str]], differences: bool, with_quality: bool) -> list[GridRow]:
    """Rows for these columns; with `with_quality` a last one for forget quality."""
    rows = []
    for row in table.rows:
        cells = []
        for set_name, metric in columns:
            cell = row.cells.get((set_name, metric))
            main, between = cell_text(table, cell, metric, differences)
            cells.append(GridCell(main, between, bool(cell and cell.noise and main)))
        if with_quality:
            cells.append(GridCell(quality(row.quality)))
        seeds = f" x{row.seeds}" if row.seeds > 1 else ""
        rows.append(GridRow(row.name + seeds, row.group, cells))
    return rows


def has_quality(table: Table) -> bool:
    """Whether any row has a forget quality."""
    return any(row.quality for row in table.rows)
