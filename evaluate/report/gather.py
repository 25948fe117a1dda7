"""Results folders put together: the runs of one method, whatever their seeds, are one row."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import UsageError
from ..records import RECORDS, RUN, Key, Results, read_results
from ..stats import Tally, tally
from ..stats.forgetting import truth_ratios

NAMES = {
    "ga": "GA", "grad_diff": "GA-Difference", "kl_min": "KL-Min", "prompting": "Prompting", "npo": "NPO",
    "chance": "Chance", "blind": "Blind", "base": "Base", "retain": "Retain-only", "vanilla": "Vanilla",
}  # fmt: skip
"""As the paper has them, in its order; a method that is not here goes by its own name, after these."""

GROUPS = (("floor", "base"), ("retain", "vanilla"), ("unlearned",))
"""Roles, in a table's order; a line is drawn between groups."""


TEXT_ONLY = " (text)"
"""Said of a method that was run on text alone."""


class RowKey(NamedTuple):
    """What makes runs one row."""

    role: str
    method: str
    modality: str
    label: str


class Row(NamedTuple):
    """The runs of one method."""

    key: RowKey
    name: str
    results: dict[int, Results]
    """By seed."""
    tallies: dict[int, Tally]

    @property
    def method_name(self) -> str:
        """The name without the modality it was run on."""
        return self.name.removesuffix(TEXT_ONLY)

    @property
    def role(self) -> str:
        """What kind of model this is."""
        return self.key.role

    def truth_ratios(self, modality: str) -> dict[int, list[float]]:
        """Of the forget set, by seed."""
        return {seed: truth_ratios(result.records, modality) for seed, result in self.results.items()}


class Study(NamedTuple):
    """All rows of one forget ratio."""

    forget: str
    """"05", "10" or "15"."""
    rows: list[Row]
    notes: list[str]
    """What a reader must know about the numbers."""
    stand_ins: bool
    """Whether the celebrities' pictures are not of them."""

    def role(self, role: str) -> Row | None:
        """The one reference row of that role, the first if there are several."""
        return next((row for row in self.rows if row.role == role), None)


def find(paths: Iterable[Path]) -> list[Results]:
    """Every finished evaluation in these folders, each a results folder or one that holds some.

    Raises:
        UsageError: a folder holds none.
    """
    folders: dict[Path, Path] = {}
    for path in paths:
        inside = [path, *sorted(run.parent for run in path.rglob(RUN))]
        found = [folder for folder in inside if _of_people(folder)]
        if not found:
            raise UsageError(
                f"{path} holds no finished evaluation of people. `mllmu-evaluate run --out {path}` makes one; those of "
                "concepts have commands of their own, under `mllmu-evaluate concepts`."
            )
        folders |= {folder.resolve(): folder for folder in found}
    return [read_results(folder) for folder in folders.values()]


def _of_people(folder: Path) -> bool:
    """Whether a finished evaluation lies there, and not one of concepts."""
    if not ((folder / RUN).is_file() and (folder / RECORDS).is_file()):
        return False
    return "concepts" not in json.loads((folder / RUN).read_text(encoding="utf-8"))


def studies(results: Iterable[Results]) -> list[Study]:
    """Results by forget ratio, and in it by method.

    Raises:
        UsageError: two results are of one method and seed, so that one of them is too many.
    """
    ratios: dict[str, dict[RowKey, dict[int, Results]]] = {}
    for result in results:
        seeds = ratios.setdefault(_ratio(result.run), {}).setdefault(_key(result.run), {})
        seed = _seed(result.run)
        if seed in seeds:
            raise UsageError(
                f"{seeds[seed].folder} and {result.folder} are both {_name(_key(result.run))}, seed {seed}. "
                "Leave one out, or evaluate one with another --label."
            )
        seeds[seed] = result
    return [_study(forget, rows) for forget, rows in sorted(ratios.items())]


def _study(forget: str, groups: dict[RowKey, dict[int, Results]]) -> Study:
    rows = [
        Row(key, _name(key), dict(sorted(seeds.items())), {s: tally(r.records) for s, r in sorted(seeds.items())})
        for key, seeds in groups.items()
    ]
    results = [result for row in rows for result in row.results.values()]
    runs = [result.run for result in results]
    stand_ins = any(run.get("celebrity_pictures") == "stand-in" for run in runs)
    notes = [*_notes(runs), *_other_settings(rows), *_other_people(results)]
    return Study(forget, sorted(rows, key=_place), notes, stand_ins)


def _ratio(run: dict[str, Any]) -> str:
    return f"{int(run.get('forget') or 0):02d}"


def _key(run: dict[str, Any]) -> RowKey:
    role, method = str(run.get("role") or "unlearned"), str(run.get("method") or "")
    label = str(run.get("label") or "")
    asked = _training(run)
    modality = str(run.get("modality") or asked.get("modality") or "") if role == "unlearned" else ""
    return RowKey(role, method, modality, "" if label in (method, role) else label)


def _seed(run: dict[str, Any]) -> int:
    """Of the model's training; for a model that has no record of it, the evaluation's own."""
    settings = _training(run).get("settings") or {}
    return int(settings.get("seed", run.get("seed")) or 0)


def _training(run: dict[str, Any]) -> dict[str, Any]:
    """What was asked for when the model was made."""
    return (run.get("model_record") or {}).get("request") or {}


def _name(key: RowKey) -> str:
    name = key.method if key.role in ("unlearned", "floor") else key.role
    return (key.label or NAMES.get(name, name or key.role)) + (TEXT_ONLY if key.modality == "text" else "")


def _place(row: Row) -> tuple[Any, ...]:
    """Where a row stands: by group, then as the paper has it."""
    group = next((k for k, roles in enumerate(GROUPS) if row.role in roles), len(GROUPS))
    known = list(NAMES)
    name = row.key.method if row.role in ("unlearned", "floor") else row.role
    return group, known.index(name) if name in known else len(known), name, row.key.modality == "text", row.name


def _notes(runs: list[dict[str, Any]]) -> list[str]:
    notes = []
    for field, what in (("choice", "multiple choice by"), ("protocol", "protocol")):
        values = sorted({str(run[field]) for run in runs if run.get(field)})
        if len(values) > 1:
            notes.append(f"Not comparable: rows differ in how they were asked ({what} {' and '.join(values)}).")
    return notes


def _other_settings(rows: Iterable[Row]) -> list[str]:
    """Rows whose seeds are not all that differs in how their models were made."""
    notes = []
    for row in rows:
        asked = [_training(result.run) for result in row.results.values()]
        settings = [{**(one.get("settings") or {}), "seed": 0, "knobs": one.get("knobs")} for one in asked]
        if differing := sorted(key for key in settings[0] if any(one.get(key) != settings[0][key] for one in settings)):
            notes.append(f"Not comparable: the runs of {row.name} differ in {', '.join(differing)}, not by seed alone.")
    return notes


def _other_people(results: Iterable[Results]) -> list[str]:
    """Results with other right answers than those before them: of another release, or another build of it."""
    notes, expected = [], dict[Key, str]()
    for result in results:
        if any(expected.setdefault(one.key, one.expected) != one.expected for one in result.records):
            notes.append(f"Not comparable: {result.folder} is of other people than the rest.")
    return notes
