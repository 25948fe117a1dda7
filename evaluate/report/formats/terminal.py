"""For the eye: as wide as the terminal allows; one set below the other where it is narrow."""

import shutil
from collections.abc import Sequence
from textwrap import wrap

import click

from ...records import SETS
from ..grid import GridCell, GridRow, grid, has_quality
from ..table import Table, title
from ..wording import head, legend, set_title

MARK = "~"
GAP = "  "


def render(tables: Sequence[Table], differences: bool = False) -> str:
    """All tables, one below the other."""
    return "\n\n".join(_table(table, differences, shutil.get_terminal_size().columns) for table in tables)


def _table(table: Table, differences: bool, width: int) -> str:
    whole = _block(table, table.columns, differences, has_quality(table))
    if max(len(click.unstyle(line)) for line in whole) > width:
        sets = [name for name in SETS if any(name == column[0] for column in table.columns)]
        whole = []
        for name in sets:
            columns = [column for column in table.columns if column[0] == name]
            whole += [*_block(table, columns, differences, name == "forget" and has_quality(table)), ""]
        whole = whole[:-1]
    notes = [line for note in legend(table, differences, f"{MARK} and grey") for line in wrap(note, width)]
    return "\n".join([click.style(title(table), bold=True), *whole, "", *notes])


def _block(table: Table, columns: list[tuple[str, str]], differences: bool, with_quality: bool) -> list[str]:
    rows = grid(table, columns, differences, with_quality)
    heads = [head(metric) for _, metric in columns] + ["Forget q."] * with_quality
    label = max(len(row.name) for row in rows)
    widths = [max([len(heads[k]), *(len(_plain(row.cells[k])) for row in rows)]) for k in range(len(heads))]
    lines = [" " * label + GAP + _sets(table, columns, widths), " " * label + GAP + _join(heads, widths)]
    before = rows[0].group if rows else 0
    for row in rows:
        if row.group != before:
            lines.append("─" * len(lines[1]))
        before = row.group
        lines.append(_line(row, label, widths))
    return [line.rstrip() for line in lines]


def _line(row: GridRow, label: int, widths: list[int]) -> str:
    cells = []
    for cell, width in zip(row.cells, widths, strict=True):
        text = _plain(cell).ljust(width)
        cells.append(click.style(text, dim=True) if cell.noise else text)
    return row.name.ljust(label) + GAP + GAP.join(cells)


def _plain(cell: GridCell) -> str:
    mark = MARK if cell.noise else " "
    return f"{cell.main}{mark}{cell.interval}".rstrip()


def _join(cells: list[str], widths: list[int]) -> str:
    return GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))


def _sets(table: Table, columns: list[tuple[str, str]], widths: list[int]) -> str:
    """The names of the sets, each above the first of its columns."""
    names = [
        set_title(table, name) if k == 0 or columns[k - 1][0] != name else "" for k, (name, _) in enumerate(columns)
    ]
    return _join(names, widths[: len(names)])
