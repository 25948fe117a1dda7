"""What people do for pleasure."""

import random
from functools import cache

from .draws import table

_TABLE = table("hobbies.toml")
_FAMILIES: dict[str, int] = {hobby: place for place, family in enumerate(_TABLE["families"]) for hobby in family}
_UP_TO: dict[str, int] = {hobby: int(age) for age, hobbies in _TABLE["up_to"].items() for hobby in hobbies}

HOBBIES: tuple[str, ...] = tuple(_FAMILIES)
"""All of them, worded to follow `enjoys` and `one of the hobbies is`."""


@cache
def _of_age(age: int) -> tuple[str, ...]:
    return tuple(hobby for hobby in HOBBIES if age <= _UP_TO.get(hobby, age))


def hobby_options(age: int, rng: random.Random) -> tuple[str, ...]:
    """Six hobbies of six families, in random order, each as likely as any other that suits the age."""
    pool = _of_age(age)
    while True:
        drawn = rng.sample(pool, 6)
        if len({_FAMILIES[hobby] for hobby in drawn}) == 6:
            return tuple(drawn)
