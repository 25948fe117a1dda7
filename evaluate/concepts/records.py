"""What one question about a concept came to, and the folder that an evaluation leaves.

NAME/records.jsonl    one record a line, in order
NAME/summary.json     every metric that needs no other model, with its interval
NAME/run.json         what was evaluated and how; written last: if it is there, the evaluation is whole
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from ...errors import MllmuError
from ..records import RECORDS, RUN, whole_lines

Part = Literal[
    "efficacy", "generality", "wording", "by_picture", "by_name", "multilingual", "multi_hop",
    "kept", "kept_by_picture", "kept_by_name", "self", "neighbour",
]  # fmt: skip
"""What is asked.

Of concepts to be forgotten: `efficacy` the training picture's name, `generality` every test picture's, `wording` the
name in other words, `by_picture` facts with a test picture, `by_name` facts without one, `multilingual` and `multi_hop`
the jailbreaks. Of the others: `kept`, `kept_by_picture` and `kept_by_name` likewise. In group pictures: `self` is the
one to be forgotten, `neighbour` somebody else.
"""
PARTS: tuple[Part, ...] = get_args(Part)

PRECISION = 6
"""Significant digits that a score keeps."""


class ConceptKey(NamedTuple):
    """Which question a record is about."""

    part: Part
    id: str
    slot: str


class ConceptRecord(BaseModel):
    """One question, its answer, and what the answer is worth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Part
    id: str
    """The concept that the question belongs to; in group pictures the one to be forgotten."""
    slot: str
    """Which question of the part: numbers of picture and question."""
    about: str
    """The concept that is asked for; differs from `id` for a neighbour."""
    name: str
    """Its name."""
    question: str
    expected: str
    """The right answer, as a sentence."""
    value: str
    """The right answer in as few words as can be."""
    answer: str
    """The model's own words."""
    scores: dict[str, float]
    """`found`: 1 if the value stands in the answer. `unique`: share of distinct words. `nll`, `tokens`: of the right
    answer, its name masked. `name_logp`: of the name in the right answer, where it is there. `min_k`: see
    `membership`. `g_eval`: the judge's grade, 1 to 5, once a judge gave one."""

    @property
    def key(self) -> ConceptKey:
        """Which question this is."""
        return ConceptKey(self.part, self.id, self.slot)


class ConceptResults(NamedTuple):
    """A finished evaluation, read back."""

    folder: Path
    run: dict[str, Any]
    records: list[ConceptRecord]


def line(record: ConceptRecord) -> str:
    """A record as its line, scores rounded."""
    cells = record.model_dump()
    cells["scores"] = {name: float(f"{value:.{PRECISION}g}") for name, value in sorted(record.scores.items())}
    return json.dumps(cells, ensure_ascii=False) + "\n"


def read_records(path: Path) -> list[ConceptRecord]:
    """The records of a file; a last line cut off by a kill is left out.

    Raises:
        MllmuError: A line before the last is no record.
    """
    if not path.is_file():
        return []
    records = []
    for k, text in enumerate(whole_lines(path)):
        try:
            records.append(ConceptRecord.model_validate_json(text))
        except ValueError as error:
            raise MllmuError(f"{path}, line {k + 1}, is no record: delete the folder and evaluate again.") from error
    return records


def write_records(path: Path, records: Iterable[ConceptRecord]) -> None:
    """All records, in order, put in place in one step."""
    ordered = sorted(records, key=lambda record: (PARTS.index(record.part), record.id, record.slot))
    part = path.with_name(path.name + ".part")
    part.write_text("".join(map(line, ordered)), encoding="utf-8")
    os.replace(part, path)


def read_results(folder: Path) -> ConceptResults:
    """A finished evaluation.

    Raises:
        MllmuError: The folder holds none, or one that was never finished.
    """
    if not (folder / RUN).is_file():
        raise MllmuError(f"{folder} holds no finished evaluation: run `mllmu-evaluate concepts run --out {folder}`.")
    run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    if "concepts" not in run:
        raise MllmuError(f"{folder} is no evaluation of concepts.")
    return ConceptResults(folder, run, read_records(folder / RECORDS))
