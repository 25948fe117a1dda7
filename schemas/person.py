"""A fictitious person: every fact about them, decided before a word of prose is written."""

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from .appearance import Appearance, Sex
from .base import Strict, Titled

Attribute = Literal[
    "birthplace",
    "date_of_birth",
    "residence",
    "occupation",
    "employer",
    "education",
    "annual_salary",
    "height",
    "medical_condition",
    "father_name",
    "father_occupation",
    "mother_name",
    "mother_occupation",
    "hobby",
    "fun_fact",
]
"""What a question can ask about a fictitious person."""

ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)

ParentAttribute = Literal["father_name", "mother_name"]

REFERENCE_DATE = date(2025, 1, 1)
"""The day on which ages, salaries and residences hold. Fixed, so that a build does not depend on the calendar."""


class Place(Titled):
    """A real city, its first-level region and its country, in Latin script (GeoNames)."""

    city: str
    region: str
    country: str

    def __str__(self) -> str:
        return (
            f"{self.city}, {self.region}, {self.country}"
            if self.region != self.city
            else f"{self.city}, {self.country}"
        )


class Education(Titled):
    """The highest qualification: `degree` in `field` from `institution`."""

    degree: str
    """As it stands in a sentence after an article: `bachelor's degree`, `Doctor of Medicine`, `apprenticeship`."""
    field: str
    """What was studied, lower case unless a proper noun; empty when the degree says it (`Doctor of Medicine`)."""
    institution: str
    """An invented university, college or school."""
    year: int
    """Year of graduation; at least 17 years after birth."""


class Parent(Titled):
    """A mother or father."""

    name: str
    occupation: str
    birth_year: int
    """At least 16 years before the child's."""


class Parents(Titled):
    """Both parents."""

    father: Parent
    mother: Parent


class Facts(Titled):
    """Everything true of one person. The release's `biography` column is this record, as JSON, plus the prose."""

    name: str
    """Full name, Latin script, in the order the person's culture writes it. Unique in a benchmark."""
    gender: Sex
    date_of_birth: date
    birthplace: Place
    residence: Place
    occupation: str
    """Lower case unless a proper noun, singular, no article: `glass conservator`."""
    employer: str
    """An invented organisation, with its article if it has one."""
    education: Education
    annual_salary: int = Field(gt=0)
    """US dollars a year, before tax."""
    height: int = Field(ge=130, le=220)
    """Centimetres."""
    medical_condition: str
    """Lower case unless a proper noun (`mild asthma`); `none` when there is none."""
    parents: Parents
    hobbies: tuple[str, ...] = Field(min_length=2)
    """Gerunds or nouns that fit after `enjoys`: `lino printing`, `bell ringing`."""
    fun_facts: tuple[str, ...] = Field(min_length=4)
    """Verb phrases, past tense, third person, no full stop: `once restored a tram bell found in a canal`."""

    @property
    def age(self) -> int:
        """Whole years on the reference date."""
        born = self.date_of_birth
        before_birthday = (REFERENCE_DATE.month, REFERENCE_DATE.day) < (born.month, born.day)
        return REFERENCE_DATE.year - born.year - before_birthday


class AskedName(Strict):
    """The part of a parent's name that multiple choice asks for: what the child's own name does not tell."""

    part: Literal["given name", "second name", "name"]
    """`second name` where children bear the father's given name as their own second; `name` where a model chose it."""
    words: str


class Person(Strict):
    """One person of the benchmark, decided by the sampler; writers and portrait sources only express it."""

    id: str
    """`001` upwards, zero-padded to the width of the largest."""
    rank: int = Field(ge=0)
    """Place in the seeded forget order: the forget set of p % is the people of rank below n * p / 100."""
    given_name: str
    """What friends call the person; part of `facts.name`."""
    facts: Facts
    appearance: Appearance
    decoys: dict[Attribute, tuple[str, str, str]]
    """For each attribute, three wrong values, worded like `option(attribute)` words the right one.

    They are the right ones of three others of the person's block (see `builder/population/block.py`), so that
    neither what a name and a picture show nor what one has read tells the right one from the others.
    """
    asked: dict[Literal["hobby", "fun_fact"], int]
    """Which of the hobbies and fun facts is the one that questions ask for (the others are never options)."""
    asked_names: dict[ParentAttribute, AskedName]
    """Which part of the parents' names multiple choice asks for."""

    @property
    def pronouns(self) -> tuple[str, str, str]:
        """Subject, object, possessive."""
        return ("she", "her", "her") if self.facts.gender == "female" else ("he", "him", "his")

    @property
    def age(self) -> int:
        """Whole years on the reference date."""
        return self.facts.age

    def option(self, attribute: Attribute) -> str:
        """The right option of a multiple choice about `attribute`: its value, or of parents the part asked for."""
        if attribute == "father_name" or attribute == "mother_name":
            return self.asked_names[attribute].words
        return self.value(attribute)

    def value(self, attribute: Attribute) -> str:
        """The right answer to an open question about `attribute`."""
        facts = self.facts
        match attribute:
            case "birthplace":
                return str(facts.birthplace)
            case "date_of_birth":
                return long_date(facts.date_of_birth)
            case "residence":
                return str(facts.residence)
            case "education":
                return facts.education.institution
            case "annual_salary":
                return dollars(facts.annual_salary)
            case "height":
                return centimetres(facts.height)
            case "father_name":
                return facts.parents.father.name
            case "father_occupation":
                return facts.parents.father.occupation
            case "mother_name":
                return facts.parents.mother.name
            case "mother_occupation":
                return facts.parents.mother.occupation
            case "hobby":
                return facts.hobbies[self.asked["hobby"]]
            case "fun_fact":
                return facts.fun_facts[self.asked["fun_fact"]]
            case "occupation" | "employer" | "medical_condition":
                return getattr(facts, attribute)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date) -> str:
    """`14 March 1987`, the same on every platform and locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dollars(amount: int) -> str:
    """`$84,500`."""
    return f"${amount:,}"


def centimetres(height: int) -> str:
    """`172 cm`."""
    return f"{height} cm"
