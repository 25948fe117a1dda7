"""Who there is: countries, genders, occupations and names dealt out evenly over all, each person made on demand."""

import random
from collections.abc import Iterator
from typing import TypeVar

from ...errors import UsageError
from ...schemas.person import Person
from ...schemas.splits import MIN_PEOPLE
from ..celebrities.names import fold
from .countries import countries
from .names import Named, name_at
from .person import Slot, make_person
from .work import CIRCLES, Circle

T = TypeVar("T")


class Population:
    """`n` fictitious people of `seed`; person i is made when asked for, the same whenever and wherever.

    Countries, genders and occupations are stratified: dealt out in equal numbers, in a seeded order, so that no
    value dominates. Whatever a question offers as options is drawn as four candidates of which chance makes one
    the truth (see `person.py`), so the evenness tells nothing about the answer.

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
        self.order: list[int] = rng.sample(range(n), n)
        """The forget order: the index of the person of each rank."""
        self._rank = [0] * n
        for rank, i in enumerate(self.order):
            self._rank[i] = rank
        self._country = _dealt(list(countries().values()), n, rng)
        self._female = _dealt([True, False], n, rng)
        self._circle = _circles(n, rng)
        self._names = self._unique_names(blocked_names)
        self._width = max(3, len(str(n)))

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, i: int) -> Person:
        if not 0 <= i < self._n:
            raise IndexError(i)
        return make_person(
            Slot(
                id=str(i + 1).zfill(self._width),
                index=i,
                rank=self._rank[i],
                country=self._country[i],
                female=self._female[i],
                circle=self._circle[i],
                name=self._names[i],
                seed=self._seed,
            )
        )

    def __iter__(self) -> Iterator[Person]:
        return (self[i] for i in range(self._n))

    def _unique_names(self, blocked: frozenset[str]) -> list[Named]:
        taken: set[str] = set(blocked)
        following: dict[tuple[str, bool], int] = {}
        names = []
        for country, female in zip(self._country, self._female, strict=True):
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


def _circles(n: int, rng: random.Random) -> list[Circle]:
    """Circles of occupations in proportion to their size: one draw from each n-th part of all occupations."""
    seats = [circle for circle in CIRCLES for _ in circle.occupations]
    drawn = [seats[int((k + rng.random()) * len(seats) / n)] for k in range(n)]
    rng.shuffle(drawn)
    return drawn
