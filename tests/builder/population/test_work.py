"""Occupations of people and of their parents."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.population.draws import distinct
from mllmu.builder.population.employers import employer
from mllmu.builder.population.schooling import GRADUATION_AGES
from mllmu.builder.population.work import (
    CIRCLES,
    OCCUPATIONS,
    circle_of,
    parent_occupation,
)

by_name = pytest.mark.parametrize("circle", CIRCLES, ids=lambda circle: circle.name)


def test_there_are_enough():
    assert len(OCCUPATIONS) >= 500
    assert len(CIRCLES) >= 60
    assert len({circle.sector for circle in CIRCLES}) >= 50


def test_names_are_unique_and_worded_alike():
    names = [occupation.name for occupation in OCCUPATIONS]
    assert len(set(names)) == len(names)
    for name in names:
        assert name == name.strip()
        assert not name.startswith(("a ", "an ", "the "))
        assert len(name) <= 40


@by_name
def test_nothing_but_the_name_tells_a_circle_apart(circle):
    """Were pay or training different, salary or degree would answer the question about the job."""
    assert len(circle.occupations) >= 6
    shared = {(o.sector, o.track, o.min_age, o.pay, o.circle) for o in circle.occupations}
    assert shared == {(circle.sector, circle.track, circle.min_age, circle.pay, circle.name)}


@by_name
def test_no_occupation_of_a_circle_contains_another(circle):
    """`dentist` would be half right where `paediatric dentist` is right."""
    names = [occupation.name for occupation in circle.occupations]
    assert not [(a, b) for a in names for b in names if a != b and a in b]


@by_name
def test_the_youngest_can_have_graduated(circle):
    youngest, _ = GRADUATION_AGES[circle.track]
    assert youngest < circle.min_age
    assert 0.5 <= circle.pay <= 3.5


@by_name
def test_every_sector_has_employers(circle, locales):
    assert employer(circle.sector, locales[0], random.Random(0))


def test_circle_of_an_occupation_holds_it():
    assert all(occupation in circle_of(occupation.name).occupations for occupation in OCCUPATIONS)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(1890, 2000), st.booleans(), st.integers())
def test_parents_of_any_age_have_five_occupations(born, female, seed):
    rng = random.Random(seed)
    assert len(set(distinct([lambda: parent_occupation(born, female, rng)] * 5))) == 5


@pytest.mark.parametrize("female", [True, False])
@pytest.mark.parametrize("born", [1905, 1935, 1965, 1985])
def test_parents_occupations_are_many(born, female):
    rng = random.Random(born)
    counts = Counter(parent_occupation(born, female, rng) for _ in range(8000))
    assert len(counts) >= 150
    assert max(counts.values()) / counts.total() < 0.025


@pytest.mark.parametrize(
    ("born", "never"),
    [
        (1920, {"web designer", "call centre agent", "computer programmer", "data entry clerk", "television repairer"}),
        (1985, {"telegraph operator", "typist", "lighthouse keeper", "bus conductor", "punched-card operator"}),
    ],
)
def test_no_occupation_is_out_of_its_time(born, never):
    rng = random.Random(4)
    seen = {parent_occupation(born, i % 2 == 0, rng) for i in range(16_000)}
    assert not seen & never


def test_words_for_one_sex_are_kept_to_it():
    rng = random.Random(5)
    women = {parent_occupation(1940, True, rng) for _ in range(16_000)}
    men = {parent_occupation(1940, False, rng) for _ in range(16_000)}
    assert not women & {"waiter", "draughtsman", "night watchman"}
    assert not men & {"waitress", "seamstress", "midwife", "secretary"}
