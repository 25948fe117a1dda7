"""Who there is: countries, genders, occupations and names dealt out evenly over all, each person made on demand."""

import random
from collections.abc import Iterator
from math import ceil
from typing import TypeVar

from ...errors import UsageError
from ...schemas.person import Person
from ...schemas.splits import BLOCK, MIN_PEOPLE
from ..celebrities.names import fold
from .block import Block, Seat, make_people
from .countries import countries
from .names import Named, name_at
from .work import CIRCLES, Circle

T = TypeVar("T")

WINDOW = 20
"""Blocks whose people are strewn among each other."""


class Population:
    """`n` fictitious people of `seed`; person i is made when asked for, the same whenever and wherever.

    Countries, genders and occupations are stratified: dealt out in equal numbers, in a seeded order, so that no
    value dominates; countries and genders to blocks of five, who are each other's wrong options (see `block.py`).

    Args:
        n: People, 20 or more.
        seed: Decides everything.
        blocked_names: Folded full names that nobody may bear.

    Raises:
        UsageError: `n` is too small.
    """

    def __init__(self, n: int, seed: int, blocked_names: frozenset[str] = frozenset()):
        if n < MIN_PEOPLE:
            raise UsageError(f"a benchmark needs {MIN_PEOPLE} people or more, not {n}.")
        self._n, self._seed = n, seed
        rng = random.Random(f"{seed}/population")
        blocks = ceil(n / BLOCK)  # the last may have seats that nobody of the population sits on
        self._rank = _ranks(n, blocks, rng)
        self.order: list[int] = sorted(range(n), key=self._rank.__getitem__)
        """The forget order: the index of the person of each rank."""
        self._country = _dealt(list(countries().values()), blocks, rng)
        self._female = _dealt([True, False], blocks, rng)
        self._circle = _circles(blocks, rng)
        self._names = self._unique_names(blocked_names)
        self._width = max(3, len(str(n)))
        self._made: dict[int, tuple[Person, ...]] = {}

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, i: int) -> Person:
        if not 0 <= i < self._n:
            raise IndexError(i)
        block, seat = divmod(self._rank[i], BLOCK)
        if block not in self._made:
            if len(self._made) > 2 * WINDOW:  # so that memory does not grow with the people
                self._made.clear()
            self._made[block] = make_people(self._block(block))
        return self._made[block][seat]

    def __iter__(self) -> Iterator[Person]:
        return (self[i] for i in range(self._n))

    def _block(self, number: int) -> Block:
        ranks = range(number * BLOCK, (number + 1) * BLOCK)
        return Block(
            number=number,
            country=self._country[number],
            female=self._female[number],
            seats=[
                Seat(id=self._id(rank), rank=rank, circle=self._circle[rank], name=self._names[rank]) for rank in ranks
            ],
            seed=self._seed,
        )

    def _id(self, rank: int) -> str:
        return str(self.order[rank] + 1 if rank < self._n else rank + 1).zfill(self._width)

    def _unique_names(self, blocked: frozenset[str]) -> list[Named]:
        taken: set[str] = set(blocked)
        following: dict[tuple[str, bool], int] = {}
        names = []
        for rank in range(len(self._country) * BLOCK):
            country, female = self._country[rank // BLOCK], self._female[rank // BLOCK]
            key = (country.pool.key, female)
            while True:
                k = following.get(key, 0)
                following[key] = k + 1
                named = name_at(country.pool, female, k, self._seed)
                folded = fold(named.full)
                if folded not in taken:
                    break
            taken.add(folded)
            names.append(named)
        return names


def _dealt(values: list[T], n: int, rng: random.Random) -> list[T]:
    """`n` values, each equally often or once more, in random order."""
    dealt: list[T] = []
    while len(dealt) < n:
        dealt += rng.sample(values, min(len(values), n - len(dealt)))
    rng.shuffle(dealt)
    return dealt


def _ranks(n: int, blocks: int, rng: random.Random) -> list[int]:
    """The rank of each person. Those of a block are strewn among a hundred others, so that one need not keep more."""
    ranks: list[int] = []
    order = rng.sample(range(blocks), blocks)
    for start in range(0, blocks, WINDOW):
        window = [block * BLOCK + seat for block in order[start : start + WINDOW] for seat in range(BLOCK)]
        rng.shuffle(window)
        ranks += [rank for rank in window if rank < n]
    return ranks


def _circles(blocks: int, rng: random.Random) -> list[Circle]:
    """Circles of occupations in proportion to their size: one draw from each n-th part of all occupations.

    Those of a block take about as long to be trained for, so that its people can be of one age, and young.
    """
    seats, n = [circle for circle in CIRCLES for _ in circle.occupations], blocks * BLOCK
    drawn = sorted((seats[int((k + rng.random()) * len(seats) / n)] for k in range(n)), key=lambda c: c.min_age)
    dealt = [drawn[k : k + BLOCK] for k in range(0, n, BLOCK)]
    rng.shuffle(dealt)
    return [circle for block in dealt for circle in rng.sample(block, BLOCK)]
