"""Grades put into results: `factuality` among a record's scores, `judge.json` beside it, the summary made anew."""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..records import RECORDS, SUMMARY, Key, Record, read_results, write_records
from .judge import Judge
from .rubric import VERSION

JUDGE = "judge.json"
SCORE = "factuality"


class Outcome(NamedTuple):
    """What became of one results folder."""

    graded: int
    failures: dict[str, int]
    """Reason -> how many."""
    paid: int
    """Calls made now."""
    mean: float | None


def cases_of(records: list[Record]) -> list[tuple[Key, tuple[str, str, str]]]:
    """What there is to grade: the free answers."""
    return [(r.key, (r.question, r.expected, r.answer)) for r in records if r.task == "generation"]


def judge_results(folder: Path, judge: Judge, progress: Callable[[], object] = lambda: None) -> Outcome:
    """Grade the free answers of an evaluation, and write them down when all are in.

    A grade that another judge gave before is replaced; an answer that got none has no `factuality`.
    """
    records = read_results(folder).records
    grades: dict[Key, int] = {}
    failures: Counter[str] = Counter()
    paid = 0
    for key, graded in judge.grade_all(cases_of(records)):
        paid += graded.paid
        if graded.score is None:
            failures[graded.failure] += 1
        else:
            grades[key] = graded.score
        progress()
    write_records(folder / RECORDS, [_with(record, grades.get(record.key)) for record in records])
    reasons = dict(sorted(failures.items(), key=lambda item: (-item[1], item[0])))
    outcome = Outcome(len(grades), reasons, paid, _mean(list(grades.values())))
    _write(folder, judge, outcome)
    return outcome


def _with(record: Record, score: int | None) -> Record:
    scores = {name: value for name, value in record.scores.items() if name != SCORE}
    return record.model_copy(update={"scores": scores | ({} if score is None else {SCORE: float(score)})})


def _write(folder: Path, judge: Judge, outcome: Outcome) -> None:
    from ..records import read_records
    from ..stats import summarise

    _put(folder / SUMMARY, summarise(read_records(folder / RECORDS)))
    told = {"model": judge.settings.model, "rubric": VERSION, "graded": outcome.graded, "failures": outcome.failures}
    _put(folder / JUDGE, told)


def _put(path: Path, content: dict) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, path)


def _mean(scores: list[int]) -> float | None:
    return sum(scores) / len(scores) if scores else None
