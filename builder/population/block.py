"""Five people at a time: they share what a name and a picture show, and are each other's wrong options.

The people of a block come from one country and are of one gender and age, which is what a name and a picture give
away, and have learnt for about as long. Everything else each has for themselves. A multiple choice about one of them
offers their value and those of three others of the block. So a value is wrong three times for each time it is right,
nothing but knowing the person tells the right one, and who has read about all five has read all four options; who has
read about none of them, none. Blocks are runs of the forget order, so that a forget set holds whole blocks wherever its
size allows.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from ...schemas.appearance import Ancestry, Appearance
from ...schemas.person import (
    ATTRIBUTES,
    REFERENCE_DATE,
    AskedName,
    Attribute,
    Facts,
    Parent,
    ParentAttribute,
    Parents,
    Person,
    Place,
)
from .appearance import draw_appearance
from .countries import Country, countries
from .draws import distinct, drawn
from .employers import employer
from .fun_facts import fun_facts
from .health import conditions
from .hobbies import hobbies
from .names import Named, parent_name
from .pay import salaries
from .schooling import education
from .work import Circle, parent_occupation

OLDEST = 67
"""Everybody works, so nobody is older."""
BIRTH_WINDOW = 4 * 365
"""Days before and after the middle of a block's dates of birth."""
HEIGHT_SPREAD, HEIGHT_GAP = (11, 7), 2
AWAY = 0.22
"""How many live abroad."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What the population has decided of one person."""

    id: str
    rank: int
    circle: Circle
    name: Named


@dataclass(frozen=True, slots=True)
class Block:
    """What the population has decided of a block."""

    number: int
    country: Country
    """Of birth."""
    female: bool
    seats: Sequence[Seat]
    """`schemas.splits.BLOCK` of them."""
    seed: int


def make_people(block: Block) -> tuple[Person, ...]:
    """The people of a block, in the order of its seats, the same whenever they are asked for."""
    return tuple(_offered(list(_Draw(block).people()), random.Random(f"{block.seed}/options/{block.number}")))


class _Draw:
    """Draws fact after fact for all people of a block, so that no two of them have the same."""

    def __init__(self, block: Block):
        self.country, self.female, self.seats = block.country, block.female, block.seats
        self.rng = random.Random(f"{block.seed}/block/{block.number}")
        youngest = max(seat.circle.min_age for seat in self.seats) + 5  # all of them have learnt their trade
        self.middle = self.rng.uniform(youngest, OLDEST - 5)
        self.age = int(self.middle)
        """Years, of the block; each of its people is at most four years older or younger."""

    def people(self) -> Iterator[Person]:
        rng, seats, age, many = self.rng, self.seats, self.age, len(self.seats)
        births = self._births()
        birthplaces = rng.sample(self.country.places, many)
        residences = self._residences(birthplaces)
        homes = [countries()[place.country] for place in residences]
        occupations = distinct([partial(rng.choice, seat.circle.occupations) for seat in seats])
        circles = [seat.circle for seat in seats]
        employers = distinct(
            [partial(employer, c.sector, home.locale, rng) for c, home in zip(circles, homes, strict=True)]
        )
        schools = distinct(
            [partial(education, c, self.country.locale, born, rng) for c, born in zip(circles, births, strict=True)],
            key=lambda studied: studied.institution,
        )
        pay = salaries([o.pay * home.income for o, home in zip(occupations, homes, strict=True)], age, rng)
        heights, ailments = self._heights(), conditions(self.female, age, many, rng)
        parents, pastimes, stories = self._parents(births), hobbies(age, many, rng), fun_facts(many, rng)
        for k, seat in enumerate(seats):
            own_hobbies = rng.sample(pastimes[k], len(pastimes[k]))
            own_stories = rng.sample(stories[k], len(stories[k]))
            facts = Facts(
                name=seat.name.full,
                gender="female" if self.female else "male",
                date_of_birth=births[k],
                birthplace=birthplaces[k],
                residence=residences[k],
                occupation=occupations[k].name,
                employer=employers[k],
                education=schools[k],
                annual_salary=pay[k],
                height=heights[k],
                medical_condition=ailments[k],
                parents=parents[k][0],
                hobbies=tuple(own_hobbies),
                fun_facts=tuple(own_stories),
            )
            yield Person(
                id=seat.id,
                rank=seat.rank,
                given_name=seat.name.given,
                facts=facts,
                appearance=self._appearance(births[k]),
                decoys={},
                asked={"hobby": own_hobbies.index(pastimes[k][0]), "fun_fact": own_stories.index(stories[k][0])},
                asked_names=parents[k][1],
            )

    def _births(self) -> list[date]:
        day = REFERENCE_DATE - timedelta(days=int(self.middle * 365.25))
        return [day + timedelta(days=d) for d in self.rng.sample(range(-BIRTH_WINDOW, BIRTH_WINDOW), len(self.seats))]

    def _residences(self, birthplaces: Sequence[Place]) -> list[Place]:
        """Each at home or, sometimes, in a country that people of theirs move to; nobody where they were born."""

        def residence() -> Place:
            away = self.rng.random() < AWAY
            country = countries()[drawn(self.country.abroad, self.rng)] if away else self.country
            return self.rng.choice(country.places)

        while True:
            places = distinct([residence] * len(birthplaces), key=str)
            if all(home != birthplace for home, birthplace in zip(places, birthplaces, strict=True)):
                return places

    def _heights(self) -> list[int]:
        mean = self.country.heights[not self.female]
        while True:
            heights = [round(mean + sum(self.rng.uniform(-s, s) for s in HEIGHT_SPREAD)) for _ in self.seats]
            if all(b - a >= HEIGHT_GAP for a, b in pairwise(sorted(heights))):
                return heights

    def _parents(self, births: Sequence[date]) -> list[tuple[Parents, dict[ParentAttribute, AskedName]]]:
        rng, pool = self.rng, self.country.pool
        taken = {word for seat in self.seats for word in seat.name.full.split()}

        def named(mother: bool) -> list[tuple[str, AskedName]]:
            draws = [partial(parent_name, pool, seat.name, mother, taken, rng) for seat in self.seats]
            while True:
                names = distinct(draws, key=lambda name: name[1].words)
                if not any(asked.words in full.split() for full, own in names for _, asked in names if asked != own):
                    return names  # no wrong option is another part of the right name

        years = [(born.year, born.year - rng.randint(19, 38)) for born in births]
        fathers_born = [min(max(m - rng.randint(-3, 8), b - 60), b - 17) for b, m in years]
        mothers_born = [m for _, m in years]
        fathers, mothers = named(mother=False), named(mother=True)
        trades = distinct([partial(parent_occupation, year, False, rng) for year in fathers_born])
        crafts = distinct([partial(parent_occupation, year, True, rng) for year in mothers_born])
        return [
            (
                Parents(
                    father=Parent(name=fathers[k][0], occupation=trades[k], birth_year=fathers_born[k]),
                    mother=Parent(name=mothers[k][0], occupation=crafts[k], birth_year=mothers_born[k]),
                ),
                {"father_name": fathers[k][1], "mother_name": mothers[k][1]},
            )
            for k in range(len(births))
        ]

    def _appearance(self, born: date) -> Appearance:
        return draw_appearance(
            self.rng,
            face_seed=self.rng.randrange(2**53),
            sex="female" if self.female else "male",
            age=_years(born),
            ancestry=self._ancestry(),
            covering=self.country.scarf if self.female else min(4 * self.country.cap, 1),
        )

    def _ancestry(self) -> Ancestry:
        """The country's weights, leaning towards one of them: people are no averages."""
        leaning = self.rng.choices(range(3), self.country.ancestry)[0]
        share = self.rng.uniform(0.3, 1.0) if max(self.country.ancestry) < 0.75 else self.rng.uniform(0.5, 1.0)
        mixed = [w * (1 - share) + share * (k == leaning) for k, w in enumerate(self.country.ancestry)]
        african, asian = round(mixed[0], 4), round(mixed[1], 4)
        return Ancestry(african=african, asian=asian, european=round(1 - african - asian, 4))


def _offered(people: Sequence[Person], rng: random.Random) -> Iterator[Person]:
    """The people, each with three others' values as wrong options: those of the next three in a ring.

    The ring is another for each attribute. In it each value is a wrong option of three people, no more and no less.
    """
    decoys: list[dict[Attribute, tuple[str, str, str]]] = [{} for _ in people]
    for attribute in ATTRIBUTES:
        ring = rng.sample(range(len(people)), len(people))
        for place, k in enumerate(ring):
            first, second, third = (people[ring[(place + step) % len(ring)]].option(attribute) for step in (1, 2, 3))
            decoys[k][attribute] = first, second, third
    return (person.model_copy(update={"decoys": wrong}) for person, wrong in zip(people, decoys, strict=True))


def _years(born: date) -> int:
    return REFERENCE_DATE.year - born.year - ((REFERENCE_DATE.month, REFERENCE_DATE.day) < (born.month, born.day))
