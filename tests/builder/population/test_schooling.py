"""Qualifications and invented schools."""

import random
import re
from collections import Counter
from datetime import date

import pytest
from mllmu.builder.population.schooling import education
from mllmu.builder.population.work import CIRCLES
from mllmu.schemas.person import REFERENCE_DATE

by_name = pytest.mark.parametrize("circle", CIRCLES, ids=lambda circle: circle.name)


@by_name
def test_a_draft_is_whole(circle, locales):
    rng = random.Random(circle.name)
    for locale in locales:
        for _ in range(20):
            draft = education(circle, locale, date(1970, 5, 5), rng)
            assert draft.degree in circle.degrees
            assert draft.field in circle.fields
            assert "{" not in draft.institution
            assert re.match(r"the [A-ZÀ-Ž]|[A-ZÀ-Ž]", draft.institution), draft.institution
            assert not re.search(r"\s\s|^the the| $", draft.institution)
            assert len(draft.institution) <= 75


@by_name
@pytest.mark.parametrize("spare", [0, 1, 10, 40])
def test_graduation_is_neither_too_early_nor_to_come(circle, spare, locales):
    """Also of someone just old enough for the circle, born on the last day that makes the age."""
    born = date(REFERENCE_DATE.year - circle.min_age - spare, 1, 1)
    rng = random.Random(spare)
    for _ in range(30):
        year = education(circle, locales[0], born, rng).year
        assert born.year + 17 <= year < REFERENCE_DATE.year


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("surgeons", "medic"),
        ("medical_specialists", "medic"),
        ("dentists", "dental (surgery|medicine)"),
        ("veterinarians", "veterin"),
        ("pharmacists", "pharm"),
        ("lawyers", "law"),
        ("architects", "architect"),
    ],
)
def test_professions_have_their_degree(name, pattern):
    circle = next(circle for circle in CIRCLES if circle.name == name)
    studied = [f"{degree} {field}".casefold() for degree in circle.degrees for field in circle.fields]
    assert all(re.search(pattern, words) for words in studied)


def test_no_school_has_many_people(locales):
    rng = random.Random(8)
    people = [
        education(rng.choice(CIRCLES), rng.choice(locales), date(1980, 1, 1), rng).institution for _ in range(4000)
    ]
    assert max(Counter(people).values()) / len(people) < 0.01
    assert len(set(people)) > 3000


def test_no_real_university_is_named(locales):
    """Nothing is `City University` or `University of City`, and famous surnames found no school."""
    rng = random.Random(9)
    cities = "|".join(city for locale in locales for city in locale.cities)
    real = re.compile(rf"^(?:the )?(?:University of )?(?:{cities})(?: University| College)?$")
    for _ in range(4000):
        school = education(rng.choice(CIRCLES), rng.choice(locales), date(1980, 1, 1), rng).institution
        assert not real.match(school)
        assert not re.search(r"\b(?:Philips|Siemens)\b", school)
