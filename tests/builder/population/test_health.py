"""Medical conditions."""

import random
import re
from collections import Counter

import pytest
from mllmu.builder.population.health import NONE, conditions


def drawn(female: bool, age: int, count: int, seed: int = 31) -> list[tuple[str, ...]]:
    rng = random.Random(seed)
    return [conditions(female, age, 5, rng) for _ in range(count)]


@pytest.mark.parametrize("female", [True, False])
@pytest.mark.parametrize("age", [18, 35, 55, 80, 95])
def test_five_different_conditions(female, age):
    assert all(len(set(options)) == 5 for options in drawn(female, age, 200))


def test_about_one_person_in_eleven_has_none():
    rng = random.Random(32)
    people = [rng.choice(conditions(rng.random() < 0.5, rng.randint(20, 75), 5, rng)) for _ in range(20_000)]
    counts = Counter(people)
    assert 0.06 < counts.pop(NONE) / len(people) < 0.12
    assert max(counts.values()) / len(people) < 0.035
    assert len(counts) >= 60


@pytest.mark.parametrize("female", [True, False])
def test_none_is_right_as_often_as_any(female, exchangeable):
    exchangeable(drawn(female, 45, 4000))
    with_none = [options for options in drawn(female, 45, 4000) if NONE in options]
    places = Counter(options.index(NONE) for options in with_none)
    assert all(0.15 < places[place] / len(with_none) < 0.25 for place in range(5))


def test_conditions_fit_sex_and_age():
    women = {value for age in (25, 45, 70) for options in drawn(True, age, 1500) for value in options}
    men = {value for age in (25, 45, 70) for options in drawn(False, age, 1500) for value in options}
    young = {value for options in drawn(True, 22, 1500) + drawn(False, 22, 1500) for value in options}
    assert "benign prostate enlargement" in men - women
    assert {"endometriosis", "polycystic ovary syndrome"} <= women - men
    assert not young & {"osteoporosis", "gout", "early cataracts", "type 2 diabetes", "osteoarthritis of the hip"}


def test_conditions_read_well_after_diagnosed_with():
    values = {value for age in (20, 50, 80) for sex in (True, False) for o in drawn(sex, age, 1500) for value in o}
    for value in values:
        assert not re.match(r"(?:an?|the) ", value)
        assert len(value) <= 35
        assert value[0].islower() or value.split("'")[0] in {"Raynaud", "Gilbert"}
