"""Reading the facts of public figures back from Wikidata, some dozens of people a query."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from .record import Record
from .web import Web, endpoint

DEFAULT_URL = "https://query.wikidata.org/sparql"
BATCH = 40
"""People a query; the service ends queries after a minute."""

PROPERTIES = {
    "gender": "wdt:P21",
    "date_of_birth": "wdt:P569",
    "city": "wdt:P19",
    "country": "wdt:P19/wdt:P17",
    "citizenship": "wdt:P27",
    "occupation": "wdt:P106",
    "education": "wdt:P69",
    "picture": "wdt:P18",
}
"""Fact -> path in Wikidata. What somebody is known for, and one more fact, have none."""


class Item(NamedTuple):
    """What Wikidata says of one person."""

    id: str
    facts: dict[str, tuple[str, ...]]
    """Fact -> labels, dates or file names, most of them with several values. Facts that it lacks are not here."""


def items(web: Web, ids: Sequence[str]) -> dict[str, Item]:
    """What Wikidata says of the people with these ids; one that it does not know has no facts.

    Raises:
        UnreachableError: The service gave no usable answer.
    """
    wanted = " ".join(f"wd:{item}" for item in ids)
    either = " UNION ".join(
        f'{{ ?person {path} ?value . BIND("{fact}" AS ?fact) }}' for fact, path in PROPERTIES.items()
    )
    query = (
        f"SELECT ?person ?fact ?value ?valueLabel WHERE {{ VALUES ?person {{ {wanted} }} {either} "
        'SERVICE wikibase:label { bd:serviceParam wikibase:language "en,mul". } }'
    )
    found: dict[str, dict[str, list[str]]] = {item: {} for item in ids}
    for row in _ask(web, query):
        person, fact, value = _entity(row.get("person")), row.get("fact"), _value(row)
        if person in found and fact in PROPERTIES and value is not None:
            values = found[person].setdefault(fact, [])
            if value not in values:
                values.append(value)
    return {item: Item(item, {fact: tuple(values) for fact, values in facts.items()}) for item, facts in found.items()}


def find_ids(web: Web, records: Iterable[Record]) -> dict[str, str]:
    """Ids of people whom the table has none for: exactly one item has both their name and their date of birth.

    Raises:
        UnreachableError: The service gave no usable answer.
    """
    people = {record.facts.name: record for record in records}
    if not people:
        return {}
    labels = " ".join(f"{json.dumps(name, ensure_ascii=False)}@en" for name in people)
    query = (
        f"SELECT ?person ?name ?value WHERE {{ VALUES ?name {{ {labels} }} "
        "?person rdfs:label|skos:altLabel ?name ; wdt:P31 wd:Q5 ; wdt:P569 ?value . }"
    )
    matches: dict[str, set[str]] = {}
    for row in _ask(web, query):
        record, person = people.get(row.get("name", "")), _entity(row.get("person"))
        if record and person and row.get("value", "")[:10] == str(record.facts.date_of_birth):
            matches.setdefault(record.id, set()).add(person)
    return {person: next(iter(found)) for person, found in matches.items() if len(found) == 1}


def _ask(web: Web, query: str) -> list[dict[str, str]]:
    url = endpoint("MLLMU_WIKIDATA_URL", DEFAULT_URL)
    return web.get(url, {"query": query, "format": "json"}, _rows)


def _rows(data: bytes) -> list[dict[str, str]]:
    """The table of an answer; a cell without a value is left out of its row.

    Raises:
        ValueError: The answer is cut, or no table.
    """
    answer = json.loads(data)  # JSONDecodeError and UnicodeDecodeError are ValueErrors
    try:
        bindings: list[dict[str, Any]] = answer["results"]["bindings"]
        return [{name: str(cell["value"]) for name, cell in row.items() if "value" in cell} for row in bindings]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("JSON, but no table of results") from error


def _entity(uri: str | None) -> str | None:
    m = re.search(r"/(Q[1-9]\d*)$", uri or "")
    return m[1] if m else None


def _value(row: dict[str, str]) -> str | None:
    """A date as 1867-11-07, a file by its name, anything else by its label; None when the row lacks it."""
    if row.get("fact") == "date_of_birth":
        return _date(row.get("value", ""))
    if row.get("fact") == "picture":
        name = row.get("value", "").rsplit("/", 1)[-1]
        return name or None
    label = row.get("valueLabel")
    # Where there is no label, the service repeats the id.
    return None if label is None or re.fullmatch(r"Q\d+", label) else label


def _date(text: str) -> str | None:
    try:
        return str(date.fromisoformat(text[:10]))
    except ValueError:
        return None
