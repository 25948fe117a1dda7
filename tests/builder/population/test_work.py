"""Occupations of people and of their parents."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.population.employers import employer_options
from mllmu.builder.population.schooling import GRADUATION_AGES
from mllmu.builder.population.work import (
    CIRCLES,
    OCCUPATIONS,
    circle_of,
    occupation_options,
    parent_occupation_options,
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
    assert len(employer_options(circle.sector, locales[0], random.Random(0))) == 4


def test_circle_of_an_occupation_holds_it():
    assert all(occupation in circle_of(occupation).occupations for occupation in OCCUPATIONS)


def test_four_of_a_circle_are_exchangeable(exchangeable):
    rng = random.Random(1)
    draws = [tuple(o.name for o in occupation_options(CIRCLES[3], rng)) for _ in range(2000)]
    assert all(len(set(draw)) == 4 for draw in draws)
    exchangeable(draws)


def test_no_occupation_is_too_common():
    rng = random.Random(2)
    sizes = [len(circle.occupations) for circle in CIRCLES]
    people = [
        rng.choice(occupation_options(circle, rng)).name for circle in rng.choices(CIRCLES, weights=sizes, k=20_000)
    ]
    assert max(Counter(people).values()) < 0.004 * len(people)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(1890, 2000), st.booleans(), st.integers())
def test_parents_of_any_age_have_four_occupations(born, female, seed):
    options = parent_occupation_options(born, female, random.Random(seed))
    assert len(set(options)) == 4


@pytest.mark.parametrize("female", [True, False])
@pytest.mark.parametrize("born", [1905, 1935, 1965, 1985])
def test_parents_occupations_are_many_and_exchangeable(born, female, exchangeable):
    rng = random.Random(born)
    draws = [parent_occupation_options(born, female, rng) for _ in range(2000)]
    exchangeable(draws)
    counts = Counter(value for draw in draws for value in draw)
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
    seen = {value for i in range(4000) for value in parent_occupation_options(born, i % 2 == 0, rng)}
    assert not seen & never


def test_words_for_one_sex_are_kept_to_it():
    rng = random.Random(5)
    women = {value for _ in range(4000) for value in parent_occupation_options(1940, True, rng)}
    men = {value for _ in range(4000) for value in parent_occupation_options(1940, False, rng)}
    assert not women & {"waiter", "draughtsman", "night watchman"}
    assert not men & {"waitress", "seamstress", "midwife", "secretary"}
