"""A life invented by the model: within the sampler's quotas, so that the benchmark stays balanced, and checked."""

from collections.abc import Callable
from typing import Any, get_args

from pydantic import ValidationError

from ....schemas.person import ATTRIBUTES, REFERENCE_DATE, AskedName, Attribute, Facts, ParentAttribute, Parents, Person
from ....schemas.questions import Written
from ...checks.base import reason
from ...population.work import circle_of
from ..asker import RejectedError
from . import rules
from .replies import Reply

_PAY, _CENTIMETRES = 0.25, 8
"""How far salary and height may be from the sampler's."""


class PlaceReply(Reply):
    """A city."""

    city: str
    region: str
    country: str


class EducationReply(Reply):
    """The highest qualification."""

    degree: str
    field: str
    institution: str
    year: int


class ParentReply(Reply):
    """A mother or father."""

    name: str
    occupation: str
    birth_year: int


class Wrong(Reply):
    """Wrong values of one attribute."""

    attribute: Attribute
    values: list[str]


class FactsReply(Reply):
    """Stage `facts`."""

    birthplace: PlaceReply
    residence: PlaceReply
    occupation: str
    employer: str
    education: EducationReply
    annual_salary: int
    height: int
    medical_condition: str
    father: ParentReply
    mother: ParentReply
    hobbies: list[str]
    fun_facts: list[str]
    wrong: list[Wrong]


class Quota:
    """What the sampler decided of a person that the model has to keep to."""

    def __init__(self, person: Person):
        self.person, facts = person, person.facts
        self.occupations = tuple(occupation.name for occupation in circle_of(facts.occupation).occupations)
        self.years = (facts.date_of_birth.year + 17, REFERENCE_DATE.year)
        self.pay = (round(facts.annual_salary * (1 - _PAY)), round(facts.annual_salary * (1 + _PAY)))
        self.height = (facts.height - _CENTIMETRES, facts.height + _CENTIMETRES)
        self.healthy = facts.medical_condition == "none"

    def told(self) -> dict[str, str]:
        """For the prompt."""
        facts = self.person.facts
        return {
            "born": facts.date_of_birth.isoformat(),
            "gender": facts.gender,
            "birth_country": facts.birthplace.country,
            "home_country": facts.residence.country,
            "degree": facts.education.degree,
            "occupations": ", ".join(sorted(self.occupations)),
            "first_year": str(self.years[0]),
            "last_year": str(self.years[1]),
            "salary_low": str(self.pay[0]),
            "salary_high": str(self.pay[1]),
            "height_low": str(self.height[0]),
            "height_high": str(self.height[1]),
            "condition": '"none"' if self.healthy else 'one that the person lives with, lower case, not "none"',
        }

    def broken(self, reply: FactsReply) -> list[str]:
        """Which quotas the reply does not keep."""
        facts = self.person.facts
        rules_kept = {
            f"birthplace is not in {facts.birthplace.country}.": reply.birthplace.country == facts.birthplace.country,
            f"residence is not in {facts.residence.country}.": reply.residence.country == facts.residence.country,
            f"occupation is none of {', '.join(sorted(self.occupations))}.": reply.occupation in self.occupations,
            f"the degree is not {facts.education.degree!r}.": reply.education.degree == facts.education.degree,
            f"the year of graduation is not within {_span(self.years)}.": _within(reply.education.year, self.years),
            f"annual_salary is not within {_span(self.pay)}.": _within(reply.annual_salary, self.pay),
            f"height is not within {_span(self.height)}.": _within(reply.height, self.height),
            "medical_condition is not as told.": (reply.medical_condition == "none") == self.healthy,
        }
        return [what for what, kept in rules_kept.items() if not kept]


def live(person: Person, reply: FactsReply, plan: Callable[[Person], Written], name_pairs: bool) -> Person:
    """The person with the life that was invented.

    Raises:
        RejectedError: It breaks a quota, or a check of the release.
    """
    reasons = Quota(person).broken(reply)
    wrong = {entry.attribute: tuple(value.strip() for value in entry.values) for entry in reply.wrong}
    if missing := [name for name in ATTRIBUTES if len(wrong.get(name, ())) != 3]:
        reasons.append(f"wrong: there are not exactly three values for {', '.join(missing)}.")
    if long := [name for name in get_args(ParentAttribute) if any(" " in value for value in wrong.get(name, ()))]:
        reasons.append(f"wrong: {' and '.join(long)} take one name each, not the full name.")
    if reasons:
        raise RejectedError(*reasons)
    given: dict[str, Any] = reply.model_dump(exclude={"wrong", "father", "mother"})
    fixed = {"name": person.facts.name, "gender": person.facts.gender, "date_of_birth": person.facts.date_of_birth}
    try:
        parents = Parents.model_validate({"father": reply.father.model_dump(), "mother": reply.mother.model_dump()})
        facts = Facts.model_validate({**given, **fixed, "parents": parents})
    except ValidationError as error:
        raise RejectedError(reason(error)) from error
    other = person.model_copy(
        update={
            "facts": facts,
            "decoys": wrong,
            "asked": {"hobby": 0, "fun_fact": 0},
            "asked_names": _asked(parents, facts.name),
        }
    )
    try:
        words = plan(other)
    except (ValueError, KeyError) as error:
        raise RejectedError(f"no question can be made of these facts: {error}") from error
    if faults := rules.faults(other, words, rules.LIFE, name_pairs):
        raise RejectedError(*faults)
    return other


def _asked(parents: Parents, child: str) -> dict[str, AskedName]:
    """Of each parent the first name that is not the child's as well; the last, if all are."""
    asked = {}
    for attribute, name in (("father_name", parents.father.name), ("mother_name", parents.mother.name)):
        words = name.split()
        own = next((word for word in words if word not in child.split()), words[-1])
        asked[attribute] = AskedName(part="name", words=own)
    return asked


def _within(value: int, span: tuple[int, int]) -> bool:
    return span[0] <= value <= span[1]


def _span(span: tuple[int, int]) -> str:
    return f"{span[0]} and {span[1]}"
