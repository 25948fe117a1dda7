"""Intervals that cover, tests that do not cry wolf, and numbers that are the same again."""

import json

import numpy as np
import pytest
from mllmu.evaluate.records import Modality, Record, Task
from mllmu.evaluate.stats import Cell, Sample, compare, forget_quality, holm, interval, pool, summarise, tally
from mllmu.evaluate.stats.replicates import seed_effect


def simulate(rng, seeds=1, people=25, asked=5, mean=0.5, by_person=0.25, by_seed=0.0) -> Sample:
    """Right and wrong answers of people who are easier or harder, asked in runs that went better or worse."""
    effects = rng.normal(0, by_person, people)[None] + rng.normal(0, by_seed, seeds)[:, None]
    chance = np.clip(mean + effects + rng.normal(0, 0.1, (seeds, people)), 0, 1)
    who = tuple(f"{k:03d}" for k in range(people))
    right = rng.binomial(asked, chance).astype(float)
    return Sample(who, tuple(range(seeds)), right, np.full((seeds, people), asked), (0.0, 1.0))


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"people": 10},
        {"people": 100},
        {"asked": 4, "mean": 0.15, "by_person": 0.1},
        {"seeds": 3},
        {"seeds": 3, "by_seed": 0.05},
        {"seeds": 3, "by_seed": 0.1, "people": 75},
        {"seeds": 3, "by_seed": 0.03, "people": 150},
    ],
    ids=str,
)
def test_a_95_per_cent_interval_covers_95_per_cent_of_the_time(shape):
    rng = np.random.default_rng(7)
    truth = simulate(rng, **{**shape, "seeds": 300, "people": 3000}).mean
    found = [interval(simulate(rng, **shape)) for _ in range(400)]
    covered = np.mean([i.low <= truth <= i.high for i in found])
    assert 0.92 <= covered <= 0.98


def test_questions_that_stand_or_fall_together_are_not_so_many():
    """25 people asked 20 questions, each all right or all wrong, are 25 answers and not 500."""
    right = np.array([[20.0] * 12 + [0.0] * 13])
    together = Sample(tuple(map(str, range(25))), (0,), right, np.full((1, 25), 20), (0.0, 1.0))
    naive = 2 * 1.96 * (0.25 / 500) ** 0.5
    found = interval(together)
    assert found.high - found.low > 4 * naive


@pytest.mark.parametrize("shape", [{}, {"seeds": 3}, {"seeds": 3, "by_seed": 0.05}], ids=str)
def test_two_methods_that_are_alike_seldom_differ(shape):
    """One in twenty comparisons of equals may come out below .05: the same people, asked anew."""
    rng = np.random.default_rng(3)
    seeds, by_seed = shape.get("seeds", 1), shape.get("by_seed", 0.0)
    ps = []
    for _ in range(400):
        easy = np.clip(0.5 + rng.normal(0, 0.25, 25), 0, 1)
        pair = []
        for _ in range(2):
            shares = np.clip(easy[None] + rng.normal(0, by_seed, (seeds, 1)), 0, 1)
            right = rng.binomial(5, shares).astype(float)
            people = tuple(f"{k:03d}" for k in range(25))
            pair.append(Sample(people, tuple(range(seeds)), right, np.full((seeds, 25), 5), (0.0, 1.0)))
        difference = compare(*pair)
        assert difference is not None
        ps.append(difference.p)
    assert 0.005 <= np.mean(np.array(ps) < 0.05) <= 0.08


def test_pairing_sees_what_people_hide():
    """A small loss for everybody is plain by person, though the means' intervals overlap."""
    rng = np.random.default_rng(0)
    before = simulate(rng, asked=20)
    after = before._replace(sums=np.maximum(before.sums - 2, 0))
    difference = compare(after, before)
    assert difference is not None
    assert interval(after).high > interval(before).low
    assert difference.high < 0
    assert difference.p < 0.001


def test_few_people_prove_little():
    """Three people can agree by chance once in four times, however much they agree."""
    rows = np.array([[5.0, 5, 5]]), np.array([[0.0, 0, 0]])
    first, second = (Sample(("a", "b", "c"), (0,), r, np.full((1, 3), 5), (0.0, 1.0)) for r in rows)
    difference = compare(first, second)
    assert difference is not None
    assert difference.p == 0.25


def test_people_whom_only_one_was_asked_about_are_left_out():
    first = Sample(("a", "b", "c"), (0,), np.array([[1.0, 0, 1]]), np.ones((1, 3), int), (0.0, 1.0))
    second = Sample(("b", "c", "d"), (0,), np.array([[1.0, 1, 0]]), np.ones((1, 3), int), (0.0, 1.0))
    difference = compare(first, second)
    assert difference is not None
    assert difference.people == 2
    assert difference.value == pytest.approx(0.5 - 1)
    assert compare(first, second.of(["d"])) is None


def test_nothing_wrong_is_not_nothing_in_doubt():
    """25 of 25: the exact interval of Clopper and Pearson ends at .025^(1/25)."""
    sure = Sample(tuple(map(str, range(25))), (0,), np.full((1, 25), 5.0), np.full((1, 25), 5), (0.0, 1.0))
    assert interval(sure)[:3] == pytest.approx((1, 0.025 ** (1 / 25), 1))
    assert interval(sure._replace(sums=sure.sums * 0))[:3] == pytest.approx((0, 0, 1 - 0.025 ** (1 / 25)))


def test_one_person_says_nothing_of_others():
    alone = Sample(("a",), (0,), np.array([[2.0]]), np.array([[5]]), (0.0, 1.0))
    assert interval(alone)[:3] == (0.4, 0, 1)


def test_seed_effect_of_a_case_worked_out_by_hand():
    # two seeds, two people. Seed means .2 and .6, no interaction: variance .08 between seeds, halved for two of them.
    assert seed_effect(np.array([[0.1, 0.3], [0.5, 0.7]])) == pytest.approx((0.08 / 2, 1))  # F(1, 1) has median 1
    assert seed_effect(np.array([[0.1, 0.3]])).variance == 0


def test_holm_of_a_case_worked_out_by_hand():
    # .01·4 = .04; .02·3 = .06; .03·2 = .06; .5·1 = .5
    assert holm({"a": 0.02, "b": 0.01, "c": 0.5, "d": 0.03}) == pytest.approx(
        {"a": 0.06, "b": 0.04, "c": 0.5, "d": 0.06}
    )
    assert holm({"a": 0.04, "b": 0.03}) == pytest.approx({"a": 0.06, "b": 0.06})  # never less than the one before
    assert holm({}) == {}


def record(person: str, scores: dict[str, float], modality: Modality = "image", task: Task = "generation") -> Record:
    return Record(
        set="forget", task=task, modality=modality, id=person, number=0, question="?", expected="x", answer="y",
        scores=scores,
    )  # fmt: skip


def test_unscored_is_not_zero():
    records = [record("001", {"rouge_l_f1": 1.0, "factuality": 8}), record("002", {"rouge_l_f1": 0.0})]
    cells = summarise(records)["forget"]["both"]["generation"]
    assert cells["asked"] == 2
    assert cells["factuality"]["mean"] == 8
    assert cells["factuality"]["questions"] == cells["factuality"]["people"] == 1
    assert cells["rouge_l_f1"]["mean"] == 0.5


def test_both_is_every_question_of_the_two():
    records = [record("001", {"rouge_l_f1": 1}), *(record("001", {"rouge_l_f1": 0}, "text") for _ in range(3))]
    found = summarise(records)["forget"]
    assert [found[m]["generation"]["rouge_l_f1"]["mean"] for m in ("image", "text", "both")] == [1, 0, 0.25]


def test_truth_ratios_without_limit_are_averaged_within_limits():
    records = [record("001", {"truth_ratio": 1.0}), record("002", {"truth_ratio": 1e4})]
    assert summarise(records)["forget"]["both"]["generation"]["truth_ratio"]["mean"] == pytest.approx(0.75, abs=1e-3)


def test_a_summary_is_the_same_again_in_any_order(maker):
    records = maker.make_records(1)
    assert json.dumps(summarise(records)) == json.dumps(summarise(records[::-1]))


def test_runs_are_pooled_by_seed_and_a_person_missing_from_one_still_counts():
    runs = {4: tally([record("001", {"rouge_l_f1": 1.0})]), 2: tally([record(p, {"rouge_l_f1": 0.0}) for p in "ab"])}
    sample = pool(runs, Cell("forget", "generation", "image", "rouge_l_f1"))
    assert sample is not None
    assert sample.seeds == (2, 4)
    assert sample.people == ("001", "a", "b")
    assert sample.mean == pytest.approx(1 / 3)
    assert pool(runs, Cell("retain", "generation", "image", "rouge_l_f1")) is None


def test_forget_quality_tells_who_knew():
    rng = np.random.default_rng(0)
    never, never_too, knows = rng.lognormal(0, 1, 100), rng.lognormal(0, 1, 100), rng.lognormal(-2, 1, 100)
    alike, apart = (
        forget_quality({0: list(never)}, {0: list(never_too)}),
        forget_quality({0: list(knows)}, {0: list(never)}),
    )
    assert alike is not None
    assert apart is not None
    assert alike.p > 0.05
    assert apart.p < 1e-6
    assert apart.statistic > 0.5


def test_forget_quality_of_a_case_worked_out_by_hand():
    # {1, 2} lies wholly below {3, 4}: D = 1, and of the 6 ways to deal the four values 2 are as extreme: p = 1/3
    found = forget_quality({0: [1.0, 2.0]}, {0: [3.0, 4.0]})
    assert found == pytest.approx((1 / 3, 1.0, 2))


def test_several_seeds_report_their_median_run():
    far, near = [9.0] * 30, [float(k) for k in range(30)]
    found = forget_quality({0: far, 1: near, 2: near}, {0: near, 1: near, 2: near})
    assert found is not None
    assert found.p == 1
    assert forget_quality({0: []}, {0: near}) is None
    assert forget_quality({5: near}, {0: near}) is not None  # no retain-only of that seed: the first
