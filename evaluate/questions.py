"""From the rows of a release to the questions that are asked of a model."""

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..unlearn.data import person_name
from ..unlearn.release import Row, Source, rows
from .records import Key, Modality, Record, SetName, Task

OPEN_TASKS: tuple[tuple[Task, str], ...] = (("generation", "Generation_Task"), ("cloze", "Mask_Task"))
CHOICE_PARTS: tuple[tuple[Modality, str], ...] = (("image", "Image_Textual_Questions"), ("text", "Pure_Text_Questions"))
KINDS: dict[str, Modality] = {"Image_Textual": "image", "Pure_Text": "text"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the benchmark, about one picture or none."""

    key: Key
    name: str
    """Of the person asked about; empty where the release does not say."""
    question: str
    """As the release has it: the blank of a cloze question is `__`."""
    expected: str
    """The right answer; for classification the right option's text."""
    options: tuple[str, ...] = ()
    """Of a classification question, in the order of their letters."""
    wrong: tuple[str, ...] = ()
    """The right answer made wrong: the other options, or the answer with another option in its place."""
    data: bytes | None = field(default=None, repr=False)
    """The picture that it is asked of, encoded."""

    @property
    def picture(self) -> tuple[str, str, int] | None:
        """Names the picture: equal names are equal pictures. None: asked without one."""
        return None if self.data is None else (self.key.set, self.key.id, self.key.view)

    def record(self, answer: str, scores: dict[str, float]) -> Record:
        """What it came to."""
        return Record(
            **self.key._asdict(), question=self.question, expected=self.expected, answer=answer, scores=scores
        )


def load(source: Source, sets: Sequence[SetName], ratio: int, people: int | None, seed: int) -> list[Question]:
    """The questions of these sets, at a forget ratio of `ratio` %.

    Args:
        source: The release.
        sets: Which of forget, test, retain, celebrity. Test is the forget people, re-posed and paraphrased.
        ratio: 5, 10 or 15.
        people: Ask about no more than so many people of the retain set, drawn by `seed`. None: about all.
        seed: Of that draw.

    Raises:
        UsageError: The release has no such config.
    """
    found: list[Question] = []
    for name in sets:
        found += [question for row in chosen_rows(source, name, ratio, people, seed) for question in of_row(row, name)]
    return found


def chosen_rows(source: Source, name: SetName, ratio: int, people: int | None, seed: int) -> list[Row]:
    """The people of one set, in the order of their IDs.

    Where the release has no test set cut to the forget people (the published one), the cut is made here.
    """
    if name == "test":
        forgotten = {row["ID"] for row in rows(source, f"forget_{ratio:02d}")}
        return _ordered(row for row in rows(source, "test") if row["ID"] in forgotten)
    if name == "celebrity":
        return _ordered(rows(source, "celebrity"))
    if name == "forget":
        return _ordered(rows(source, f"forget_{ratio:02d}"))
    kept = _ordered(rows(source, f"retain_{100 - ratio}"))
    if people is None or people >= len(kept):
        return kept
    return _ordered(random.Random(f"retain {seed}").sample(kept, people))


def of_row(row: Row, name: SetName) -> Iterator[Question]:
    """The 18 questions of a person; those about a picture once for each picture there is."""
    cells = row["images"] if "images" in row else [row.get("image")]
    pictures = [_encoded(cell) for cell in cells if cell]
    known = person_name(row)
    for task, modality, number, cell in _cells(row):
        asked = {"name": known, "question": cell["Question"].strip(), **_answer(row, task, cell)}
        for view, data in enumerate(pictures if modality == "image" else [None]):
            yield Question(Key(name, str(row["ID"]), task, modality, number, view), data=data, **asked)


def _cells(row: Row) -> Iterator[tuple[Task, Modality, int, dict[str, Any]]]:
    for modality, part in CHOICE_PARTS:
        for number, cell in enumerate(row["Classification_Task"][part]):
            yield "classification", modality, number, cell
    for task, column in OPEN_TASKS:
        numbers = {"image": 0, "text": 0}
        for cell in row[column]:
            modality = KINDS[cell["Type"]]
            yield task, modality, numbers[modality], cell
            numbers[modality] += 1


def _answer(row: Row, task: Task, cell: dict[str, Any]) -> dict[str, Any]:
    if task != "classification":
        expected = cell["Ground_Truth"].strip()
        return {"expected": expected, "wrong": wrong_answers(expected, _choices(row))}
    options = tuple(cell["Options"][letter].strip() for letter in sorted(cell["Options"]))
    expected = cell["Options"][cell["Correct_Answer"]].strip()
    return {
        "expected": expected, "options": options, "wrong": tuple(option for option in options if option != expected)
    }  # fmt: skip


def _choices(row: Row) -> list[tuple[str, tuple[str, ...]]]:
    """(right option, wrong options) of every multiple choice question of a person."""
    answers = (_answer(row, "classification", cell) for _, p in CHOICE_PARTS for cell in row["Classification_Task"][p])
    return [(answer["expected"], answer["wrong"]) for answer in answers]


def wrong_answers(expected: str, choices: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The right answer with a wrong option in the right one's place: what TOFU calls perturbed answers.

    `choices`: (right option, wrong options) of the same person. The longest right option that occurs in the answer is
    replaced; an answer that is the first part of `Riga, Latvia` becomes the first part of the others. None occurs:
    nothing is returned, and there is no truth ratio.
    """
    for right, wrong in sorted(choices, key=lambda choice: -len(choice[0])):
        place = re.search(rf"(?<!\w){re.escape(right)}(?!\w)", expected)
        if right and place:
            return tuple(expected[: place.start()] + option + expected[place.end() :] for option in wrong)
        if right.startswith(f"{expected},"):
            firsts = dict.fromkeys(option.split(",")[0] for option in wrong)
            return tuple(first for first in firsts if first != expected)
    return ()


def celebrity_pictures(source: Source) -> str | None:
    """`stand-in` where the celebrities' pictures are not of them, else `photo`; None where the release does not say."""
    kinds = {row.get("portrait_source") for row in rows(source, "celebrity")} - {None}
    return ("stand-in" if "stand-in" in kinds else "photo") if kinds else None


def fingerprint(questions: Iterable[Question]) -> str:
    """A hash of questions, answers and pictures."""
    digest = hashlib.sha256()
    for one in questions:
        for part in (*map(str, one.key), one.question, one.expected, *one.options, *one.wrong):
            digest.update(part.encode() + b"\0")
        digest.update(one.data or b"")
    return digest.hexdigest()[:16]


def _encoded(cell: Row) -> bytes:
    return cell["bytes"] or Path(cell["path"]).read_bytes()  # pictures may be files beside the rows


def _ordered(people: Iterable[Row]) -> list[Row]:
    return sorted(people, key=lambda row: str(row["ID"]))
