"""A multiple choice question as one sees it who does not know the person."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple
from zlib import crc32

from ....schemas.questions import LETTERS, MultipleChoice
from .words import norm


class Name(NamedTuple):
    """What can be seen of a name."""

    words: frozenset[str]
    trigrams: frozenset[str]
    marks: tuple[int, ...]
    """Hashes of each word and of how it begins and ends: what tells a culture or a gender."""


class Puzzle(NamedTuple):
    """One question with its options; a solver sees this and not the answer."""

    attribute: str
    question: frozenset[str]
    """Words of the question."""
    name: Name
    options: Sequence[str]
    words: Sequence[Sequence[str]]
    """Words of each option."""
    keys: Sequence[int]
    """A hash of attribute and option, for each option."""


Scores = Sequence[float]
"""One for each option; the highest is the solver's answer."""


def name_of(text: str) -> Name:
    """The name, taken to pieces."""
    words = norm(text).split()
    marks = dict.fromkeys(mark for word in words for mark in (word, f"{word[:2]}-", f"-{word[-3:]}"))
    return Name(frozenset(words), trigrams(words), tuple(crc32(mark.encode()) for mark in marks))


def puzzle_of(choice: MultipleChoice, name: Name) -> Puzzle:
    """The question without its answer."""
    return Puzzle(
        attribute=choice.attribute,
        question=frozenset(norm(choice.question).split()),
        name=name,
        options=choice.options,
        words=[norm(option).split() for option in choice.options],
        keys=[crc32(f"{choice.attribute} {option}".encode()) for option in choice.options],
    )


def right_place(choice: MultipleChoice) -> int:
    """Where the right option stands."""
    return LETTERS.index(choice.answer)


def best(scores: Scores, draw: float) -> int:
    """The place of the highest score; of several, one by `draw`, which is even in [0, 1)."""
    top = max(scores, default=-inf)
    places = [place for place, score in enumerate(scores) if score == top]
    return places[int(draw * len(places))]


def trigrams(words: Sequence[str]) -> frozenset[str]:
    """Every run of three letters."""
    return frozenset(word[k : k + 3] for word in words for k in range(len(word) - 2))
