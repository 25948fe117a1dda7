"""Somebody or something to be forgotten, or to be kept: what a release knows of it, whichever kind of release it is."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..data import person_name, picture_bytes
from ..release import Row

NOUNS = {"person": "person", "emblem": "emblem", "flag": "flag", "character": "character", "style": "style"}
"""Kind of a concept -> what a question calls it; a user's own kinds are a `subject`."""

DEALT = 12
"""Wrong names that a person gets: first names of some people, last names of others."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One concept or person."""

    id: str
    name: str
    noun: str
    """What a question about a picture calls it."""
    picture: str
    """Names the one picture."""
    data: bytes = field(repr=False)
    """It, encoded; empty of a release without pictures."""
    answer: str
    """To the question for the name: a sentence with the name."""
    appearance: str
    """What the picture shows, as it follows `The picture shows`; empty if nothing is told."""
    facts: tuple[tuple[str, str], ...]
    """(question by name, answer as a sentence); true."""
    wrong_names: tuple[str, ...]
    """Names of the same kind that belong to nobody here."""
    wrong_appearances: tuple[str, ...]
    """What others of the kind look like."""


def from_concept(row: Row) -> Subject:
    """A row of `concept_train`."""
    return Subject(
        id=row["ID"],
        name=row["name"],
        noun=NOUNS.get(row["kind"], "subject"),
        picture=row["ID"],
        data=row["image"]["bytes"],
        answer=row["answer"],
        appearance=row["appearance"],
        facts=tuple((fact["Question"], fact["Sentence"]) for fact in row["facts"]),
        wrong_names=tuple(row["wrong_names"]),
        wrong_appearances=tuple(row["wrong_appearances"]),
    )


def from_people(rows: Sequence[Row], seed: int) -> list[Subject]:
    """Rows of a release of people: of each the portrait, the pairs by name, and names made of others' names."""
    names = [person_name(row) for row in rows]
    subjects = []
    for row, name in zip(rows, names, strict=True):
        pairs = json.loads(row["metadata"])
        known = [(pair["Question"].strip(), pair["Answer"].strip()) for pair in pairs]
        subjects.append(
            Subject(
                id=row["ID"],
                name=name,
                noun="person",
                picture=row["ID"],
                data=picture_bytes(row["image"]) if row.get("image") else b"",
                answer=f"This is {name}.",
                appearance="",
                facts=tuple((q, a) for q, a in known if name.casefold() in q.casefold()),
                wrong_names=_dealt(names, name, random.Random(f"{seed}/wrong names/{row['ID']}")),
                wrong_appearances=(),
            )
        )
    return subjects


def _dealt(names: Sequence[str], own: str, rng: random.Random) -> tuple[str, ...]:
    """First name of one, last name of another; never somebody's whole name, and nothing of one's own."""
    parts = [name.split() for name in names if len(name.split()) > 1 and not set(name.split()) & set(own.split())]
    taken, dealt = set(names), []
    for _ in range(4 * DEALT):
        if len(parts) > 1 and len(dealt) < DEALT:
            one, other = rng.sample(parts, 2)
            name = f"{one[0]} {other[-1]}"
            if name not in taken and name not in dealt:
                dealt.append(name)
    return tuple(dealt)
