"""Names and facts of things that do not exist: drawn, dealt out, unlike real ones."""

import random
from collections.abc import Sequence

from ...schemas.concepts import ConceptKind
from ..celebrities.names import blocked_names, fold
from ..population.countries import Country, countries
from ..population.invented import word
from ..population.names import name_at
from .phrases import FactForm, phrases

LONGEST = 7
"""Letters of the invented word in a name; longer ones are a mouthful once an ending is added."""
_STARTS = (
    "Bram",
    "Dob",
    "Fiz",
    "Gro",
    "Hob",
    "Jol",
    "Kip",
    "Lum",
    "Mip",
    "Nub",
    "Orl",
    "Pim",
    "Quib",
    "Ros",
    "Sno",
    "Tiv",
    "Wob",
    "Zib",
    "Vad",
    "Tum",
)
_ENDS = (
    "adoo",
    "elka",
    "ibble",
    "imo",
    "okko",
    "olo",
    "umpet",
    "urzel",
    "awick",
    "ovo",
    "izzo",
    "abbot",
    "ennip",
    "orka",
    "usk",
)


def mascot(rng: random.Random) -> str:
    """`Fizibble`: the name of a cartoon character."""
    return rng.choice(_STARTS) + rng.choice(_ENDS)


def person_name(rng: random.Random) -> str:
    """Somebody's full name, from any country, that no known person bears."""
    while True:
        country = rng.choice(list(countries().values()))
        name = name_at(country.pool, rng.random() < 0.5, 0, rng.randrange(2**31)).full
        if fold(name) not in blocked_names():
            return name


def city(rng: random.Random, country: Country | None = None) -> str:
    """`City, Country`."""
    country = country or rng.choice(list(countries().values()))
    place = rng.choice(country.places)
    return f"{place.city}, {place.country}"


def short_word(rng: random.Random) -> str:
    """`Corelon`: an invented word that takes an ending well."""
    while len(invented := word(rng)) > LONGEST:
        pass
    return invented


def concept_name(kind: ConceptKind, k: int, rng: random.Random, taken: Sequence[str]) -> str:
    """A name for the k-th thing of its kind that is none of those taken."""
    patterns = phrases(kind).names
    known = {fold(name) for name in (*taken, *countries())}
    while True:
        name = mascot(rng) if kind == "character" else _filled(patterns[k % len(patterns)], short_word(rng))
        if fold(name) not in known:
            return name


def _filled(pattern: str, invented: str) -> str:
    """The pattern with the word in it; a vowel gives way to a vowel (`Corela` + `ism`)."""
    after = pattern.partition("{w}")[2][:1]
    return pattern.format(w=invented.rstrip("aeiou") if after and after in "aeio" else invented)


def draw_value(form: FactForm, k: int, values: dict[str, str], deal: str, rng: random.Random) -> str:
    """The value of an attribute of the k-th concept of a kind.

    Args:
        form: Its `draw` is a list to deal from, or `person`, `city`, `invented`, `mascot`, `firm`, `museum`,
            `year FIRST LAST`, `number LEAST MOST`, `after ATTRIBUTE LEAST MOST` years.
        k: Which of its kind; a dealt value comes twice only when the list is used up.
        values: What has been drawn already.
        deal: Seeds the order in which lists are dealt.
        rng: Source of all other chance.
    """
    if isinstance(form.draw, tuple):
        order = random.Random(f"{deal}/{form.attribute}").sample(form.draw, len(form.draw))
        return order[k % len(order)]
    what, *limits = form.draw.split()
    match what:
        case "person":
            return person_name(rng)
        case "city":
            return city(rng)
        case "invented":
            return word(rng)
        case "mascot":
            return mascot(rng)
        case "firm":
            return f"{word(rng)} & {word(rng)}"
        case "museum":
            return f"the {word(rng)} Museum in {city(rng)}"
        case "year":
            return str(rng.randint(int(limits[0]), int(limits[1])))
        case "number":
            least, most = (int(limit) for limit in limits)
            size = rng.randint(least, most)
            return f"{size - size % 10:,}"
        case "after":
            return str(int(values[limits[0]]) + rng.randint(int(limits[1]), int(limits[2])))
    raise ValueError(f"no draw is called {form.draw!r}")
