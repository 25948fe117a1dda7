"""What people do for pleasure."""

import random
from functools import cache, partial

from .draws import distinct, table

_TABLE = table("hobbies.toml")
_FAMILIES: dict[str, int] = {hobby: place for place, family in enumerate(_TABLE["families"]) for hobby in family}
_UP_TO: dict[str, int] = {hobby: int(age) for age, hobbies in _TABLE["up_to"].items() for hobby in hobbies}

HOBBIES: tuple[str, ...] = tuple(_FAMILIES)
"""All of them, worded to follow `enjoys` and `one of the hobbies is`."""


@cache
def _of_age(age: int) -> tuple[str, ...]:
    return tuple(hobby for hobby in HOBBIES if age <= _UP_TO.get(hobby, age))


def hobbies(age: int, people: int, rng: random.Random) -> list[tuple[str, ...]]:
    """Three hobbies for each of several people of an age, no two of one family. The first is to be asked for."""
    draw = partial(rng.choice, _of_age(age))
    drawn = distinct([draw] * (3 * people), key=_FAMILIES.__getitem__)
    rng.shuffle(drawn)
    return [tuple(drawn[k::people]) for k in range(people)]
