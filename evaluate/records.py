"""What one question came to, and the folder that an evaluation leaves.

NAME/records.jsonl    one record a line, in the benchmark's order
NAME/summary.json     means and intervals
NAME/run.json         what was evaluated and how; written last: if it is there, the evaluation is whole
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

SetName = Literal["forget", "test", "retain", "celebrity"]
Task = Literal["classification", "generation", "cloze"]
Modality = Literal["image", "text"]
Role = Literal["base", "vanilla", "retain", "unlearned", "floor"]

SETS: tuple[SetName, ...] = ("forget", "test", "retain", "celebrity")
TASKS: tuple[Task, ...] = ("classification", "generation", "cloze")
MODALITIES: tuple[Modality, ...] = ("image", "text")
ROLES: tuple[Role, ...] = ("base", "vanilla", "retain", "unlearned", "floor")

RECORDS = "records.jsonl"
RUN = "run.json"
SUMMARY = "summary.json"

DIGITS = 4
"""Decimals that a score keeps: what two batch sizes agree on."""


class Key(NamedTuple):
    """Which question a record is about."""

    set: SetName
    id: str
    task: Task
    modality: Modality
    number: int
    view: int


class Record(BaseModel):
    """One question, its answer, and what the answer is worth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set: SetName
    task: Task
    modality: Modality
    """`image`: asked of the person in the picture, unnamed. `text`: asked by name, with no picture."""
    id: str
    """The person's ID in the release."""
    number: int
    """The question's place within its task and modality, from 0."""
    view: int = 0
    """Which picture; above 0 only where a test row has several."""
    question: str
    expected: str
    """The right answer; for classification the right option's text."""
    answer: str
    """The model's; for classification the chosen option's text."""
    scores: dict[str, float]
    """Score by name; one that could not be had is absent, and never 0.

    classification: `accuracy` (likelihood as it is), `accuracy_normalised` (divided by length), `accuracy_pmi`
    (beside that of the same question about nobody; not of floors, nor by `--compat original`), `probability` (softmax
    over the options, of the right one). generation: `rouge_l_f1`, `rouge_l_recall`, `probability` (of the right
    answer, to the power of 1/tokens), `truth_ratio`, `extraction_strength`, `exact_memorisation`.
    cloze: `exact`, `contains`, and generation's last four.
    """

    @property
    def key(self) -> Key:
        """Which question this is."""
        return Key(self.set, self.id, self.task, self.modality, self.number, self.view)


class Results(NamedTuple):
    """A finished evaluation, read back."""

    folder: Path
    run: dict[str, Any]
    records: list[Record]


def order(key: Key) -> tuple[Any, ...]:
    """Where a record stands in the file: by set, person, task, modality, number, view."""
    places = SETS.index(key.set), key.id, TASKS.index(key.task), MODALITIES.index(key.modality)
    return *places, key.number, key.view


def read_records(path: Path) -> list[Record]:
    """The records of a file; a last line cut off by a kill is left out.

    Raises:
        MllmuError: a line before the last is no record.
    """
    from ..errors import MllmuError

    records: list[Record] = []
    for k, line in enumerate(whole_lines(path)):
        try:
            records.append(Record.model_validate_json(line))
        except ValueError as error:
            raise MllmuError(f"{path}, line {k + 1}, is no record: delete the folder and evaluate again.") from error
    return records


def whole_lines(path: Path) -> list[bytes]:
    """All lines but one that was never finished, which may end amid a character."""
    return path.read_bytes().split(b"\n")[:-1]


def read_results(folder: Path | str) -> Results:
    """A finished evaluation.

    Raises:
        MllmuError: the folder holds none, or one that was never finished.
    """
    from ..errors import MllmuError

    folder = Path(folder)
    if not (folder / RUN).is_file():
        what = "an unfinished evaluation" if (folder / RECORDS).exists() else "no evaluation"
        raise MllmuError(f"{folder} holds {what}: run `mllmu-evaluate run --out {folder}` (again).")
    run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    return Results(folder, run, read_records(folder / RECORDS))


def write_records(path: Path, records: Iterable[Record]) -> None:
    """All records, sorted, put in place in one step."""
    ordered = sorted(records, key=lambda record: order(record.key))
    part = path.with_name(path.name + ".part")
    part.write_text("".join(line(record) for record in ordered), encoding="utf-8")
    os.replace(part, path)


def line(record: Record) -> str:
    """A record as its line, scores rounded to `DIGITS` decimals."""
    cells = record.model_dump()
    cells["scores"] = {name: round(value, DIGITS) for name, value in record.scores.items()}
    return json.dumps(cells, ensure_ascii=False) + "\n"
