"""One person: all facts drawn from the slot that the population deals them.

Every fact that questions ask for is drawn as four candidates, jointly, from one distribution given everything decided
before; then chance makes one of the four the truth, and the other three are the decoys. Whatever depends on such a
fact later depends on all four alike wherever an option could give it away (the year of graduation fits all four dates
of birth). So nothing but knowing the person tells the right option from the others: not how common it is, nor its
length or place, nor the person's name, nor how often it is right for somebody else.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from ...schemas.appearance import Ancestry
from ...schemas.person import (
    REFERENCE_DATE,
    Attribute,
    Education,
    Facts,
    Parent,
    Parents,
    Person,
    Place,
    centimetres,
    dollars,
    long_date,
)
from .appearance import draw_appearance
from .countries import Country, countries
from .employers import employer_options
from .fun_facts import fun_fact_options
from .health import medical_options
from .hobbies import hobby_options
from .names import Named, parent_options
from .pay import salary_options
from .schooling import education_options
from .work import Circle, occupation_options, parent_occupation_options

T = TypeVar("T")

OLDEST = 67
"""Everybody works, so nobody is older."""
BIRTH_WINDOW = 4 * 365
"""Days around a person's era in which the four candidate dates of birth lie."""
HEIGHT_SPREAD, HEIGHT_GAP = (10, 6), 2
AWAY = 0.22
"""How many live abroad."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What the population has decided of a person."""

    id: str
    index: int
    rank: int
    country: Country
    """Of birth."""
    female: bool
    circle: Circle
    name: Named
    seed: int


def make_person(slot: Slot) -> Person:
    """The person of a slot, the same whenever it is asked for."""
    return _Draw(slot).person()


class _Draw:
    def __init__(self, slot: Slot):
        self.slot, self.country, self.female = slot, slot.country, slot.female
        self.rng = random.Random(f"{slot.seed}/person/{slot.index}")
        self.decoys: dict[Attribute, tuple[str, str, str]] = {}

    def choose(self, attribute: Attribute, options: Sequence[T], word: Callable[[T], str] = str) -> T:
        """Let chance make one of four candidates the truth, and the others the decoys."""
        truth = self.rng.randrange(4)
        words = [word(option) for option in options[:4]]
        self.decoys[attribute] = tuple(words[:truth] + words[truth + 1 :])  # type: ignore[assignment]
        return options[truth]

    def person(self) -> Person:
        rng, slot, female = self.rng, self.slot, self.female
        born_options, age = self._birth_dates()
        born = self.choose("date_of_birth", born_options, long_date)
        birthplace = self.choose("birthplace", rng.sample(self.country.places, 4))
        residence = self.choose("residence", self._residences(birthplace))
        home = countries()[residence.country]
        occupation = self.choose("occupation", occupation_options(slot.circle, rng), lambda o: o.name)
        employer = self.choose("employer", employer_options(slot.circle.sector, home.locale, rng))
        schooling = education_options(slot.circle, self.country.locale, max(born_options), rng)
        institution = self.choose("education", schooling.institutions)
        salary = self.choose("annual_salary", salary_options(occupation.pay, home.income, age, rng), dollars)
        hobbies, hobby = self._own("hobby", hobby_options(age, rng))
        fun_facts, fun_fact = self._own("fun_fact", fun_fact_options(rng))
        facts = Facts(
            name=slot.name.full,
            gender="female" if female else "male",
            date_of_birth=born,
            birthplace=birthplace,
            residence=residence,
            occupation=occupation.name,
            employer=employer,
            education=Education(
                degree=schooling.degree, field=schooling.field, institution=institution, year=schooling.year
            ),
            annual_salary=salary,
            height=self.choose("height", self._heights(), centimetres),
            medical_condition=self.choose("medical_condition", medical_options(female, age, rng)),
            parents=self._parents(min(born_options).year),
            hobbies=hobbies,
            fun_facts=fun_facts,
        )
        return Person(
            id=slot.id,
            rank=slot.rank,
            given_name=slot.name.given,
            facts=facts,
            appearance=draw_appearance(
                rng,
                face_seed=rng.randrange(2**53),
                sex=facts.gender,
                age=_years(born),
                ancestry=self._ancestry(),
                covering=self.country.scarf if female else min(4 * self.country.cap, 1),
            ),
            decoys=self.decoys,
            asked={"hobby": hobby, "fun_fact": fun_fact},
        )

    def _birth_dates(self) -> tuple[list[date], int]:
        """Four dates within a few years of each other, and the age in the middle of them."""
        youngest = self.slot.circle.min_age + 5  # so that all four dates leave time to learn the trade
        age = self.rng.uniform(youngest, OLDEST - 5)
        middle = REFERENCE_DATE - timedelta(days=int(age * 365.25))
        days = self.rng.sample(range(-BIRTH_WINDOW, BIRTH_WINDOW), 4)
        return [middle + timedelta(days=d) for d in days], int(age)

    def _residences(self, birthplace: Place) -> tuple[Place, ...]:
        """Each at home or, sometimes, in a country that people of theirs move to."""
        places: list[Place] = []
        while len(places) < 4:
            away = self.rng.random() < AWAY
            country = countries()[self.rng.choice(self.country.abroad)] if away else self.country
            place = self.rng.choice(country.places)
            if place != birthplace and place not in places:
                places.append(place)
        return tuple(places)

    def _heights(self) -> list[int]:
        mean = self.country.heights[not self.female]
        while True:
            drawn = [round(mean + sum(self.rng.uniform(-s, s) for s in HEIGHT_SPREAD)) for _ in range(4)]
            ordered = sorted(drawn)
            if all(b - a >= HEIGHT_GAP for a, b in pairwise(ordered)):
                return drawn

    def _own(self, attribute: Attribute, options: Sequence[str]) -> tuple[tuple[str, ...], int]:
        """The person's own hobbies or fun facts, and which of them is asked for: one of the first four options."""
        truth = self.choose(attribute, options[:4])
        own = [*options[4:], truth]
        self.rng.shuffle(own)
        return tuple(own), own.index(truth)

    def _parents(self, first_year: int) -> Parents:
        pool, rng, name = self.country.pool, self.rng, self.slot.name
        mother_born = first_year - rng.randint(19, 38)
        father_born = max(mother_born - rng.randint(-3, 8), first_year - 60)
        return Parents(
            father=Parent(
                name=self.choose("father_name", parent_options(pool, name, False, rng)),
                occupation=self.choose("father_occupation", parent_occupation_options(father_born, False, rng)),
                birth_year=min(father_born, first_year - 17),
            ),
            mother=Parent(
                name=self.choose("mother_name", parent_options(pool, name, True, rng)),
                occupation=self.choose("mother_occupation", parent_occupation_options(mother_born, True, rng)),
                birth_year=mother_born,
            ),
        )

    def _ancestry(self) -> Ancestry:
        """The country's weights, leaning towards one of them: people are no averages."""
        leaning = self.rng.choices(range(3), self.country.ancestry)[0]
        share = self.rng.uniform(0.3, 1.0) if max(self.country.ancestry) < 0.75 else self.rng.uniform(0.5, 1.0)
        mixed = [w * (1 - share) + share * (k == leaning) for k, w in enumerate(self.country.ancestry)]
        african, asian = round(mixed[0], 4), round(mixed[1], 4)
        return Ancestry(african=african, asian=asian, european=round(1 - african - asian, 4))


def _years(born: date) -> int:
    return REFERENCE_DATE.year - born.year - ((REFERENCE_DATE.month, REFERENCE_DATE.day) < (born.month, born.day))
