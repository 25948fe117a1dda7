"""The table beside Wikidata: where they differ."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from .countries import countries
from .names import fold
from .record import Record
from .wikidata import Item

COMPARED = ("gender", "date_of_birth", "city", "country", "citizenship", "occupation", "education")


class Difference(NamedTuple):
    """One fact on which the table and Wikidata do not agree."""

    id: str
    name: str
    fact: str
    table: str
    wikidata: str
    """All that Wikidata gives; empty when it gives nothing."""


def ours(record: Record) -> dict[str, str]:
    """The facts that Wikidata could confirm; an education that is not on record is not compared."""
    facts = record.facts
    values = {
        "gender": facts.gender,
        "date_of_birth": str(facts.date_of_birth),
        "city": facts.birthplace.city,
        "country": facts.birthplace.country,
        "citizenship": facts.citizenship,
        "occupation": facts.occupation,
        "education": facts.education,
    }
    return {fact: value for fact, value in values.items() if value}


def differences(record: Record, item: Item) -> Iterator[Difference]:
    """Every fact that Wikidata does not confirm."""
    for fact, value in ours(record).items():
        theirs = item.facts.get(fact, ())
        if not any(_same(fact, value, other) for other in theirs):
            yield Difference(record.id, record.facts.name, fact, value, "; ".join(theirs))


def _same(fact: str, mine: str, other: str) -> bool:
    a, b = fold(mine), fold(other)
    if a == b:
        return True
    match fact:
        case "date_of_birth":
            return _gregorian(mine) == other
        case "country" | "citizenship":
            # Wikidata has states by their long names (United States of America) and by their times.
            known = countries().get(mine)
            return a in b or any(f" {fold(word)} " in f" {b} " for word in (known.demonyms if known else ()))
        case "occupation":
            return a in b or b in a
        case "education" | "city":
            # `King's College, Cambridge` and `King's College`; `Kolkata` and `Kolkata, West Bengal`.
            return a.split(",")[0] in b or b in a
        case _:
            return False


def _gregorian(day: str) -> str:
    """A date before the Gregorian calendar began, carried back into it as Wikidata's query service does."""
    born = date.fromisoformat(day)
    if born >= date(1582, 10, 15):
        return day
    century = born.year // 100
    return str(born + timedelta(days=century - century // 4 - 2))
