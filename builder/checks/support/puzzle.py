"""A multiple choice question as one sees it who does not know the person."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from ....schemas.questions import LETTERS, MultipleChoice
from .words import norm

_NUMBER = re.compile(r"\d[\d,]*")


class Name(NamedTuple):
    """What can be seen of a name."""

    words: frozenset[str]
    trigrams: tuple[str, ...]
    """Every run of three letters."""
    marks: tuple[int, ...]
    """Hashes of the first and the last word and of how they end: what tells a culture or a gender."""


@dataclass(frozen=True)
class Puzzle:
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

    @cached_property
    def likeness(self) -> list[float]:
        """How like the others each option is: of numbers, how near to their mean; of words, how many it shares."""
        numbers = [_NUMBER.findall(option) for option in self.options]
        if all(numbers):
            values = [int(found[-1].replace(",", "")) for found in numbers]  # of a date, the year
            mean = sum(values) / len(values)
            return [-abs(value - mean) for value in values]
        sets = [set(words) for words in self.words]
        counts = Counter(chain.from_iterable(sets))
        return [sum([counts[word] for word in own]) / max(len(own), 1) for own in sets]


Scores = Sequence[float]
"""One for each option; the highest is the solver's answer."""


def name_of(text: str) -> Name:
    """The name, taken to pieces."""
    words = norm(text).split()
    marks = dict.fromkeys(mark for word in (*words[:1], *words[-1:]) for mark in (word, f"-{word[-3:]}"))
    runs = dict.fromkeys(word[k : k + 3] for word in words for k in range(len(word) - 2))
    return Name(frozenset(words), tuple(runs), tuple(crc32(mark.encode()) for mark in marks))


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
    top = max(scores)
    if scores.count(top) == 1:
        return scores.index(top)
    places = [place for place, score in enumerate(scores) if score == top]
    return places[int(draw * len(places))]
