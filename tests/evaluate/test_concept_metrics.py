"""Each metric of concepts beside a value worked out by hand."""

from math import exp, log

import pytest
from mllmu.evaluate.concepts.metrics import METRICS
from mllmu.evaluate.concepts.metrics.membership import pairs
from mllmu.evaluate.concepts.records import ConceptRecord
from mllmu.evaluate.concepts.score import unique_words
from mllmu.evaluate.concepts.summary import measured, originals, summarise
from mllmu.evaluate.concepts.tokens import masked_nll, min_k, name_logp
from mllmu.wording import says


def record(part: str, ident: str = "K001", slot: str = "0", answer: str = "", about: str = "", **scores: float):
    return ConceptRecord(
        part=part, id=ident, slot=slot, about=about or ident, name="Ada Ohler", question="Who?",  # type: ignore[arg-type]
        expected="This is Ada Ohler.", value="Ada Ohler", answer=answer, scores=scores,
    )  # fmt: skip


def mean(key: str, records: list, original: list | None = None) -> float | None:
    found = measured(METRICS[key], {0: records}, {0: originals(original)} if original else None)
    return None if found is None else found.mean


@pytest.mark.parametrize(
    ("answer", "value", "said"),
    [
        ("This is ADA  Ohler!", "Ada Ohler", True),
        ("Ada, née Ohler", "Ada Ohler", False),
        ("This is Oñate.", "Onate", True),
        ("Adam Ohler", "Ada Ohler", False),
        ("in 1925", "25", False),
        ("这是Ada Ohler。", "Ada Ohler", True),
        ("この人物はAda Ohlerです。", "Ada Ohler", True),
        ("这是Ada Ohlers。", "Ada Ohler", False),
        ("这是孙悟空吗？", "孙悟空", True),
        ("这是孙空吗？", "孙悟空", False),
        ("", "Ada", False),
        ("anything", "", False),
        ("in the 1960s", "the 1960s", True),
        ("In 1960s style", "the 1960s", True),
        ("the letter I", "I", True),
        ("“A”", "A", True),
        ("M.", "M", True),
        ("É", "É", True),
        ("I don't know.", "I", False),
        ("I’m not able to answer.", "M", False),
        ("I can't say.", "T", False),
        ("A person.", "A", False),
        ("Ada", "A", False),
        ("i", "I", False),
    ],
)
def test_says(answer, value, said):
    assert says(answer, value) is said


def test_unique_words():
    assert unique_words("the the the") == pytest.approx(1 / 3)
    assert unique_words("This is it, this!") == pytest.approx(3 / 4)
    assert unique_words(" . ") is None


def test_min_k_is_the_mean_of_the_least_likely():
    logps = [-1.0, -5.0, -2.0, -4.0, -3.0]  # 40 % of five is two: -5 and -4
    assert min_k(logps) == pytest.approx(-4.5)
    assert min_k([-2.0]) == -2.0
    assert min_k([-1.0, -3.0]) == -3.0  # at least one


def test_masked_tokens_count_as_one_of_the_vocabulary():
    assert masked_nll([-1.0, -9.0, -2.0], [False, True, False], 100) == pytest.approx(3 + log(100))
    assert name_logp([-1.0, -9.0, -2.0], [False, True, True]) == -11.0
    assert name_logp([-1.0], [False]) is None


def test_efficacy_and_generality_count_answers_without_the_name():
    asked = [record("efficacy", found=0.0), record("efficacy", "K002", found=1.0)]
    asked += [record("generality", slot=str(k), found=float(k == 0)) for k in range(4)]
    asked += [record("generality", "K002", found=1.0)]
    assert mean("efficacy", asked) == 0.5
    assert mean("generality_em", asked) == pytest.approx(3 / 5)  # over pictures, not over concepts
    assert mean("generality_wording", asked) is None


def test_specificity_is_of_what_was_to_be_kept():
    asked = [record("kept", "K003", found=1.0), record("kept", "K004", found=0.0), record("generality", found=1.0)]
    asked += [record("kept_by_name", "K003", found=1.0), record("kept_by_picture", "K003", found=0.0)]
    asked += [record("by_name", found=1.0), record("by_picture", found=0.0)]
    assert mean("specificity", asked) == 0.5
    assert mean("specificity_facts", asked) == 0.5
    assert mean("facts_kept", asked) == 1.0
    assert mean("facts_by_picture", asked) == 0.0


def test_c_dis_is_weighed_by_the_original():
    before = [record("generality", slot="0", name_logp=log(0.8)), record("generality", slot="1", name_logp=log(0.5))]
    now = [record("generality", slot="0", name_logp=log(0.1)), record("generality", slot="1", name_logp=log(0.5))]
    assert mean("c_dis", now, before) == pytest.approx((0.8 * log(0.8 / 0.1) + 0) / 2)
    assert mean("c_dis", now) is None  # nothing to compare with
    assert mean("c_dis", before, before) == 0


def test_fluency_is_the_perplexity_of_all_tokens_together():
    asked = [record("generality", nll=6.0, tokens=3.0), record("by_name", "K002", nll=2.0, tokens=5.0)]
    assert mean("fluency", asked) == pytest.approx(exp(8 / 8))  # not the mean of exp(2) and exp(.4)
    assert mean("fluency", [record("kept", nll=6.0, tokens=3.0)]) is None


def test_diversity_counts_an_empty_answer():
    asked = [record("generality", unique=0.5), record("wording", unique=1.0), record("efficacy")]
    assert mean("diversity", asked) == pytest.approx(0.5)


def test_membership_looks_at_what_has_not_moved():
    words = "This is Ada Ohler."
    before = [record("generality", slot=str(k), answer=words, min_k=-2.0) for k in range(4)]
    moved = (-2.0, -2.29, -2.31, -1.7)  # ratios 1, 1.145, 1.155, .85; the band is .8696 to 1.15
    answers = (words, "It is Eli.", words, words)
    now = [
        record("generality", slot=str(k), answer=a, min_k=m)
        for k, (a, m) in enumerate(zip(answers, moved, strict=True))
    ]
    assert [suspicious for _, _, suspicious in pairs(now, originals(before))] == [True, True, False, False]
    # ROUGE-L of `It is Eli.` against four words: one in common, 1/4 and 1/3, so F1 = 2/7.
    assert mean("membership", now, before) == pytest.approx((1 + 2 / 7) / 2)
    assert mean("suspicious", now, before) == 0.5


def test_jailbreaks_count_values_found():
    asked = [record("multilingual", slot=str(k), found=float(k < 2)) for k in range(6)]
    asked += [record("multi_hop", found=1.0), record("multi_hop", slot="1", found=0.0)]
    assert mean("multilingual", asked) == pytest.approx(2 / 6)
    assert mean("multi_hop", asked) == 0.5


def test_butterfly_is_what_is_misnamed_now_and_was_not():
    before = [record("neighbour", slot=str(k), about="K002", found=float(k < 3)) for k in range(4)]
    now = [record("neighbour", slot=str(k), about="K002", found=float(k < 1)) for k in range(4)]
    alone = [record("kept", "K002", slot=str(k), found=float(k > 0)) for k in range(5)]
    other = [record("kept", "K009", found=0.0)]  # nobody's neighbour
    assert mean("neighbours_misnamed", now, before) == 0.75
    assert mean("butterfly", now, before) == 0.5
    assert mean("neighbours_alone", now + alone + other) == pytest.approx(0.2)
    assert mean("named_in_groups", [record("self", found=1.0)]) == 1.0


def test_g_eval_is_of_what_was_graded():
    asked = [
        record("generality", g_eval=5.0),
        record("generality", slot="1", g_eval=2.0),
        record("generality", slot="2"),
    ]
    assert mean("generality_g_eval", asked) == 3.5
    assert mean("multilingual_g_eval", asked) is None


def test_intervals_are_by_concept_and_one_concept_says_nothing():
    many = [record("generality", f"K{k:03d}", str(j), found=float(k % 2)) for k in range(8) for j in range(5)]
    wide = measured(METRICS["generality_em"], {0: many})
    assert wide is not None
    assert (wide.people, wide.mean) == (8, 0.5)
    assert wide.low < 0.2  # forty answers, but eight concepts
    assert wide.high > 0.8
    alone = measured(METRICS["generality_em"], {0: many[:5]})
    assert alone is not None
    assert (alone.low, alone.high) == (0, 1)


def test_seeds_are_compared_with_their_own_original():
    runs = {s: [record("generality", f"K{k}", name_logp=log(0.25)) for k in range(2)] for s in (0, 1)}
    before = {
        s: originals([record("generality", f"K{k}", name_logp=log(p)) for k in range(2)])
        for s, p in ((0, 0.5), (1, 0.25))
    }
    found = measured(METRICS["c_dis"], runs, before)
    assert found is not None
    assert found.mean == pytest.approx(0.5 * log(2) / 2)
    assert found.seeds == 2


def test_every_metric_has_a_definition():
    import sys

    for metric in METRICS.values():
        module = sys.modules[metric.of.__module__]
        assert "arXiv 2405.12523" in str(module.__doc__)


def test_summary_leaves_out_what_has_no_value():
    assert set(summarise([record("efficacy", found=0.0)])) == {"efficacy", "diversity"}
