"""Draws of several different values, and the hand-kept tables that they come from."""

import random
import tomllib
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


DATA = Path(__file__).with_name("data")


def table(name: str) -> dict[str, Any]:
    """The parsed TOML file `name` of the folder `data`."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


class Weighted(NamedTuple, Generic[T]):
    """Values with cumulative weights, ready to be drawn from."""

    values: tuple[T, ...]
    cumulative: tuple[float, ...]


def weighted(values: Sequence[T], weights: Sequence[float]) -> Weighted[T]:
    """Values of no weight are dropped."""
    kept = [(value, weight) for value, weight in zip(values, weights, strict=True) if weight > 0]
    return Weighted(tuple(value for value, _ in kept), tuple(accumulate(weight for _, weight in kept)))


def drawn(pool: Weighted[T], rng: random.Random) -> T:
    """One value."""
    return rng.choices(pool.values, cum_weights=pool.cumulative)[0]


def several(pool: Weighted[T], count: int, rng: random.Random) -> tuple[T, ...]:
    """`count` different values in random order.

    The shuffle at the end matters: drawn without replacement, heavy values tend to come first, and then the place
    of a value would say something about it.
    """
    drawn: list[T] = []
    while len(drawn) < count:
        for value in rng.choices(pool.values, cum_weights=pool.cumulative, k=count - len(drawn)):
            if value not in drawn:
                drawn.append(value)
    rng.shuffle(drawn)
    return tuple(drawn)


def distinct(draws: Iterable[Callable[[], T]], key: Callable[[T], Hashable] = lambda value: value) -> list[T]:  # type: ignore[misc]
    """The value of each draw, drawn again until its key is no earlier one's."""
    taken: dict[Hashable, T] = {}
    for draw in draws:
        value = draw()
        while key(value) in taken:
            value = draw()
        taken[key(value)] = value
    return list(taken.values())
