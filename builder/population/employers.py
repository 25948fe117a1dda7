"""Organisations that people work for. None of them exists."""

import random

from .draws import table
from .invented import Locale, fill

_PATTERNS: dict[str, list[str]] = table("employers.toml")


def employer(sector: str, locale: Locale, rng: random.Random) -> str:
    """An employer of the sector, with `the` where the name takes it.

    It employs any occupation of the sector's circles, and is not called after a city: where a person lives is
    another question.
    """
    return fill(rng.choice(_PATTERNS[sector]), locale, rng)
