"""Solvers that learn. Each has seen the people before this one and nobody else.

So a guess is made in ignorance of its own answer, and under fair options every solver is right a quarter of the time,
guess by independent guess. Counters are shared by hash, so that memory does not grow with the people.
"""

from array import array
from zlib import crc32

from .puzzle import Puzzle, Scores

_SLOTS = 1 << 18


def _counters() -> "array[int]":
    return array("I", bytes(4 * _SLOTS))


class Learner:
    """A solver with a memory."""

    def scores(self, puzzle: Puzzle) -> Scores:
        """How good each option looks."""
        raise NotImplementedError

    def learn(self, puzzle: Puzzle, right: int) -> None:
        """See which option was right, after having guessed."""
        raise NotImplementedError


class Letter(Learner):
    """The letter that was right most often."""

    def __init__(self) -> None:
        self._right = [0, 0, 0, 0]

    def scores(self, puzzle: Puzzle) -> Scores:
        """Counts of the letters."""
        return self._right

    def learn(self, puzzle: Puzzle, right: int) -> None:
        """Count the letter."""
        self._right[right] += 1


class Offered(Learner):
    """The option that was offered most often, right or wrong."""

    def __init__(self) -> None:
        self._offered = _counters()

    def scores(self, puzzle: Puzzle) -> Scores:
        """Counts of the options."""
        return [self._offered[key % _SLOTS] for key in puzzle.keys]

    def learn(self, puzzle: Puzzle, right: int) -> None:
        """Count all four."""
        for key in puzzle.keys:
            self._offered[key % _SLOTS] += 1


class Frequent(Learner):
    """The option that was right most often."""

    def __init__(self) -> None:
        self._right = _counters()

    def scores(self, puzzle: Puzzle) -> Scores:
        """Counts of the options as right ones."""
        return [self._right[key % _SLOTS] for key in puzzle.keys]

    def learn(self, puzzle: Puzzle, right: int) -> None:
        """Count the right one."""
        self._right[puzzle.keys[right] % _SLOTS] += 1


class Rate(Learner):
    """The option that was right in the largest share of the times it was offered."""

    def __init__(self) -> None:
        self._seen, self._right = _counters(), _counters()

    def scores(self, puzzle: Puzzle) -> Scores:
        """The mean rate of whatever can be seen of each option."""
        seen, right = self._seen, self._right
        return [
            sum([(right[slot] + 1) / (seen[slot] + 4) for slot in own]) / len(own) if own else 0.25
            for own in self._slots(puzzle)
        ]

    def learn(self, puzzle: Puzzle, right: int) -> None:
        """Count what is seen, and what is seen of the right one."""
        slots = self._slots(puzzle)
        for own in slots:
            for slot in own:
                self._seen[slot] += 1
        for slot in slots[right]:
            self._right[slot] += 1

    def _slots(self, puzzle: Puzzle) -> list[list[int]]:
        return [[key % _SLOTS] for key in puzzle.keys]


class Culture(Rate):
    """The option whose words went with names like this one: learns that people called Nguyen come from Hanoi.

    Of an option the last two words count: a place ends in its country.
    """

    def _slots(self, puzzle: Puzzle) -> list[list[int]]:
        base = crc32(puzzle.attribute.encode())
        marks = [mark % _SLOTS for mark in puzzle.name.marks]
        hashes = [[crc32(word.encode(), base) % _SLOTS for word in words[-2:]] for words in puzzle.words]
        return [[mark ^ word for word in own for mark in marks] for own in hashes]  # _SLOTS is a power of two


LEARNERS: dict[str, type[Learner]] = {
    "letter": Letter,
    "offered": Offered,
    "frequent": Frequent,
    "rate": Rate,
    "culture": Culture,
}
