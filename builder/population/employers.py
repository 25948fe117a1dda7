"""Organisations that people work for. None of them exists."""

import random

from .draws import table
from .invented import Locale, different, fill

_PATTERNS: dict[str, list[str]] = table("employers.toml")


def employer_options(sector: str, locale: Locale, rng: random.Random) -> tuple[str, ...]:
    """Four different employers of the sector, in random order, with `the` where the name takes it.

    Any of them employs any occupation of the sector's circles, and none is called after a city: where a person
    lives is another question.
    """
    patterns = _PATTERNS[sector]
    return different(4, lambda: fill(rng.choice(patterns), locale, rng))
