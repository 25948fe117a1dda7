"""Joint draws, and that all options repeat in any process."""

import os
import random
import subprocess
import sys

import pytest
from mllmu.builder.population.draws import several, weighted

PROGRAM = """
import random
from datetime import date
from mllmu.builder.population import employers, fun_facts, health, hobbies, invented, pay, schooling, work
rng = random.Random(5)
locale = invented.Locale("Peru", "es", ["Cusco", "Lima"], ["Quispe", "Rojas", "Vidal"])
for circle in work.CIRCLES:
    print(work.occupation_options(circle, rng), schooling.education_options(circle, locale, date(1970, 1, 1), rng))
    print(employers.employer_options(circle.sector, locale, rng), pay.salary_options(1.0, 9000, 40, rng))
    print(health.medical_options(True, 40, rng), hobbies.hobby_options(40, rng), fun_facts.fun_fact_options(rng))
    print(work.parent_occupation_options(1950, False, rng))
"""


def test_same_seed_same_options_in_any_process(tmp_path):
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
