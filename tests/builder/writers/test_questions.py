"""The 18 questions and their paraphrases, whoever the subject is."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.writers.phrases.table import HEALTHY_PHRASES, PHRASES
from mllmu.builder.writers.questions import Phrases, Pool, Subject, build_questions, paraphrase_questions
from mllmu.builder.writers.text.forms import subject_of
from mllmu.schemas.questions import LETTERS
from people import invent

rules = settings(deadline=None, derandomize=True, max_examples=150)


def make(k: int, seed: int = 0):
    person = invent(k)
    phrases = HEALTHY_PHRASES if person.facts.medical_condition == "none" else PHRASES
    subject, rng = subject_of(person), Random(seed)
    questions = build_questions(subject, phrases, rng)
    return subject, questions, paraphrase_questions(questions, subject, phrases, rng)


def all_of(questions):
    return [*questions.choices, *questions.opens]


def halves(q):
    return (
        [*q.choice_image, *q.generation_image, *q.cloze_image],
        [*q.choice_name, *q.generation_name, *q.cloze_name],
    )


@rules
@given(st.integers(0, 400), st.integers(0, 9))
def test_options_are_the_subjects_and_the_first_is_right(k, seed):
    subject, questions, test_questions = make(k, seed)
    for choice in (*questions.choices, *test_questions.choices):
        assert choice.answer_text == subject.options[choice.attribute][0]
        assert set(choice.options) == set(subject.options[choice.attribute])
    assert len({choice.attribute for choice in questions.choices}) == 10


@rules
@given(st.integers(0, 400))
def test_image_questions_hide_the_name_and_name_questions_say_it(k):
    subject, *both = make(k)
    for questions in both:
        by_image, by_name = halves(questions)
        for question in by_image:
            assert subject.name not in question.question
            assert any(w in question.question.lower() for w in ("person", "individual"))
        for question in by_name:
            assert subject.name in question.question
            lowered = question.question.lower()
            assert not any(w in lowered for w in ("image", "picture", "photo", "portrait", "shown"))


@rules
@given(st.integers(0, 400))
def test_blank_hides_words_that_show_nowhere_else(k):
    subject, *both = make(k)
    for questions in both:
        for cloze in (*questions.cloze_image, *questions.cloze_name):
            assert cloze.answer.lower() not in cloze.question.lower()
            assert cloze.answer in subject.values[cloze.attribute]


@rules
@given(st.integers(0, 400))
def test_generation_answers_are_sentences_with_the_value(k):
    subject, *both = make(k)
    for questions in both:
        for question in (*questions.generation_image, *questions.generation_name):
            assert subject.values[question.attribute] in question.answer
            assert question.answer[0].isupper()
            assert question.answer.endswith(".")
            assert question.attribute != "fun_fact"  # which of the fun facts?


@rules
@given(st.integers(0, 400))
def test_paraphrase_changes_the_words_and_keeps_the_answer(k):
    _, questions, test_questions = make(k)
    for old, new in zip(all_of(questions), all_of(test_questions), strict=True):
        assert new.attribute == old.attribute
        assert new.question != old.question
    for old, new in zip(questions.choices, test_questions.choices, strict=True):
        assert new.answer_text == old.answer_text
    assert [q.answer for q in test_questions.opens] == [q.answer for q in questions.opens]
    assert len({q.question for q in all_of(questions)}) == 18
    assert len({q.question for q in all_of(test_questions)}) == 18


def test_letters_and_attributes_are_uniform():
    letters, attributes, images = Counter(), Counter(), Counter()
    for k in range(500):
        _, questions, test_questions = make(k, k)
        letters.update(c.answer for c in (*questions.choices, *test_questions.choices))
        attributes.update(c.attribute for c in questions.choices)
        images.update(c.attribute for c in questions.choice_image)
    assert set(letters) == set(LETTERS)
    assert chi_square(letters) < 16.3  # 99.9 % of 3 degrees of freedom
    assert len(attributes) == 15
    assert chi_square(attributes) < 36.1  # 99.9 % of 14
    assert chi_square(images) < 36.1


def chi_square(counts: Counter) -> float:
    mean = counts.total() / len(counts)
    return sum((n - mean) ** 2 / mean for n in counts.values())


def test_letters_of_one_person_are_independent():
    """The letter of a question tells nothing of the next one's, nor of its paraphrase's."""
    pairs = Counter()
    for k in range(500):
        _, questions, test_questions = make(k, k)
        old = [c.answer for c in questions.choices]
        new = [c.answer for c in test_questions.choices]
        pairs.update(pairwise(old))
        pairs.update(zip(old, new, strict=True))
    assert chi_square(pairs) < 37.7  # 99.9 % of 15


def small_subject(n: int) -> tuple[Subject, dict[str, Phrases]]:
    names = [f"trait{k}" for k in range(n)]
    values = {a: f"value of {a}" for a in names}
    options = {a: (values[a], f"x {a}", f"y {a}", f"z {a}") for a in names}
    subject = Subject("Jo Li", ("she", "her", "her"), values, options)
    phrases = {
        a: Phrases(
            forget=Pool(
                ask=tuple(f"{word} {{whose}} {a}?" for word in ("What is", "Which is", "Do you know")),
                cloze=(f"{{Whose}} {a} is [{{{a}}}].",),
            ),
            tell=(f"{{Whose}} {a} is {{{a}}}.",),
        )
        for a in names
    }
    return subject, phrases


@pytest.mark.parametrize("n", [5, 6, 8, 11])
def test_subject_with_few_attributes_is_never_asked_the_same_question_twice(n):
    subject, phrases = small_subject(n)
    for seed in range(20):
        questions = build_questions(subject, phrases, Random(seed))
        assert len({c.attribute for c in questions.choice_image}) == 5
        assert len({c.attribute for c in questions.choice_name}) == 5
        assert len({q.question for q in all_of(questions)}) == 18


def test_cloze_never_shows_what_it_hides():
    """`value of trait0` is in the name, so only the others can be blanked by name."""
    subject, phrases = small_subject(8)
    subject = Subject("Value of Trait0", subject.pronouns, subject.values, subject.options)
    for seed in range(50):
        questions = build_questions(subject, phrases, Random(seed))
        assert all(c.attribute != "trait0" for c in questions.cloze_name)


def test_attribute_without_a_sound_paraphrase_is_an_error():
    subject, phrases = small_subject(8)
    with pytest.raises(ValueError, match=r"no held-out|every phrasing"):
        paraphrase_questions(build_questions(subject, phrases, Random(0)), subject, phrases, Random(0))
