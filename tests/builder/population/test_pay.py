"""Salaries."""

import random
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.population.pay import salary_options


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.floats(0.5, 3.5), st.floats(400, 120_000), st.integers(18, 95), st.integers())
def test_salaries_are_apart_round_and_plausible(pay, income, age, seed):
    salaries = sorted(salary_options(pay, income, age, random.Random(seed)))
    assert all(high >= 1.08 * low for low, high in pairwise(salaries))
    assert salaries[0] >= 400
    assert salaries[-1] <= 2_000_000
    assert all(salary % (100 if income >= 12_000 else 10) == 0 for salary in salaries)


@pytest.mark.parametrize(("pay", "income"), [(0.6, 700), (0.8, 9_000), (1.0, 40_000), (3.0, 90_000)])
def test_salaries_are_exchangeable(pay, income, exchangeable):
    rng = random.Random(21)
    draws = [salary_options(pay, income, 40, rng) for _ in range(2000)]
    exchangeable([tuple(f"{salary:09d}" for salary in draw) for draw in draws])


def test_pay_follows_job_country_and_age():
    def usual(pay: float, income: float, age: int) -> float:
        rng = random.Random(22)
        return median(salary for _ in range(500) for salary in salary_options(pay, income, age, rng))

    assert usual(2.0, 40_000, 40) == pytest.approx(2 * usual(1.0, 40_000, 40), rel=0.05)
    assert usual(1.0, 60_000, 40) == pytest.approx(2 * usual(1.0, 30_000, 40), rel=0.05)
    assert usual(1.0, 40_000, 22) < usual(1.0, 40_000, 35) < usual(1.0, 40_000, 50)
