"""Salaries."""

import random
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.population.pay import salaries


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.floats(0.5, 3.5), st.floats(400, 120_000), st.integers(18, 95), st.integers())
def test_salaries_are_apart_round_and_plausible(pay, income, age, seed):
    drawn = sorted(salaries([pay * income] * 5, age, random.Random(seed)))
    assert all(high >= 1.08 * low for low, high in pairwise(drawn))
    assert drawn[0] >= 400
    assert drawn[-1] <= 2_000_000
    assert all(salary % (100 if salary >= 4_000 else 10) == 0 for salary in drawn)


@pytest.mark.parametrize("mean", [420, 7_200, 40_000, 270_000])
def test_salaries_of_equals_are_exchangeable(mean, exchangeable):
    rng = random.Random(21)
    draws = [salaries([mean] * 5, 40, rng) for _ in range(2000)]
    exchangeable([tuple(f"{salary:09d}" for salary in draw) for draw in draws])


def test_each_salary_is_around_its_own_mean():
    rng = random.Random(23)
    low, high = zip(*(salaries([20_000, 200_000], 40, rng) for _ in range(500)), strict=True)
    assert median(high) == pytest.approx(10 * median(low), rel=0.1)


def test_pay_follows_job_country_and_age():
    def usual(pay: float, income: float, age: int) -> float:
        rng = random.Random(22)
        return median(salary for _ in range(500) for salary in salaries([pay * income] * 4, age, rng))

    assert usual(2.0, 40_000, 40) == pytest.approx(2 * usual(1.0, 40_000, 40), rel=0.05)
    assert usual(1.0, 60_000, 40) == pytest.approx(2 * usual(1.0, 30_000, 40), rel=0.05)
    assert usual(1.0, 40_000, 22) < usual(1.0, 40_000, 35) < usual(1.0, 40_000, 50)
