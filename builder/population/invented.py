"""Names of schools and firms that do not exist, built from a country's surnames and cities and from invented words."""

import random
from collections.abc import Sequence
from typing import NamedTuple

from .draws import table

_SYLLABLES = {part: tuple(words.split()) for part, words in table("invented.toml").items()}
# Every start fits every middle, and every middle every end, so that 40,000 words can be said aloud.
_STARTS, _MIDDLES, _ENDS = _SYLLABLES["starts"], _SYLLABLES["middles"], _SYLLABLES["ends"]
_FAMOUS = frozenset(_SYLLABLES["famous"])


def word(rng: random.Random) -> str:
    """`Corelon`, `Vinarisen`: a name that means nothing in particular."""
    return rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(_ENDS)


class Locale(NamedTuple):
    """What a country lends to invented names."""

    country: str
    language: str
    """ISO 639-1 code of the language that schools may be named in; any other than `de`, `es`, `fr`, `it`, `pt` is
    rendered in English."""
    cities: Sequence[str]
    surnames: Sequence[str]
    """At least two."""


def fill(pattern: str, locale: Locale, rng: random.Random) -> str:
    """The pattern with `{s}`, `{t}` two different surnames, `{w}` an invented word, `{c}` a city."""
    s = _surname(locale, rng) if "{s}" in pattern else ""
    t = s
    while "{t}" in pattern and t == s:
        t = _surname(locale, rng)
    name = pattern.format(
        s=s,
        t=t,
        w=word(rng) if "{w}" in pattern else "",
        c=rng.choice(locale.cities) if "{c}" in pattern else "",
    )
    # A surname such as `de Vries` begins a name as any other does; only an article stays small.
    article = "the " if pattern.startswith("the ") else ""
    bare = name.removeprefix(article)
    return article + bare[0].upper() + bare[1:]


def _surname(locale: Locale, rng: random.Random) -> str:
    surname = rng.choice(locale.surnames)
    while surname in _FAMOUS:
        surname = rng.choice(locale.surnames)
    return surname
