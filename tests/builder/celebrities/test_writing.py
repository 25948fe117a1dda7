"""The 18 questions of each, in words that hold for the living and the dead."""

import re
from collections import Counter

import pytest
from mllmu.builder.celebrities import load_celebrities, write_celebrities
from mllmu.builder.celebrities.phrases import PHRASES, PROSE
from mllmu.builder.checks.support.words import holds, norm
from mllmu.schemas.celebrity import CelebrityWritten

PEOPLE = load_celebrities()


@pytest.fixture(scope="module")
def written() -> dict[str, CelebrityWritten]:
    return dict(write_celebrities(PEOPLE, 0))


def test_table_1_of_the_paper(written):
    assert list(written) == [person.id for person in PEOPLE]
    questions = [words.questions for words in written.values()]
    assert sum(len(q.choices) for q in questions) == 1530
    assert sum(len(q.generation_image + q.generation_name) for q in questions) == 612
    assert sum(len(q.cloze_image + q.cloze_name) for q in questions) == 612


def test_by_image_the_name_is_never_said_and_by_name_always(written):
    for person in PEOPLE:
        q, name = written[person.id].questions, norm(person.facts.name)
        by_image = (*q.choice_image, *q.generation_image, *q.cloze_image)
        by_name = (*q.choice_name, *q.generation_name, *q.cloze_name)
        assert not any(holds(norm(x.question), name) for x in by_image)
        assert all(holds(norm(x.question), name) for x in by_name)
        assert name not in norm(written[person.id].question)


def test_answers_are_the_facts(written):
    for person in PEOPLE:
        words = written[person.id]
        q = words.questions
        for choice in q.choices:
            assert choice.answer_text == person.value(choice.attribute)
            assert set(choice.options) == {choice.answer_text, *person.decoys[choice.attribute]}
        for told in (*q.generation_image, *q.generation_name):
            assert holds(norm(told.answer), norm(person.value(told.attribute)))
        for blank in (*q.cloze_image, *q.cloze_name):
            assert norm(blank.answer).removeprefix("the ") in norm(person.value(blank.attribute))
            assert blank.answer.lower() not in blank.question.lower()


def test_the_prose_says_every_fact(written):
    for person in PEOPLE:
        for prose in (written[person.id].text, written[person.id].answer):
            for value in (person.facts.name, *(person.value(a) for a in person.decoys if a != "birthplace")):
                assert value in prose
            assert person.facts.birthplace.city in prose
            assert not re.search(r"[{}]|  | ,|\.\.", prose)


def test_right_letters_are_balanced(written):
    letters = Counter(choice.answer for words in written.values() for choice in words.questions.choices)
    assert all(abs(count - 382) < 70 for count in letters.values())


def test_no_phrase_says_that_someone_is_or_was_something():
    """`Marie Curie is a chemist` is wrong of the dead, `Bob Dylan was a songwriter` of the living."""
    for phrases in PHRASES.values():
        texts = (*phrases.forget.ask, *phrases.forget.choose, *phrases.forget.cloze, *phrases.tell)
        assert not any(re.search(r"\{Who\} (is|was) (a|an|the|\{a_)", text) for text in texts)
    assert not any(re.search(r"(is|was) \{a_", text) for wordings in PROSE for text in wordings)


def test_one_persons_words_do_not_depend_on_the_others(written):
    assert dict(write_celebrities(PEOPLE[40:42], 0)) == {p.id: written[p.id] for p in PEOPLE[40:42]}
    assert dict(write_celebrities(PEOPLE[40:41], 1)) != {p.id: written[p.id] for p in PEOPLE[40:41]}
