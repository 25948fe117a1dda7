"""What people learnt, and where: a qualification that fits a circle of occupations, at a school that never was."""

import random
from datetime import date

from ...schemas.person import REFERENCE_DATE, Education
from .draws import table
from .invented import Locale, fill
from .work import Circle

_SCHOOLS = table("schools.toml")
_HEADS: dict[str, list[str]] = _SCHOOLS.pop("heads")

_LOCAL_NAMES = 0.3
"""How often the schools of a country are called in its own language, where we know how."""

GRADUATION_AGES: dict[str, tuple[int, int]] = {
    "certificate": (18, 24),
    "apprenticeship": (18, 23),
    "academy": (20, 26),
    "college": (19, 25),
    "bachelor": (21, 27),
    "master": (23, 30),
    "law": (23, 30),
    "medicine": (25, 32),
    "doctorate": (27, 35),
}
"""By track: the youngest and oldest that people graduate, however old they are by now."""


def graduation_years(circle: Circle, born: int) -> range:
    """The years in which someone born in `born`, who is trained for the circle by now, may have graduated."""
    youngest, oldest = GRADUATION_AGES[circle.track]
    last = min(born + oldest, REFERENCE_DATE.year - 1)
    return range(min(born + youngest, last), last + 1)


def education(circle: Circle, locale: Locale, born: date, rng: random.Random) -> Education:
    """A qualification for any occupation of the circle.

    Args:
        circle: What the person is trained for.
        locale: The country that the school is in.
        born: Decides the year of graduation.
        rng: Source of all chance.
    """
    language = locale.language if rng.random() < _LOCAL_NAMES else "en"
    if circle.school not in _SCHOOLS.get(language, ()):
        language = "en"
    kinds, heads = _SCHOOLS[language][circle.school], _HEADS[language]
    return Education(
        degree=rng.choice(circle.degrees),
        field=rng.choice(circle.fields),
        institution=fill(rng.choice(kinds).replace("{head}", rng.choice(heads)), locale, rng),
        year=rng.choice(graduation_years(circle, born.year)),
    )
