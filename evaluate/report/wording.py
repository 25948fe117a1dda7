"""How numbers and columns are put into words, the same in every format."""

from ..metrics import METRICS
from ..stats import Difference, ForgetQuality
from .table import Table, TableCell

SET_NAMES = {"forget": "Forget", "test": "Test", "retain": "Retain", "celebrity": "Celebrity"}
HEADS = {
    "accuracy": "Class. %",
    "accuracy_normalised": "Class. norm. %",
    "accuracy_pmi": "PMI %",
    "rouge_l_f1": "ROUGE-L",
    "rouge_l_recall": "ROUGE-L rec.",
    "factuality": "Fact.",
    "exact": "Cloze %",
    "contains": "Cloze cont. %",
    "probability": "Prob.",
    "truth_ratio": "Truth R/(1+R)",
    "extraction_strength": "Extr. str.",
    "exact_memorisation": "Exact mem.",
}


def set_title(table: Table, name: str) -> str:
    """A set's name above its columns."""
    return SET_NAMES[name] + (" (stand-in)" if name == "celebrity" and table.stand_ins else "")


def head(metric: str) -> str:
    """A column's short name."""
    return HEADS.get(metric, METRICS[metric].label)


def number(value: float, metric: str, signed: bool = False) -> str:
    """A score as the paper writes it: 51.7 (per cent), .645, 6.78."""
    unit = METRICS[metric].unit
    text = {"%": f"{100 * value:+.1f}", "1-10": f"{value:+.2f}", "0-1": f"{value:+.3f}"}[unit]
    if unit == "0-1" and text[1:].startswith("0."):
        text = text[0] + text[2:]
    return text if signed else text.removeprefix("+")


def limits(low: float, high: float, metric: str, signed: bool = False) -> str:
    """An interval, a digit shorter than the score it belongs to."""
    unit = METRICS[metric].unit

    def short(value: float) -> str:
        sign = "+" if signed else ""
        if unit == "%":
            return f"{100 * value:{sign}.0f}"
        if unit == "1-10":
            return f"{value:{sign}.1f}"
        text = f"{value:{sign}.2f}"
        return text.replace("0.", ".", 1) if abs(value) < 0.995 else text

    return f"{short(low)}{'..' if signed else '–'}{short(high)}"


def score(cell: TableCell, metric: str) -> tuple[str, str]:
    """(mean, interval)."""
    return number(cell.score.mean, metric), limits(cell.score.low, cell.score.high, metric)


def difference(found: Difference, metric: str) -> tuple[str, str]:
    """(difference, interval), with signs."""
    return number(found.value, metric, signed=True), limits(found.low, found.high, metric, signed=True)


def cell_text(table: Table, cell: TableCell | None, metric: str, differences: bool) -> tuple[str, str]:
    """What stands in a cell: the score, or its difference from the reference; empty where there is none."""
    if cell is None:
        return "", ""
    if not differences:
        return score(cell, metric)
    found = cell.differences.get(table.against)
    return difference(found, metric) if found else ("", "")


def quality(found: ForgetQuality | None) -> str:
    """Forget quality: a p-value."""
    if found is None:
        return ""
    return f"{found.p:.2f}" if found.p >= 0.01 else f"{found.p:.0e}"


def reference_name(table: Table) -> str:
    """Whom methods are compared with."""
    return {"vanilla": "vanilla", "retain": "retain-only"}[table.against]


def legend(table: Table, differences: bool, mark: str) -> list[str]:
    """What a reader must know, in whole sentences; `mark` is how this format shows noise."""
    seeds = max((row.seeds for row in table.rows), default=1)
    pooled = f" and seeds; x{seeds}: {seeds} seeds in one row." if seeds > 1 else "."
    said = [f"95 % intervals by bootstrap over people{pooled}"]
    people = {name: 0 for name, _ in table.columns}
    for row in table.rows:
        for (name, _), cell in row.cells.items():
            people[name] = max(people.get(name, 0), cell.score.people)
    said.append("People: " + ", ".join(f"{SET_NAMES[name]} {count}" for name, count in people.items()) + ".")
    if differences:
        said.append(f"Differences from {reference_name(table)}, on the same people.")
    if any(cell.p is not None for row in table.rows for cell in row.cells.values()):
        said.append(
            f"{mark}: cannot be told from {reference_name(table)} (paired; p > .05, Holm's correction by column)."
        )
    if any(metric == "accuracy_pmi" for _, metric in table.columns):
        said.append("PMI: multiple choice by what each option gains from knowing whom the question is about.")
    if any(row.quality for row in table.rows):
        said.append("Forget q.: p of TOFU's test against retain-only; small means told apart.")
    return said + table.notes
