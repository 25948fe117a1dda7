"""Metrics against cases worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.evaluate.metrics import METRICS, likelihood_scores, text_scores, truth_ratio


def test_rouge_of_a_case_worked_out_by_hand():
    # expected: the cat sat on the mat (6 words); answer: the cat lay on a mat today (7); LCS: the cat on mat (4)
    scores = text_scores("generation", "The cat sat on the mat.", "the cat lay on a mat today")
    assert scores["rouge_l_recall"] == pytest.approx(4 / 6)
    assert scores["rouge_l_f1"] == pytest.approx(2 * (4 / 7) * (4 / 6) / (4 / 7 + 4 / 6))


def test_rouge_stems():
    assert text_scores("generation", "she enjoys fishing", "she enjoyed fishes")["rouge_l_f1"] == 1


def test_a_longer_answer_gains_recall_and_loses_f1():
    short, long = (text_scores("generation", "born in Tartu", a) for a in ("in Tartu", "born in Tartu, I do think so"))
    assert long["rouge_l_recall"] > short["rouge_l_recall"]
    assert long["rouge_l_f1"] < short["rouge_l_f1"]


def test_an_empty_answer_scores_zero():
    assert text_scores("generation", "born in Tartu", "") == {"rouge_l_f1": 0, "rouge_l_recall": 0}
    assert text_scores("cloze", "Tartu", "") == {"exact": 0, "contains": 0}


@pytest.mark.parametrize(
    ("expected", "answer", "exact", "contains"),
    [
        ("Tartu", " tartu. ", 1, 1),
        ("the University of Tartu", "University of Tartu", 1, 1),
        ("$45,000", "45000", 1, 1),
        ("glass-blower", "Glass blower", 1, 1),
        ("Tartu", "She was born in Tartu, Estonia", 0, 1),
        ("25", "1925", 0, 0),  # the published script finds it
        ("art", "Tartu", 0, 0),
        ("Ana Lima", "Ana de Lima", 0, 0),
        ("A", "a", 1, 1),  # an article alone is a word
        ("Đỗ", "Đỗ", 1, 1),  # composed and decomposed
        ("STRASSE", "straße", 1, 1),
    ],
)
def test_cloze(expected, answer, exact, contains):
    assert text_scores("cloze", expected, answer) == {"exact": exact, "contains": contains}


def test_classification_is_scored_elsewhere():
    assert text_scores("classification", "Tartu", "Tartu") == {}


def test_likelihoods_of_a_case_worked_out_by_hand():
    logps = np.log([0.5, 0.25, 0.5, 1.0])
    scores = likelihood_scores(logps, [True, False, True, True])
    assert scores["probability"] == pytest.approx((0.5 * 0.25 * 0.5) ** 0.25)
    assert scores["exact_memorisation"] == 3 / 4
    assert scores["extraction_strength"] == 1 - 2 / 4  # two tokens given away, the other two follow


@pytest.mark.parametrize(
    ("hits", "strength"),
    [([1, 1, 1], 1), ([0, 0, 0], 0), ([1, 1, 0], 0), ([0, 1, 1], 2 / 3), ([1], 1), ([0], 0)],
)
def test_extraction_strength_counts_from_the_end(hits, strength):
    assert likelihood_scores(np.zeros(len(hits)), hits)["extraction_strength"] == pytest.approx(strength)


def test_an_answer_without_tokens_is_not_scored():
    assert likelihood_scores([], []) == {}


def test_shapes_must_agree():
    with pytest.raises(ValueError, match="must both be"):
        likelihood_scores([0.0], [True, False])


def test_truth_ratio_of_a_case_worked_out_by_hand():
    assert truth_ratio(math.log(0.5), [math.log(0.25), math.log(0.125)]) == pytest.approx((0.25 + 0.125) / 2 / 0.5)


def test_a_truth_ratio_is_always_a_number_json_can_hold():
    assert math.isfinite(truth_ratio(-1e6, [-1.0]))
    assert truth_ratio(-1.0, [-1e6]) == 0
    with pytest.raises(ValueError, match="wrong answer"):
        truth_ratio(-1.0, [])


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.tuples(st.floats(-30, 0), st.booleans()), min_size=1, max_size=20))
def test_every_likelihood_score_lies_between_its_limits(tokens):
    logps, hits = zip(*tokens, strict=True)
    scores = likelihood_scores(logps, hits)
    assert scores["extraction_strength"] <= scores["exact_memorisation"] + 1e-12
    for key, value in scores.items():
        low, high = METRICS[key].limits
        assert low <= value <= high


def test_a_metric_is_registered_under_its_key():
    assert all(key == metric.key for key, metric in METRICS.items())
    assert {task for m in METRICS.values() for task in m.tasks} == {"classification", "generation", "cloze"}
