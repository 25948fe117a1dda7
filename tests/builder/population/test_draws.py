"""Draws of several values, and that all draws repeat in any process."""

import os
import random
import subprocess
import sys

import pytest
from mllmu.builder.population.draws import distinct, several, weighted

PROGRAM = """
import random
from datetime import date
from mllmu.builder.population import employers, fun_facts, health, hobbies, invented, pay, schooling, work
rng = random.Random(5)
locale = invented.Locale("Peru", "es", ["Cusco", "Lima"], ["Quispe", "Rojas", "Vidal"])
for circle in work.CIRCLES:
    print(schooling.education(circle, locale, date(1970, 1, 1), rng), employers.employer(circle.sector, locale, rng))
    print(pay.salaries([9000] * 5, 40, rng), health.conditions(True, 40, 5, rng), hobbies.hobbies(40, 5, rng))
    print(fun_facts.fun_facts(5, rng), work.parent_occupation(1950, False, rng))
"""


def test_same_seed_same_draws_in_any_process(tmp_path):
    printed = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=tmp_path,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "7")
    ]
    assert len(printed[0]) > 10_000
    assert printed[0] == printed[1] == printed[2]


def test_heavier_values_come_more_often_but_not_sooner(exchangeable):
    pool = weighted("abcdefgh", [8, 4, 2, 2, 1, 1, 1, 1])
    rng = random.Random(3)
    draws = [several(pool, 4, rng) for _ in range(4000)]
    assert all(len(set(draw)) == 4 for draw in draws)
    exchangeable(draws)
    counts = {value: sum(value in draw for draw in draws) for value in "ah"}
    assert counts["a"] > 2 * counts["h"]


@pytest.mark.parametrize("biased", [sorted, lambda draw: sorted(draw, key=len), lambda draw: sorted(draw)[::-1]])
def test_order_that_says_something_is_noticed(biased, exchangeable):
    """Else the tests above would prove nothing."""
    rng = random.Random(4)
    words = ["a", "bb", "ccc", "dddd", "eeeee", "ffffff"]
    draws = [rng.sample(words, 4) for _ in range(2000)]
    draws = [tuple(biased(draw)) if rng.random() < 0.15 else tuple(draw) for draw in draws]
    with pytest.raises(AssertionError):
        exchangeable(draws)


def test_values_of_no_weight_are_never_drawn():
    pool = weighted(["x", "y", "z"], [1, 0, 1])
    assert pool.values == ("x", "z")
    with pytest.raises(ValueError, match="zip"):
        weighted(["x"], [1, 2])


def test_a_value_that_is_taken_is_drawn_again():
    rng = random.Random(6)
    draws = [distinct([lambda: rng.choice(["a", "b", "B", "c"])] * 3, key=str.lower) for _ in range(200)]
    assert {tuple(sorted(map(str.lower, draw))) for draw in draws} == {("a", "b", "c")}
    assert {draw[0] for draw in draws} == {"a", "b", "B", "c"}
