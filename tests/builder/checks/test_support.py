"""The parts that checks share: each against a slower way to the same answer."""

import random
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.checks.letters import FALSE_ALARM
from mllmu.builder.checks.support.card import CardError, shards_of_configs
from mllmu.builder.checks.support.chance import half_width, tail
from mllmu.builder.checks.support.english import fault, spotless
from mllmu.builder.checks.support.guessers import GUESSERS
from mllmu.builder.checks.support.learners import LEARNERS
from mllmu.builder.checks.support.pixels import NEAR, distance, near_pairs
from mllmu.builder.checks.support.puzzle import best, name_of, puzzle_of, right_place
from mllmu.builder.checks.support.values import kind_of
from mllmu.schemas.questions import LETTERS, MultipleChoice

fixed = settings(deadline=None, derandomize=True, max_examples=300)
PIECES = ["a", "an", "A", "An", "the", "the", "egg", "Egg", "pot", "hour", "user", "null", "nan", "banana", "é"]
PIECES += [" ", " ", "  ", "\n", "\t", ".", "..", ",", "?", "{", "(", ")", '"', "“"]


@fixed
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), min_size=1, max_size=3))
def test_the_quick_look_at_all_texts_overlooks_nothing(texts):
    if spotless(texts):
        assert [fault(text) for text in texts] == [""] * len(texts)


def test_the_quick_look_is_not_blind_to_plain_prose():
    assert spotless(["An hour ago a man ate an egg.", "Ana's father is a user of an atlas."])


@fixed
@given(st.integers(0, 40), st.integers(1, 40), st.sampled_from([0.25, 0.5]))
def test_tail_is_the_binomial_sum(hits, tried, share):
    hits = min(hits, tried)
    chances = [comb(tried, k) * share**k * (1 - share) ** (tried - k) for k in range(tried + 1)]
    exact = min(1.0, 2 * min(sum(chances[: hits + 1]), sum(chances[hits:])))
    assert tail(hits, tried, share) == pytest.approx(exact, rel=1e-9)


def test_half_width_is_that_of_the_normal_interval():
    assert half_width(10_000, 0.25, 0.05) == pytest.approx(1.96 * 0.25**0.5 * 0.75**0.5 / 100, rel=1e-3)


def test_a_fair_hundred_letters_pass_and_a_skewed_hundred_do_not():
    assert tail(25, 100, 0.25) > tail(35, 100, 0.25) > FALSE_ALARM
    assert tail(55, 100, 0.25) < FALSE_ALARM


@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_near_pairs_are_those_that_comparing_all_finds(count):
    rng = np.random.default_rng(count)
    thumbnails = rng.integers(0, 256, (count, 768), dtype=np.uint8)
    for k in range(3, count, 10):  # copies with noise, some nearer than NEAR and some not
        noise = rng.normal(0, 0.2 * (k % 40), 768)
        thumbnails[k] = np.clip(thumbnails[k - 3] + noise, 0, 255)
    every = [(i, j) for i in range(count) for j in range(i + 1, count)]
    expected = [(i, j) for i, j in every if distance(thumbnails[i], thumbnails[j]) < NEAR]
    assert near_pairs(thumbnails) == expected
    assert count < 300 or 5 < len(expected) < 30


def test_kinds_of_values():
    assert [kind_of(x) for x in ("14 March 1987", "$84,500", "172 cm", "12", "Ana", "3 cats")] == [
        *("date", "money", "height", "number", "words", "words")
    ]


def quiz(leak, people: int = 300) -> dict[str, float]:
    """How often each solver is right on 10 questions to each person, with wrong options as `leak` makes them."""
    rng, hits = random.Random(0), dict.fromkeys([*GUESSERS, *LEARNERS], 0)
    learners = {name: learner() for name, learner in LEARNERS.items()}
    solvers = {**GUESSERS, **{name: learner.scores for name, learner in learners.items()}}
    for _ in range(people):
        name = rng.choice(["Ana Silva", "Linh Nguyen", "Jon Berg", "Mia Rossi"])
        for _ in range(10):
            options, letter = leak(rng, name)
            choice = MultipleChoice(attribute="x", question="Where is it?", options=tuple(options), answer=letter)
            puzzle, right = puzzle_of(choice, name_of(name)), right_place(choice)
            for solver, scores in solvers.items():
                hits[solver] += best(scores(puzzle), rng.random()) == right
            for learner in learners.values():
                learner.learn(puzzle, right)
    return {solver: count / people / 10 for solver, count in hits.items()}


WORDS = [
    "Lima",
    "Hanoi old town",
    "Oslo",
    "Rome by the river",
    "Quito",
    "Accra",
    "Bonn am Rhein",
    "Kyoto",
    "Perth",
    "Nice",
]
HOMES = {"Ana Silva": "Lima", "Linh Nguyen": "Hanoi old town", "Jon Berg": "Oslo", "Mia Rossi": "Rome by the river"}


def fair(rng, name):
    return rng.sample(WORDS, 4), rng.choice(LETTERS)


def at_home(rng, name):
    """The right place is the culture's own, the wrong ones are anywhere."""
    options = rng.sample([w for w in WORDS if w != HOMES[name]], 4)
    letter = rng.choice(LETTERS)
    options[LETTERS.index(letter)] = HOMES[name]
    return options, letter


def common(rng, name):
    """Lima is right more often than it is wrong."""
    options = rng.sample(WORDS, 4)
    return options, LETTERS[options.index("Lima")] if "Lima" in options else rng.choice(LETTERS)


def mostly_c(rng, name):
    return rng.sample(WORDS, 4), rng.choice("ABCCC")


def middle(rng, name):
    """Wrong amounts lie around the right one."""
    value = rng.randrange(40_000, 60_000)
    options = [value + 9_000, value - 9_000, value + 500, value - 17_000]
    letter = rng.choice(LETTERS)
    options[LETTERS.index(letter)] = value
    return [f"${option:,}" for option in options], letter


def surname(rng, name):
    options = rng.sample(WORDS, 4)
    letter = rng.choice(LETTERS)
    options[LETTERS.index(letter)] += f" {name.split()[1]}"
    return options, letter


@pytest.mark.parametrize(
    ("leak", "found_by"),
    [
        (at_home, "culture"),
        (at_home, "frequent"),
        (common, "rate"),
        (mostly_c, "letter"),
        (middle, "typical"),
        (surname, "name"),
        (surname, "longest"),
    ],
)
def test_solvers_profit_from_a_leak(leak, found_by):
    assert quiz(leak)[found_by] > 0.3


def test_no_solver_profits_from_fair_options():
    spread = half_width(3000, 0.25, 0.001 / 11)
    assert all(abs(share - 0.25) < spread for share in quiz(fair).values())


def test_configs_of_a_card_in_every_way_that_datasets_takes():
    card = """---
configs:
- {config_name: a, data_files: data/a.parquet}
- {config_name: b, data_files: [data/a.parquet, data/b.parquet]}
- {config_name: c, data_files: [{split: train, path: [data/c.parquet]}]}
---
# Text with
---
"""
    assert shards_of_configs(card) == {
        "a": ["data/a.parquet"],
        "b": ["data/a.parquet", "data/b.parquet"],
        "c": ["data/c.parquet"],
    }


@pytest.mark.parametrize("card", ["", "# Text", "---\n", "---\na: [\n---\n", "---\na: 1\n---\n", "---\n- 1\n---\n"])
def test_a_card_without_configs_is_refused(card):
    with pytest.raises(CardError):
        shards_of_configs(card)
