"""No value is had by more than 5 % of the people, and no more than 15 % have no medical condition."""

from array import array
from collections.abc import Iterator
from math import ceil, sqrt
from zlib import crc32

from ...schemas.person import ATTRIBUTES, Facts
from ..reader import Release
from .base import BaseCheck, Finding, Subject
from .support.values import truths

SHARE, NO_CONDITION_SHARE = 0.05, 0.15

_SLOTS = 1 << 22


class Check(BaseCheck):
    """Counts values.

    Each value has one of four million counters, by its hash, so that memory does not grow with the people. Values
    that fall on one counter are counted together; at 50,000 people that adds less than one to a count of 2,500.
    """

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._people = 0
        self._female = 0
        self._counts = array("H", bytes(2 * _SLOTS))
        self._common: dict[str, int] = {}
        self._distinct: dict[str, set[int]] = {name: set() for name in ("countries", "regions", "occupations")}

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Count every value once for the person."""
        facts = subject.facts
        self._people += 1
        self._female += facts.gender == "female"
        for attribute, value in dict.fromkeys(_values(facts)):
            self.tried += 1
            self._count(f"{attribute} {value!r}")
        for place in (facts.birthplace, facts.residence):
            self._distinct["countries"].add(crc32(place.country.encode()))
            self._distinct["regions"].add(crc32(f"{place.region}, {place.country}".encode()))
        self._distinct["occupations"].add(crc32(facts.occupation.encode()))
        return iter(())

    def _count(self, value: str) -> None:
        slot = crc32(value.encode()) % _SLOTS
        self._counts[slot] += 1
        if self._counts[slot] > 5:  # worth a name
            self._common[value] = self._counts[slot]

    def finish(self) -> Iterator[Finding]:
        """Values above their limit, most common first."""
        n = self._people
        for value, count in sorted(self._common.items(), key=lambda item: (-item[1], item[0])):
            share = NO_CONDITION_SHARE if value == "medical_condition 'none'" else SHARE
            limit = limit_for(n, share)
            if count > limit:
                yield Finding("release", f"{value} is had by {count} of {n} people, at most {limit} may")
        if abs(self._female - n / 2) > 2 * sqrt(n) + 1:  # four standard deviations of fair drawing
            yield Finding("release", f"{self._female} of {n} people are female, expected about half")
        self.figures = {name: float(len(values)) for name, values in self._distinct.items()}
        self.figures["female"] = self._female / max(n, 1)
        self.figures["largest_share"] = max(self._common.values(), default=0) / max(n, 1)


def limit_for(n: int, share: float) -> int:
    """People who may share a value: `share` of `n`, and what chance may add where people are few.

    Of 20 people 5 % would be one. From 240 people up the share alone counts.
    """
    return max(ceil(share * n), 6 + n // 40)


def _values(facts: Facts) -> Iterator[tuple[str, str]]:
    for attribute in ATTRIBUTES:
        for value in truths(facts, attribute):
            yield attribute, value
    yield "birth country", facts.birthplace.country
    yield "country of residence", facts.residence.country
