"""What can be scored without knowing anything: by chance, and blind.

Chance is worked out, not drawn. Blind asks a real model, with no picture and no name: what it still gets right it
guesses from how options and facts are spread.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from .questions import Question
from .records import Record

CHOICE_SCORES = ("accuracy", "accuracy_normalised", "accuracy_pmi", "probability")
"""Scores of multiple choice."""


def by_chance(questions: Iterable[Question]) -> list[Record]:
    """What picking an option at random comes to, on average; only multiple choice can be guessed at."""
    return [one.record("", dict.fromkeys(CHOICE_SCORES, 1 / len(one.options))) for one in questions if one.options]


def blindfolded(question: Question) -> Question:
    """The question without the picture, and with `this person` where the name stood.

    In the question alone: the right answer, and its likelihood, stay as they are.
    """
    asked = question.question
    if question.name:
        asked = re.sub(rf"(?<!\w){re.escape(question.name)}(?!\w)", "this person", asked, flags=re.IGNORECASE)
        asked = asked[:1].upper() + asked[1:]
    return replace(question, data=None, question=asked)
