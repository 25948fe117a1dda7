"""The tables of phrases: enough of them, and the test set's apart from all others."""

import re
from string import Formatter
from typing import get_args

import pytest
from mllmu.builder.writers.phrases.portrait import DESCRIBE, LOOKS_LIKE, NAMES, WHO_IS
from mllmu.builder.writers.phrases.table import HEALTHY_PHRASES, PHRASES
from mllmu.builder.writers.phrases.topics import PLANS, Topic
from mllmu.builder.writers.text.forms import subject_of
from mllmu.schemas.person import ATTRIBUTES
from people import invent

REFERENCES = {"who", "Who", "whom", "whose", "Whose"}
ALL = [*PHRASES.items(), ("medical_condition", HEALTHY_PHRASES["medical_condition"])]
blanked = re.compile(r"\[(.*?)\]")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_attribute_has_phrases():
    assert tuple(PHRASES) == ATTRIBUTES


@pytest.mark.parametrize(("attribute", "phrases"), ALL)
def test_there_are_phrasings_enough(attribute, phrases):
    assert len(set(phrases.forget.ask)) >= 6
    assert len(set(phrases.tell)) >= 5
    assert len(set(phrases.test.ask)) >= 4
    if phrases.forget.choose:
        assert len(set(phrases.forget.choose)) >= 6
        assert len(set(phrases.test.choose)) >= 4
    if phrases.forget.cloze:
        assert len(set(phrases.forget.cloze)) >= 3
        assert len(set(phrases.test.cloze)) >= 3


def test_test_phrasings_are_used_nowhere_else():
    forget = [t for _, p in ALL for t in (*p.forget.ask, *p.forget.choose, *p.forget.cloze, *p.tell)]
    forget += [*DESCRIBE, *LOOKS_LIKE, *(q for q, _ in (*NAMES, *WHO_IS))]
    test = [t for _, p in ALL for t in (*p.test.ask, *p.test.choose, *p.test.cloze)]
    assert not {gist(t) for t in forget} & {gist(t) for t in test}


def gist(template: str) -> str:
    """The template's words but for whom it is about."""
    return " ".join(re.sub(r"\{(who|whose|whom|Who|Whose)\}|\W", " ", template.lower()).split())


@pytest.mark.parametrize(("attribute", "phrases"), ALL)
def test_templates_name_forms_that_exist(attribute, phrases):
    known = REFERENCES | subject_of(invent(0)).forms.keys()
    for pool in (phrases.forget, phrases.test):
        for template in (*pool.ask, *pool.choose, *pool.cloze, *phrases.tell):
            assert fields(template) <= known, template


@pytest.mark.parametrize(("attribute", "phrases"), ALL)
def test_questions_say_whom_they_are_about_and_not_the_answer(attribute, phrases):
    for pool in (phrases.forget, phrases.test):
        for template in (*pool.ask, *pool.choose):
            assert len(fields(template) & REFERENCES) == 1, template
            assert not fields(template) & {attribute, f"a_{attribute}", "birth_city", "home_city"}, template
            assert template.endswith(("?", ".")), template


@pytest.mark.parametrize(("attribute", "phrases"), ALL)
def test_every_cloze_of_an_attribute_hides_one_and_the_same(attribute, phrases):
    clozes = (*phrases.forget.cloze, *phrases.test.cloze)
    hidden = [blanked.findall(template) for template in clozes]
    assert all(len(found) == 1 for found in hidden)
    assert len({found[0] for found in hidden}) <= 1
    for template in clozes:
        assert not re.search(r"\ban? \[", template, re.IGNORECASE), template  # the article would be a hint
        assert len(fields(template) & REFERENCES) == 1, template


def test_ill_and_healthy_are_asked_in_the_same_words():
    ill, healthy = PHRASES["medical_condition"], HEALTHY_PHRASES["medical_condition"]
    assert (ill.forget.ask, ill.forget.choose) == (healthy.forget.ask, healthy.forget.choose)
    assert (ill.test.ask, ill.test.choose) == (healthy.test.ask, healthy.test.choose)


def test_every_plan_tells_every_topic_once():
    for first, second in PLANS:
        assert sorted((*first, *second)) == sorted(get_args(Topic))
