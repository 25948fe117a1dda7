r"""For a paper: booktabs, noise in gray. Needs \usepackage{booktabs,xcolor}."""

from collections.abc import Sequence

from ...records import SETS
from ..grid import GridCell, grid, has_quality
from ..table import Table, title
from ..wording import head, legend, set_title

_SPECIAL = {c: "\\" + c for c in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}


def render(tables: Sequence[Table], differences: bool = False) -> str:
    """A `table*` for each."""
    return "% needs \\usepackage{booktabs,xcolor}\n" + "\n\n".join(_table(table, differences) for table in tables)


def _table(table: Table, differences: bool) -> str:
    with_quality = has_quality(table)
    spans = [(name, sum(column[0] == name for column in table.columns)) for name in SETS]
    spans = [(name, count) for name, count in spans if count]
    over = [f"\\multicolumn{{{count}}}{{c}}{{{set_title(table, name)}}}" for name, count in spans] + [""] * with_quality
    heads = [escaped(head(metric)) for _, metric in table.columns] + ["Forget q."] * with_quality
    lines = [
        "\\begin{table*}", "\\centering\\small\\setlength{\\tabcolsep}{3pt}",
        f"\\begin{{tabular}}{{l{'r' * len(heads)}}}", "\\toprule",
        _row(["", *over]), _rules(spans), _row(["", *heads]), "\\midrule",
    ]  # fmt: skip
    before = None
    for row in grid(table, table.columns, differences, with_quality):
        if before is not None and row.group != before:
            lines.append("\\midrule")
        before = row.group
        lines.append(_row([escaped(row.name), *map(_cell, row.cells)]))
    caption = escaped(" ".join([title(table) + ".", *legend(table, differences, "Gray")]))
    return "\n".join([*lines, "\\bottomrule", "\\end{tabular}", f"\\caption{{{caption}}}", "\\end{table*}"])


def _rules(spans: list[tuple[str, int]]) -> str:
    rules, start = [], 2
    for _, count in spans:
        rules.append(f"\\cmidrule(lr){{{start}-{start + count - 1}}}")
        start += count
    return "".join(rules)


def _cell(cell: GridCell) -> str:
    between = f" {{\\scriptsize {_dashes(cell.interval)}}}" if cell.interval else ""
    text = f"{_dashes(cell.main)}{between}"
    return f"\\textcolor{{gray}}{{{text}}}" if cell.noise else text


def _dashes(text: str) -> str:
    """Minus signs as LaTeX sets them, and a range with a dash."""
    return text.replace("-", "$-$").replace("–", "--")


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def escaped(text: str) -> str:
    """Text that LaTeX prints as it is."""
    return "".join(_SPECIAL.get(c, c) for c in text)
