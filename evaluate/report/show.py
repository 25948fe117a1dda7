"""What each method answers to the same question, side by side: the paper's case studies."""

from collections.abc import Sequence
from typing import NamedTuple

from ..metrics import METRICS
from ..records import Key, Record
from .gather import Row, Study

HEADLINE = {"classification": "accuracy", "generation": "rouge_l_f1", "cloze": "exact"}
"""Task -> the score that stands beside an answer."""


class Answer(NamedTuple):
    """What one method said."""

    name: str
    text: str
    score: float | None


class Case(NamedTuple):
    """One question."""

    key: Key
    question: str
    expected: str
    answers: list[Answer]

    @property
    def disagreement(self) -> float:
        """Variance of the scores: 0 where all are as right, or as wrong."""
        scores = [answer.score for answer in self.answers if answer.score is not None]
        if not scores:
            return 0.0
        mean = sum(scores) / len(scores)
        return sum((score - mean) ** 2 for score in scores) / len(scores)


class Wanted(NamedTuple):
    """Which questions to show; empty means any."""

    sets: Sequence[str] = ()
    tasks: Sequence[str] = ()
    modalities: Sequence[str] = ()
    people: Sequence[str] = ()

    def has(self, key: Key) -> bool:
        """Whether this is one of them."""
        pairs = ((self.sets, key.set), (self.tasks, key.task), (self.modalities, key.modality), (self.people, key.id))
        return all(not some or one in some for some, one in pairs)


def cases(study: Study, wanted: Wanted, most: int) -> list[Case]:
    """The questions on which methods differ most, one a person first, then in the benchmark's order.

    Of several seeds the first speaks. Floors are left out: guessing tells nothing.
    """
    found: dict[Key, list[tuple[Row, Record]]] = {}
    for row in study.rows:
        if row.role == "floor":
            continue
        first = next(iter(row.results.values()))
        for record in first.records:
            if wanted.has(record.key):
                found.setdefault(record.key, []).append((row, record))
    ranked = sorted((_case(key, said) for key, said in found.items()), key=lambda c: (-c.disagreement, c.key))
    seen: dict[str, int] = {}
    turns = []
    for case in ranked:  # a person's second question comes after every other person's first
        seen[case.key.id] = seen.get(case.key.id, 0) + 1
        turns.append((seen[case.key.id], case))
    return [case for _, case in sorted(turns, key=lambda turn: turn[0])][:most]


def _case(key: Key, said: list[tuple[Row, Record]]) -> Case:
    record = said[0][1]
    answers = [Answer(row.name, r.answer, r.scores.get(HEADLINE[key.task])) for row, r in said]
    return Case(key, record.question, record.expected, answers)


def layout(case: Case, width: int) -> list[str]:
    """The lines of one case, none wider than `width`: name, score, answer."""
    key = case.key
    where = {"image": "with a picture", "text": "by name"}[key.modality]
    label = max([len("Expected"), *(len(answer.name) for answer in case.answers)])
    metric = METRICS[HEADLINE[key.task]].label
    lines = [_fold(f"{key.set}, person {key.id}, {key.task} {where} ({metric})", 0, width)]
    lines += [_fold(case.question, 2, width), _entry("Expected", "", case.expected, label, width)]
    for answer in case.answers:
        score = "-" if answer.score is None else f"{answer.score:.2f}"
        lines.append(_entry(answer.name, score, answer.text, label, width))
    return [line for block in lines for line in block]


def _entry(name: str, score: str, text: str, label: int, width: int) -> list[str]:
    start = f"  {name.ljust(label)}  {score:>4}  "
    rest = _fold(" ".join(text.split()) or "(nothing)", len(start), width)
    return [start + rest[0][len(start) :], *rest[1:]]


def _fold(text: str, indent: int, width: int) -> list[str]:
    """Text in lines that fit, all of them indented."""
    from textwrap import wrap

    space = " " * indent
    return wrap(text, max(width, indent + 20), initial_indent=space, subsequent_indent=space) or [space]
