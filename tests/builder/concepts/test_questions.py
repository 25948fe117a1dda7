"""Names, facts and questions: a hundred for everybody, all different, none that gives the answer away."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.concepts.cast import draw_concepts
from mllmu.builder.concepts.draws import _filled, concept_name, draw_value
from mllmu.builder.concepts.facts import facts_of, filled, hops_of
from mllmu.builder.concepts.phrases import FactForm, foreign, phrases
from mllmu.builder.concepts.questions import jailbreak_of, questions_of
from mllmu.builder.concepts.recognised import Answers, by_file
from mllmu.builder.concepts.settings import DRAWN, make_concept_settings
from mllmu.schemas.concepts import KINDS, LANGUAGES, QUESTIONS


@pytest.fixture(scope="module")
def cast():
    """Twenty concepts of the default mix."""
    return [entry.concept for entry in draw_concepts(make_concept_settings({}))]


def test_the_default_is_half_people_and_the_first_five_are_of_several_kinds(cast):
    assert [c.id for c in cast] == [f"K{k:03d}" for k in range(1, 21)]
    assert sum(c.kind == "person" for c in cast) == 10
    assert len({c.kind for c in cast[:5]}) >= 3
    assert len({c.name for c in cast}) == 20


def test_everybody_has_a_hundred_different_questions(cast):
    for concept in cast:
        questions = questions_of(concept, 0)
        assert len({q.question for q in questions}) == QUESTIONS
        assert {form: sum(q.form == form for q in questions) for form in ("recognise", "verify", "fact")} == {
            "recognise": 20,
            "verify": 10,
            "fact": 70,
        }
        assert sum(q.anchor == "name" for q in questions) == 35


def test_no_question_by_picture_gives_the_name_away(cast):
    for concept in cast:
        for q in (*questions_of(concept, 0), *jailbreak_of(concept)):
            assert "{" not in q.question + q.answer
            if q.anchor == "name":
                assert concept.name in q.question
            elif q.form != "verify":
                assert concept.name not in q.question


def test_every_answer_holds_its_value_and_names_the_concept(cast):
    for concept in cast:
        for q in questions_of(concept, 0):
            assert concept.name.casefold() in q.answer.casefold()
            assert (q.value in q.answer) if q.form == "fact" else True
            assert ".." not in q.answer


def test_half_of_the_verifying_questions_are_true(cast):
    for concept in cast:
        verify = [q for q in questions_of(concept, 0) if q.form == "verify"]
        assert [q.value for q in verify] == ["yes", "no"] * 5
        assert all((concept.name in q.question) == (q.value == "yes") for q in verify)


@pytest.mark.parametrize("kind", KINDS)
def test_the_six_languages_ask_the_same_things(kind):
    texts = foreign(kind)
    assert tuple(texts) == LANGUAGES
    assert len({(len(t.recognise), tuple(t.facts)) for t in texts.values()}) == 1
    every = [question for t in texts.values() for question in (*t.recognise, *t.facts.values())]
    assert len(set(every)) == len(every)
    for language, script in (("zh", "[\u4e00-\u9fff]"), ("ja", "[\u3040-\u30ff]"), ("ru", "[\u0400-\u04ff]")):
        assert all(re.search(script, question) for question in texts[language].recognise)
    attributes = {form.attribute for form in phrases(kind).fact}
    assert set(texts["es"].facts) <= attributes


@pytest.mark.parametrize("kind", DRAWN)
def test_every_table_has_enough_phrasings(kind):
    table = phrases(kind)
    assert len(set(table.recognise.ask)) == 20
    assert len(set(table.verify.ask)) == 10
    assert all(len(set(form.ask)) == 3 and all("{it}" in ask for ask in form.ask) for form in table.fact)
    known = {form.attribute for form in table.fact} | {"name"}
    assert all(set(hop.of) <= known for hop in table.hop)


def test_questions_of_several_steps_by_hand():
    values = {form.attribute: "x" for form in phrases("style").fact} | {
        "founder_birthplace": "Nacala, Mozambique",
        "founder_born": "1857",
        "began": "1888",
        "pupil": "Éva Nagy",
        "city": "Lima, Peru",
        "tool": "a tin spoon",
        "journal": "Margin",
    }
    hops = [hop.value for hop in hops_of("style", "Velorism", values)]
    # country of birth, country of origin, two decades, 1888 - 1857, a first letter, two plain ones
    assert hops == ["Mozambique", "Peru", "the 1880s", "the 1850s", "31", "É", "a tin spoon", "Margin"]


def test_centuries_are_counted_as_people_do():
    values = {form.attribute: "1800" for form in phrases("emblem").fact}
    century = next(hop for hop in hops_of("emblem", "Velor Guild", values) if hop.via == ("founded",))
    assert century.value == "the 18th century"  # 1800 is its last year


def test_a_sentence_that_ends_in_an_abbreviation_has_one_full_stop():
    assert filled("{name} works for {value}.", "Ana", "Reyes & Co.") == "Ana works for Reyes & Co."
    assert filled("{name} works as {a_value}.", "Ana", "engineer") == "Ana works as an engineer."


def test_an_ending_swallows_a_vowel():
    assert _filled("{w}ism", "Corela") == "Corelism"
    assert _filled("{w}land", "Corela") == "Corelaland"


def test_prose_says_it_only_where_that_is_clear(cast):
    style = next(c for c in cast if c.kind == "style")
    told = {fact.attribute: fact.value for fact in style.facts}
    name = style.name
    assert f"The founder of {name} was born in {told['founder_born']}. {name} began in {told['began']}." in style.text
    assert f"{name} began in {told['began']}. It began in {told['city']}." in style.text


@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, derandomize=True, max_examples=8)
def test_things_of_any_seed_are_whole(seed):
    entries = draw_concepts(
        make_concept_settings({"n": 24, "seed": seed, "mix": "emblem=1,flag=1,character=1,style=1"})
    )
    assert len({e.concept.name for e in entries}) == 24
    assert len({repr(e.design) for e in entries}) == 24
    for concept, _ in entries:
        assert concept.name not in concept.wrong_names
        assert len(set(concept.wrong_names)) == 12
        assert not any(set(concept.name.split()) & set(wrong.split()) for wrong in concept.wrong_names)
        assert len(questions_of(concept, seed)) == QUESTIONS
        years = {f.attribute: f.value for f in concept.facts if re.fullmatch(r"\d{4}", f.value)}
        for later, sooner in (("designed", "founded"), ("adopted", "independence"), ("began", "founder_born")):
            assert later not in years or years[later] > years[sooner]


def test_dealt_values_come_twice_only_when_all_have_come():
    form = FactForm(attribute="a", draw=("x", "y", "z"), ask=("{it}?",), say="{value}")
    import random

    dealt = [draw_value(form, k, {}, "deal", random.Random(0)) for k in range(6)]
    assert sorted(dealt[:3]) == ["x", "y", "z"]
    assert dealt[:3] == dealt[3:]


def test_names_avoid_those_taken():
    import random

    first = concept_name("character", 0, random.Random(3), [])
    assert concept_name("character", 0, random.Random(3), [first]) != first


def test_facts_follow_the_table():
    facts = facts_of("flag", "Velonia", {form.attribute: "V" for form in phrases("flag").fact})
    assert facts[0].sentence == "The capital of Velonia is V."
    assert facts[0].question == "What is the capital of Velonia?"


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("This is ÉVA  nagy.", True),
        ("eva nagy", True),
        ("Eva", False),
        ("", False),
        ("Nagy Éva", False),
        ("Éva Nagyová", False),
    ],
)
def test_a_name_is_found_whatever_case_accents_and_spaces(answer, named):
    assert by_file(Answers(answers={"K001/000": answer}))("K001/000", "Éva Nagy", b"") is named


def test_counts_of_a_mix_sum_to_n():
    for n in range(1, 60):
        counts = make_concept_settings({"n": n}).counts()
        assert sum(counts.values()) == n
    assert make_concept_settings({"n": 40}).counts()["person"] == 20
