"""Who has read what is true of everybody, and knows nobody, is right 25 % of the time: all options were read.

Otherwise multiple choice would measure what a model has read, not whom it knows: wrong options that stand nowhere in
the fine-tuning data give themselves away to every model that was trained on it.
"""

from array import array
from collections.abc import Iterator
from random import Random
from zlib import crc32

from ...schemas.person import ATTRIBUTES
from ..reader import Release
from .base import BaseCheck, Finding, Subject
from .support.chance import half_width, tail
from .support.puzzle import best, right_place
from .support.values import option_truths

FALSE_ALARM = 0.001
"""How often a release whose options are fair fails."""
_SLOTS = 1 << 22


class Check(BaseCheck):
    """Counts multiple choice questions of the profile rows.

    Each value has one of four million counters, by its hash, so that memory grows with the questions alone: four
    numbers each.
    """

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._read = array("H", bytes(2 * _SLOTS))
        self._asked = array("I")
        """Four slots for each question."""
        self._kind, self._right = bytearray(), bytearray()

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Read what is true of the person, and keep the questions for later."""
        for attribute in ATTRIBUTES:
            for value in set(option_truths(subject.facts, attribute)):
                slot = _slot(attribute, value)
                self._read[slot] = min(self._read[slot] + 1, 65_535)
        for choice in subject.questions.choices:
            self._asked.extend(_slot(choice.attribute, option) for option in choice.options)
            self._kind.append(ATTRIBUTES.index(choice.attribute))  # type: ignore[arg-type]
            self._right.append(right_place(choice))
        return iter(())

    def finish(self) -> Iterator[Finding]:
        """Take the option that was read most often; of several, any."""
        random = Random(0)
        hits, tried = [0] * len(ATTRIBUTES), [0] * len(ATTRIBUTES)
        for k, right in enumerate(self._right):
            read = [self._read[slot] for slot in self._asked[4 * k : 4 * k + 4]]
            tried[self._kind[k]] += 1
            hits[self._kind[k]] += best(read, random.random()) == right
        self.tried = sum(tried)
        self.figures = {"familiar": sum(hits) / max(self.tried, 1)}
        for attribute, right, count in zip(ATTRIBUTES, hits, tried, strict=True):
            if count:
                self.figures[f"familiar/{attribute}"] = right / count
        if sum(hits) > 0.25 * self.tried and tail(sum(hits), self.tried, 0.25) < FALSE_ALARM:
            spread = half_width(self.tried, 0.25, FALSE_ALARM)
            yield Finding(
                "release",
                f"who takes the option that is true of most people is right {self.figures['familiar']:.1%} of the "
                f"time, expected 25 % ± {spread:.1%}: wrong options are not other people's truths",
            )


def _slot(attribute: str, value: str) -> int:
    return crc32(f"{attribute} {value}".encode()) % _SLOTS
