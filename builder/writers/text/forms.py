"""A person in all the forms that templates name, worked out once."""

from ....schemas.person import ATTRIBUTES, REFERENCE_DATE, Education, Parent, Person, Place
from ..questions import Subject
from .describe import clothes_of, features_of
from .english import a, capital, listing, ordinal, the_institution

RETIRED_AT = 66
"""Years; the work of older parents is told in the past tense."""


def subject_of(person: Person) -> Subject:
    """What questions, pairs and prose are made from."""
    return Subject(
        name=person.facts.name,
        pronouns=person.pronouns,
        values={attribute: person.value(attribute) for attribute in ATTRIBUTES},
        options={attribute: (person.option(attribute), *person.decoys[attribute]) for attribute in ATTRIBUTES},
        extra=_extra(person),
    )


def _extra(person: Person) -> dict[str, str]:
    facts, education = person.facts, person.facts.education
    hobby, born = person.value("hobby"), facts.date_of_birth.year
    a_occupation, institution = a(facts.occupation), the_institution(education.institution)
    return {
        "given": person.given_name,
        "features": features_of(person.appearance),
        "clothes": clothes_of(person.appearance),
        "age": str(person.age),
        "child": "daughter" if facts.gender == "female" else "son",
        "birth_city": facts.birthplace.city,
        "birth_rest": _rest(facts.birthplace),
        "home_city": facts.residence.city,
        "home_rest": _rest(facts.residence),
        "a_occupation": a_occupation,
        "A_occupation": capital(a_occupation),
        "a_degree": _degree(education),
        "the_institution": institution,
        "The_institution": capital(institution),
        "education_year": str(education.year),
        "education_age": str(education.year - born),
        "education_age_th": ordinal(education.year - born),
        "hobbies": listing(facts.hobbies),
        "other_hobbies": listing([h for h in facts.hobbies if h != hobby]),
        **_parent("father", facts.parents.father, born),
        **_parent("mother", facts.parents.mother, born),
        "father_part": person.asked_names["father_name"].part,
        "mother_part": person.asked_names["mother_name"].part,
    }


def _rest(place: Place) -> str:
    """The place as it goes on after its city."""
    return str(place)[len(place.city) + 2 :]


def _degree(education: Education) -> str:
    """`a bachelor's degree in chemistry`."""
    return a(f"{education.degree} in {education.field}" if education.field else education.degree)


def _parent(key: str, parent: Parent, born: int) -> dict[str, str]:
    """Verbs that agree with how old the parent is, and the occupation with its article."""
    age = REFERENCE_DATE.year - parent.birth_year
    works = age < RETIRED_AT
    return {
        f"{key}_does": "does" if works else "did",
        f"{key}_works": "works" if works else "worked",
        f"{key}_makes": "makes" if works else "made",
        f"{key}_is": "is" if works else "was",
        f"{key}_age": str(born - parent.birth_year),
        f"a_{key}_occupation": a(parent.occupation),
    }
