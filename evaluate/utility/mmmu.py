"""MMMU, validation: 900 college-level questions in 30 subjects. Yue et al. 2024, arXiv 2311.16502.

Multiple choice is decided by the likelihood of the letters, as in our own evaluation, where MMMU's script looks for a
letter in what the model writes and guesses when it finds none. Open questions are answered in words: an answer is right
if it is one of the accepted ones but for case, punctuation and articles, or the same number to two decimals.
"""

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any, NamedTuple

from ...unlearn.prompts import choice_prompt
from ..engine import Ask, Reply
from ..metrics.wording import normalised
from .source import Row, configs, listed, rows, side_by_side

DATA = "MMMU/MMMU"
SPLIT = "validation"
SUBJECTS = (
    "Accounting", "Agriculture", "Architecture_and_Engineering", "Art", "Art_Theory", "Basic_Medical_Science",
    "Biology", "Chemistry", "Clinical_Medicine", "Computer_Science", "Design", "Diagnostics_and_Laboratory_Medicine",
    "Economics", "Electronics", "Energy_and_Power", "Finance", "Geography", "History", "Literature", "Manage",
    "Marketing", "Materials", "Math", "Mechanical_Engineering", "Music", "Pharmacy", "Physics", "Psychology",
    "Public_Health", "Sociology",
)  # fmt: skip
COLUMNS = ("id", "question", "options", "answer", "question_type", "image_1")
PICTURES = tuple(f"image_{k}" for k in range(1, 8))
BRIEFLY = "Answer with a single word, number or phrase."
TOKENS = 32
_PLACE = re.compile(r"<image (\d)>")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Question(NamedTuple):
    """One question."""

    id: str
    group: str
    """Its subject."""
    prompt: str
    picture: bytes | None
    letters: tuple[str, ...]
    """Of the options; empty for an open question."""
    right: tuple[str, ...]
    """The right letter, or the answers that are accepted."""

    @property
    def cluster(self) -> str:
        """What is drawn for an interval: the question itself."""
        return self.id

    def ask(self) -> Ask:
        """As the engine takes it."""
        name = ("mmmu", self.id, 0) if self.picture else None
        if self.letters:
            return Ask(self.prompt, name, self.picture, self.letters, ended=False)
        return Ask(self.prompt, name, self.picture, tokens=TOKENS)

    def answer(self, reply: Reply) -> str:
        """What the model says: the likeliest letter, or its words."""
        if not self.letters:
            return reply.text
        totals = [heard.total for heard in reply.heard]
        return self.letters[totals.index(max(totals))]


def questions(data: str) -> Iterator[Question]:
    """Those of every subject that is there, by subject."""
    known = configs(data)
    for subject in SUBJECTS:
        if subject in known:
            for row in rows(data, subject, SPLIT, COLUMNS):
                yield question(row, subject)


def question(row: Row, subject: str) -> Question:
    """A row as a question. Pictures that it names in the text or the options stand side by side, in their order."""
    options = listed(row["options"]) if row["options"] else []
    multiple = row["question_type"] == "multiple-choice"
    letters = tuple(ascii_uppercase[: len(options)]) if multiple else ()
    words = choice_prompt(row["question"], dict(zip(letters, options, strict=True))) if multiple else row["question"]
    pictures = [cell for name in PICTURES if (cell := row.get(name)) and cell.get("bytes")]
    several = len(pictures) > 1
    prompt = _PLACE.sub(lambda found: f"[picture {found[1]} from the left]" if several else "[the picture]", words)
    right = (row["answer"],) if multiple else tuple(listed(row["answer"]))
    whole = prompt if multiple else f"{prompt}\n{BRIEFLY}"
    return Question(row["id"], subject, whole, side_by_side([cell["bytes"] for cell in pictures]), letters, right)


def correct(question: Question, answer: str) -> bool:
    """Whether this answer is right."""
    if question.letters:
        return answer == question.right[0]
    return any(_same(answer, right) for right in question.right)


def _same(answer: str, right: str) -> bool:
    if normalised(answer) == normalised(right):
        return True
    wanted, found = (_NUMBER.findall(text.replace(",", "")) for text in (right, answer))
    return len(wanted) == len(found) == 1 and round(float(wanted[0]), 2) == round(float(found[0]), 2)


def score(asked: list[Question], answers: dict[str, str], judge: Any = None) -> dict[str, Any]:
    """Accuracy, by chance too, and by subject."""
    from .scores import share

    right = {one.id: float(correct(one, answers[one.id])) for one in asked}
    subjects = list(dict.fromkeys(one.group for one in asked))
    chance = sum(1 / len(one.letters) for one in asked if one.letters) / len(asked)
    return {
        "accuracy": share([(one.cluster, right[one.id], 1.0) for one in asked]),
        "chance": round(chance, 4),
        "questions": len(asked),
        "subjects": {name: round(_mean([right[one.id] for one in asked if one.group == name]), 4) for name in subjects},
        "subjects_missing": [name for name in SUBJECTS if name not in subjects],
    }


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
