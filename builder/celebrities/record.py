"""One line of the table, before others lend it wrong options."""

import re
from typing import NamedTuple

from ...schemas.celebrity import Celebrity, CelebrityAttribute, CelebrityFacts, City
from .names import fold


class Record(NamedTuple):
    """A public figure, and what else is true of them."""

    id: str
    facts: CelebrityFacts
    field: str
    also_true: tuple[str, ...]
    """Values that must not be offered as wrong: a second occupation, another citizenship, another school."""
    wikidata: str | None
    note: str
    sources: tuple[str, ...]

    def value(self, attribute: CelebrityAttribute) -> str:
        """As `Celebrity.value`."""
        return self.celebrity({}).value(attribute)

    def celebrity(self, decoys: dict[CelebrityAttribute, tuple[str, str, str]]) -> Celebrity:
        """The finished record."""
        return Celebrity(
            id=self.id,
            facts=self.facts,
            field=self.field,
            wikidata=self.wikidata,
            note=self.note,
            sources=self.sources,
            decoys=decoys,
        )


def make_record(cells: dict[str, str]) -> Record:
    """A checked record of one line's cells.

    Raises:
        ValueError: A cell is wrong (pydantic.ValidationError is one).
    """
    for column in ("name", "city", "country", "citizenship", "field", "occupation", "known_for", "another_fact"):
        if not cells[column]:
            raise ValueError(f"{column} is empty. Only education, also_true, wikidata, note and sources may be.")
    facts = CelebrityFacts(
        name=cells["name"],
        gender=cells["gender"],  # type: ignore[arg-type]  # pydantic checks it
        date_of_birth=cells["date_of_birth"],  # type: ignore[arg-type]  # pydantic parses it
        birthplace=City(city=cells["city"], country=cells["country"]),
        citizenship=cells["citizenship"],
        occupation=cells["occupation"],
        education=cells["education"],
        known_for=cells["known_for"],
        another_fact=cells["another_fact"],
    )
    _names_nobody(facts)
    record = Record(
        id=cells["id"],
        facts=facts,
        field=cells["field"],
        also_true=_split(cells.get("also_true", "")),
        wikidata=cells.get("wikidata") or None,
        note=cells.get("note", ""),
        sources=_split(cells.get("sources", "")),
    )
    record.celebrity({})  # refuses a bad id or item
    return record


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _names_nobody(facts: CelebrityFacts) -> None:
    """A fact that names its person would answer the questions that ask by name."""
    own = {word for word in fold(facts.name).split() if len(word) > 3}
    for column in ("occupation", "education", "known_for", "another_fact"):
        if shared := own & set(re.findall(r"[^\W_]+", fold(getattr(facts, column)))):
            raise ValueError(f"{column} names the person ({', '.join(sorted(shared))}). Say it without the name.")
