"""Full names by each culture's custom: order, gendered and double surnames, patronymics, whose name a mother bears.

A pool's combinations of given name and surname are numbered; the k-th person of a pool and gender gets the k-th of a
seeded permutation of them, so that names are unique by construction.
"""

import json
import random
from collections.abc import Set
from functools import cache, lru_cache
from itertools import zip_longest
from math import gcd
from typing import NamedTuple

from ...schemas.person import AskedName
from .draws import DATA

SURNAME_FIRST = frozenset({"chinese", "korean", "vietnamese", "japanese", "hungarian"})
DOUBLE = frozenset({"spanish", "portuguese"})
"""Two surnames, one of each parent: in Spanish the father's first, in Portuguese the mother's."""
PATRONYMIC = frozenset({"ethiopian", "malay"})
"""The second name is the father's given name."""
OWN_NAME = frozenset(
    {"chinese", "korean", "vietnamese", "arabic", "maghreb", "persian", "turkish", "italian", "dutch", "pakistani",
     "bengali", "senegalese", "cameroonian", "rwandan", "indonesian", "mongolian", "malagasy", "akan", "thai"}
)  # fmt: skip
"""Cultures where a wife often keeps her father's name; there a mother's surname is not her child's."""


class NamePool(NamedTuple):
    """The names of one culture."""

    key: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    surnames: tuple[str, ...]
    """In the masculine, where genders differ; in Icelandic, the fathers' names in the genitive."""
    middles: tuple[tuple[str, ...], tuple[str, ...]]
    """Vietnamese middle names, female and male; empty elsewhere."""

    def given(self, female: bool) -> tuple[str, ...]:
        """The given names of a gender."""
        return self.female if female else self.male


class Named(NamedTuple):
    """Somebody's name, and those names that their parents may have."""

    full: str
    given: str
    surname: str
    """As in the pool."""
    second: str
    """The other surname, where there are two; or the middle name."""


@cache
def pools() -> dict[str, NamePool]:
    """Every culture's names."""
    table = json.loads((DATA / "names.json").read_text("utf-8"))
    return {
        key: NamePool(
            key,
            tuple(row["female"]),
            tuple(row["male"]),
            tuple(row["surnames"]),
            (tuple(row.get("middles_female", ())), tuple(row.get("middles_male", ()))),
        )
        for key, row in table.items()
    }


def name_at(pool: NamePool, female: bool, k: int, seed: int) -> Named:
    """The k-th name of a seeded order in which no combination comes twice until all have come."""
    order = _order(pool.key, female, seed)
    place = (order.start + k * order.step) % (len(order.given) * len(order.surnames))
    own, surname = order.given[place // len(order.surnames)], order.surnames[place % len(order.surnames)]
    second = _second(pool, female, surname, random.Random(f"{seed}/{pool.key}/{female}/{k}"))
    return Named(_full(pool, female, own, surname, second), own, surname, second)


class _Order(NamedTuple):
    given: list[str]
    surnames: list[str]
    start: int
    step: int


@lru_cache(maxsize=512)
def _order(key: str, female: bool, seed: int) -> _Order:
    pool, rng = pools()[key], random.Random(f"{seed}/{key}/{female}")
    given, surnames = list(pool.given(female)), list(pool.surnames)
    rng.shuffle(given)  # the people of a block follow each other, and shall not in the alphabet
    rng.shuffle(surnames)
    size = len(given) * len(surnames)
    return _Order(given, surnames, rng.randrange(size), _coprime(size, rng))


def _coprime(size: int, rng: random.Random) -> int:
    while True:
        step = rng.randrange(size // 3, size)
        if gcd(step, size) == 1:
            return step


def _second(pool: NamePool, female: bool, surname: str, rng: random.Random) -> str:
    if pool.key in DOUBLE:
        return _other(pool.surnames, surname, rng)
    middles = pool.middles[not female]
    return rng.choice(middles) if middles else ""


def _other(values: tuple[str, ...], value: str, rng: random.Random) -> str:
    other = value
    while other == value:
        other = rng.choice(values)
    return other


def _full(pool: NamePool, female: bool, given: str, surname: str, second: str, wife: bool = False) -> str:
    surname = gendered(pool.key, surname, female, wife)
    if pool.key == "spanish":
        return f"{given} {surname} {second}"
    if pool.key == "portuguese":
        return f"{given} {second} {surname}"
    if pool.key == "vietnamese":
        return f"{surname} {second} {given}"
    return f"{surname} {given}" if pool.key in SURNAME_FIRST else f"{given} {surname}"


def parent_name(
    pool: NamePool, child: Named, mother: bool, taken: Set[str], rng: random.Random
) -> tuple[str, AskedName]:
    """The full name of a father or a mother of `child`, and the part of it that the child's name does not tell.

    That is the given name, but for fathers whose given name their children bear: there it is the second name.

    Args:
        pool: The culture's names.
        child: Whose parent it is.
        mother: Or the father.
        taken: What is never asked for, such as the child's own names.
        rng: Source of all chance.
    """
    if pool.key in PATRONYMIC and not mother:
        second = rng.choice([name for name in pool.surnames if name not in taken])
        return f"{child.surname} {second}", AskedName(part="second name", words=second)
    if pool.key == "icelandic" and not mother:
        second = _patronymic(pool, taken, rng)
        return f"{_nominative(pool, child.surname)} {second}", AskedName(part="second name", words=second)
    given = rng.choice([name for name in _one_gender(pool, mother) if name not in taken])
    return _parent(pool, child, mother, given, rng), AskedName(part="given name", words=given)


def _patronymic(pool: NamePool, taken: Set[str], rng: random.Random) -> str:
    """A man's, of a stem that none of the taken names has."""
    while True:
        stem = rng.choice(pool.surnames)
        if taken.isdisjoint(gendered(pool.key, stem, female) for female in (False, True)):
            return gendered(pool.key, stem, female=False)


@cache
def _one_gender(pool: NamePool, female: bool) -> tuple[str, ...]:
    """The given names that only this gender bears: a mother is never offered as a father."""
    return tuple(name for name in pool.given(female) if name not in pool.given(not female))


def _parent(pool: NamePool, child: Named, mother: bool, given: str, rng: random.Random) -> str:
    if pool.key in DOUBLE:
        # A mother's first surname is the child's second, a father's the child's first.
        first = child.second if mother else child.surname
        return _full(pool, mother, given, first, _other(pool.surnames, first, rng))
    own = mother and (pool.key in OWN_NAME or pool.key in PATRONYMIC or pool.key == "icelandic")
    surname = _other(pool.surnames, child.surname, rng) if own else child.surname
    return _full(pool, mother, given, surname, _second(pool, mother, surname, rng), wife=mother)


def _nominative(pool: NamePool, genitive: str) -> str:
    """The given name whose genitive this is: the one that shares the longest beginning."""

    def likeness(name: str) -> tuple[int, int]:
        shared = next((k for k, (a, b) in enumerate(zip_longest(name, genitive)) if a != b), len(name))
        return shared, -abs(len(name) - len(genitive))

    return max(pool.male, key=likeness)


def gendered(culture: str, surname: str, female: bool, wife: bool = False) -> str:
    """A surname in the form that a woman or a man bears it."""
    if culture == "icelandic":
        return surname + ("dóttir" if female else "son")
    if not female:
        return surname
    for ending, feminine in _FEMININE.get(culture, ()):
        if surname.endswith(ending):
            return surname.removesuffix(ending) + (feminine[wife] if isinstance(feminine, tuple) else feminine)
    return surname


_OV = (("ov", "ova"), ("ev", "eva"), ("in", "ina"))
_SKI = (("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"))
_FEMININE: dict[str, tuple[tuple[str, str | tuple[str, str]], ...]] = {
    "czech": (("ý", "á"), ("ek", "ková"), ("ec", "cová"), ("a", "ová"), ("í", "í"), ("", "ová")),
    "slovak": (("ý", "á"), ("ek", "ková"), ("ec", "cová"), ("a", "ová"), ("o", "ová"), ("", "ová")),
    "polish": _SKI,
    "bulgarian": (*_OV[:2], *_SKI),
    "macedonian": (*_OV[:2], *_SKI),
    "ukrainian": (*_OV, ("skyi", "ska"), ("skiy", "ska"), ("skyy", "ska")),
    "kazakh": _OV,
    "uzbek": _OV,
    "azerbaijani": _OV,
    "latvian": (("is", "e"), ("us", "us"), ("s", "a"), ("š", "a")),
    "lithuanian": (("as", ("aitė", "ienė")), ("is", ("ytė", "ienė")), ("ys", ("ytė", "ienė")), ("us", ("utė", "ienė"))),
    "greek": (("os", "ou"), ("is", "i"), ("as", "a")),
}  # fmt: skip
"""Ending -> feminine ending; a pair is the daughter's and the wife's. The first that fits is taken."""
