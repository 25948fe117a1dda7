"""What can be read from a source's statement, and whether it agrees with the table."""

import re
from collections.abc import Iterator

from celebrity_sources import CALENDAR, OSCARS, WORDNET, Entry
from mllmu.builder.celebrities.countries import countries
from mllmu.builder.celebrities.names import fold
from mllmu.builder.celebrities.record import Record

Comparison = tuple[str, str, str, bool]
"""Fact, our value, theirs, whether they agree."""

_OCCUPATIONS = {
    "novelist": "writer author novel novels",
    "detective novelist": "writer author",
    "short-story writer": "writer author novelist stories",
    "author of fairy tales": "author writer",
    "memoirist": "writer author",
    "playwright": "dramatist writer",
    "poet": "writer poetry poems",
    "film actor": "actress actor film",
    "actor": "actress",
    "film director": "filmmaker film director maker cinematographer",
    "ballet dancer": "dancer ballerina",
    "choreographer": "dancer",
    "soprano": "singer opera operatic",
    "contralto": "singer",
    "songwriter": "singer musician songs",
    "reggae singer": "singer",
    "primatologist": "zoologist",
    "marine biologist": "biologist",
    "microbiologist": "biologist bacteriologist",
    "naturalist": "scientist",
    "botanist": "biologist",
    "golfer": "golf athlete",
    "boxer": "prizefighter boxing",
    "sprinter": "athlete runner",
    "middle-distance runner": "runner",
    "chess player": "chess",
    "tennis player": "tennis",
    "head of state": "president statesman emperor",
    "prime minister": "minister statesman stateswoman",
    "monarch": "queen king empress",
    "independence leader": "leader nationalist",
    "revolutionary": "statesman revolutionary leader",
    "civil rights leader": "rights",
    "civil rights activist": "rights",
    "diplomat": "advocate",
    "muralist": "murals painter",
    "polar explorer": "explorer",
    "carmaker": "manufacturer",
    "software entrepreneur": "entrepreneur",
    "psychoanalyst": "psychoanalysis",
    "educator": "educational",
    "painter": "artist",
    "oceanographer": "explorer underwater",
}
"""Words that a source may use for the same occupation."""

_STATES = ("Connecticut", "New York", "New Jersey", "Pennsylvania", "Massachusetts", "Michigan", "Minnesota")
"""States of the United States that stand for their country."""

_CALENDAR_PLACE = re.compile(r"\bborn (?:in|at|near) ([^,]+(?:, [A-Z][\w .()]+)?)")
_GLOSS_PLACE = re.compile(
    r"\bborn (?:of \w+ parents )?in (?:what is now )?(the United States|[A-Z][\w ]+?)(?: in \d{4}| but|\)|;| who)"
)


def compare(record: Record, entry: Entry) -> Iterator[Comparison]:
    """Every fact that the entry states and the table has."""
    born = record.facts.date_of_birth
    if entry.day is not None:
        theirs = f"{entry.year}-{entry.day[0]:02}-{entry.day[1]:02}"
        yield "date_of_birth", str(born), theirs, theirs == str(born)
    elif entry.year is not None:
        yield "birth_year", str(born.year), str(entry.year), entry.year == born.year
    if entry.source == WORDNET:
        yield from _nationality(record, entry.text)
        yield from _born_in(record, entry.text)
        yield from _occupation(record, entry.text)
        yield from _gender(record, entry.text)
    if entry.source == CALENDAR and (m := _CALENDAR_PLACE.search(entry.text)):
        yield from _place(record, m[1])
    if entry.source == OSCARS:
        yield from _place(record, entry.text.split(" in ", 1)[1])


def _mentions(text: str, country: str) -> bool:
    known = countries().get(country)
    words = (country, *(known.demonyms if known else ()))
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def _nationality(record: Record, gloss: str) -> Iterator[Comparison]:
    head = re.split(r"\(|\bborn\b|\bwho\b|\bwhose\b|\bnoted\b|\bremembered\b|;", gloss, maxsplit=1)[0]
    mentioned = [country for country in countries() if _mentions(head, country)]
    if mentioned:
        ours = record.facts.citizenship
        yield "citizenship", ours, head.strip(), ours in mentioned


def _born_in(record: Record, gloss: str) -> Iterator[Comparison]:
    if m := _GLOSS_PLACE.search(gloss):
        ours = record.facts.birthplace.country
        yield "birthplace", str(record.facts.birthplace), m[1], _mentions(m[1], ours)


def _occupation(record: Record, gloss: str) -> Iterator[Comparison]:
    ours = record.facts.occupation
    words = {*ours.split(), *_OCCUPATIONS.get(ours, "").split()} - {"player", "of"}
    found = [word for word in sorted(words) if re.search(rf"\b{re.escape(word)}s?\b", gloss, re.I)]
    yield "occupation", ours, ", ".join(found) or gloss[:60], bool(found)


def _gender(record: Record, gloss: str) -> Iterator[Comparison]:
    her = re.search(r"\b(she|her|woman|actress|queen|empress|nun|ballerina|daughter of)\b", gloss)
    his = re.search(r"\b(he|his|man|king|emperor)\b", gloss)
    if bool(her) != bool(his):
        theirs = "female" if her else "male"
        word = her or his
        assert word is not None
        yield "gender", record.facts.gender, word[1], theirs == record.facts.gender


def _place(record: Record, stated: str) -> Iterator[Comparison]:
    place = record.facts.birthplace
    right = fold(place.city) in fold(stated) or _mentions(stated, place.country)
    right = right or (place.country == "United States" and any(state in stated for state in _STATES))
    yield "birthplace", str(place), stated, right
