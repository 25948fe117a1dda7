"""For a README: noise in italics and brackets."""

from collections.abc import Sequence

from ..grid import GridCell, grid, has_quality
from ..table import Table, title
from ..wording import head, legend, set_title


def render(tables: Sequence[Table], differences: bool = False) -> str:
    """All tables, each under a line that says what it shows."""
    return "\n\n".join(_table(table, differences) for table in tables)


def _table(table: Table, differences: bool) -> str:
    with_quality = has_quality(table)
    heads = [f"{set_title(table, name)} {head(metric)}" for name, metric in table.columns]
    heads += ["Forget q."] * with_quality
    lines = [f"**{title(table)}**", "", _row(["", *heads]), _row(["---"] + ["--:"] * len(heads))]
    for row in grid(table, table.columns, differences, with_quality):
        lines.append(_row([_escaped(row.name), *map(_cell, row.cells)]))
    return "\n".join([*lines, "", "  \n".join(legend(table, differences, "*(in italics and brackets)*"))])


def _cell(cell: GridCell) -> str:
    between = f" <sub>{cell.interval}</sub>" if cell.interval else ""
    text = f"{cell.main}{between}"
    return f"*({text})*" if cell.noise else text


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")
