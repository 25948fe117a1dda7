"""What people do for a living, in circles: occupations that share a kind of employer, a degree and a level of pay."""

import random
from typing import Any, NamedTuple

from .draws import Weighted, drawn, table, weighted


class Occupation(NamedTuple):
    """A way to earn a living, as `schemas.person.Facts.occupation` words it."""

    name: str
    sector: str
    """What kind of organisation employs it; see `employers`."""
    circle: str
    track: str
    """How one is trained for it: `medicine`, `law`, `doctorate`, `master`, `bachelor`, `college`, `academy`, ..."""
    min_age: int
    """Age at which the youngest are trained for it. The same throughout a circle."""
    pay: float
    """What it pays, relative to a country's mean salary. The same throughout a circle."""


class Circle(NamedTuple):
    """Occupations that nothing but their names tells apart."""

    name: str
    sector: str
    track: str
    school: str
    """Where one is trained for it; see `schooling`."""
    degrees: tuple[str, ...]
    fields: tuple[str, ...]
    """What one studies for any of the occupations."""
    min_age: int
    pay: float
    occupations: tuple[Occupation, ...]


def _circle(name: str, row: dict[str, Any]) -> Circle:
    shared = row["sector"], name, row["track"], row["min_age"], row["pay"]
    return Circle(
        name,
        row["sector"],
        row["track"],
        row["school"],
        tuple(row["degrees"]),
        tuple(row["fields"]),
        row["min_age"],
        row["pay"],
        tuple(Occupation(occupation, *shared) for occupation in row["occupations"]),
    )


CIRCLES: tuple[Circle, ...] = tuple(_circle(name, row) for name, row in table("occupations.toml").items())
OCCUPATIONS: tuple[Occupation, ...] = tuple(occupation for circle in CIRCLES for occupation in circle.occupations)

_CIRCLE_OF = {occupation.name: circle for circle in CIRCLES for occupation in circle.occupations}


def circle_of(occupation: str) -> Circle:
    """The circle that the occupation of this name belongs to."""
    return _CIRCLE_OF[occupation]


class _Trade(NamedTuple):
    """An occupation of parents: first and last year of birth of those who took it up; weights by sex."""

    name: str
    since: int
    until: int
    female: float
    male: float


_TRADES = tuple(_Trade(*row) for row in table("parents.toml")["trades"])
_eligible: dict[tuple[int, bool], Weighted[str]] = {}


def parent_occupation(birth_year: int, female: bool, rng: random.Random) -> str:
    """An everyday occupation of someone born in `birth_year`."""
    key = birth_year, female
    if key not in _eligible:
        rows = [trade for trade in _TRADES if trade.since <= birth_year <= trade.until]
        weights = [trade.female if female else trade.male for trade in rows]
        _eligible[key] = weighted([trade.name for trade in rows], weights)
    return drawn(_eligible[key], rng)
