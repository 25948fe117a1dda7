"""What the template writer makes of people."""

import os
import re
import subprocess
import sys
from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.writers import get_writer, writer_names
from mllmu.builder.writers.template import Writer, write_person
from mllmu.builder.writers.text.english import article
from mllmu.errors import UsageError
from mllmu.schemas.person import ATTRIBUTES, Person
from mllmu.schemas.questions import Written
from people import invent

rules = settings(deadline=None, derandomize=True, max_examples=200)
people = st.integers(0, 1_000).map(invent)


def texts(written: Written) -> list[str]:
    """Every sentence that a reader may see; options aside."""
    asked = [q.question for qs in (written.questions, written.test_questions) for q in (*qs.choices, *qs.opens)]
    told = [q.answer for q in (*written.questions.generation_image, *written.questions.generation_name)]
    taught = [text for pair in written.pairs for text in (pair.question, pair.answer)]
    return [written.text, written.question, written.answer, *asked, *told, *taught]


@rules
@given(people)
def test_texts_are_clean(person: Person):
    for text in texts(write_person(person, 0)):
        assert not re.search(r"[{}\[\]]|  | [.,;:?]|\.\.|,,|,\.", text), text
        assert text[0].isupper() or text.startswith("__"), text
        assert text[-1] in ".?", text
        assert not re.search(r"\b(of|by|with|for|to|than) (he|she)\b", text), text
        assert not re.search(r"\b(the the|a an|an a(?!&)|is is|in in)\b", text.lower()), text


@rules
@given(people)
def test_articles_follow_the_sound(person: Person):
    for text in texts(write_person(person, 0)):
        for found, rest in re.findall(r"\b([Aa]n?) (?=(\w.*))", text):
            assert found.lower() == article(rest), text


@rules
@given(people)
def test_every_fact_is_in_the_prose(person: Person):
    text = write_person(person, 0).text
    facts = person.facts
    assert facts.name in text
    for attribute in ATTRIBUTES:
        assert person.value(attribute).lower() in text.lower(), attribute  # a value may begin a sentence
    for value in (*facts.hobbies, *facts.fun_facts, facts.education.degree, facts.education.field):
        assert value in text


@rules
@given(people)
def test_prose_is_two_paragraphs_that_do_not_repeat_the_name(person: Person):
    text = write_person(person, 0).text
    paragraphs = text.split("\n\n")
    assert len(paragraphs) == 2
    assert all(len(re.findall(r"[.!?](?: |$)", p)) >= 3 for p in paragraphs)
    assert text.count(person.facts.name) == 1
    assert 130 <= len(text.split()) <= 260
    assert not paragraphs[1].startswith(("He ", "She ", "His ", "Her "))


def test_birthplace_is_said_once_of_people_who_live_there():
    for k in range(60):
        person = invent(k)
        facts = person.facts.model_copy(update={"residence": person.facts.birthplace})
        text = write_person(person.model_copy(update={"facts": facts}), 0).text
        assert text.count(str(facts.birthplace)) == 1, text


@rules
@given(people)
def test_pronouns_are_of_one_kind(person: Person):
    written = write_person(person, 0)
    told = " ".join([written.text, written.answer, *(q.answer for q in written.questions.opens)])
    wrong = r"\b([Hh]e|[Hh]is|[Hh]im)\b" if person.facts.gender == "female" else r"\b([Ss]he|[Hh]er)\b"
    assert not re.search(wrong, told), told


@rules
@given(people)
def test_pairs_teach_every_fact_by_image_and_by_name(person: Person):
    pairs = write_person(person, 0).pairs
    for anchor in ("image", "name"):
        taught = [pair.answer for pair in pairs if pair.anchor == anchor]
        for attribute in ATTRIBUTES:
            assert any(person.value(attribute).lower() in answer.lower() for answer in taught), attribute
    name = person.facts.name
    assert sum(name in pair.answer for pair in pairs if pair.anchor == "image") >= 3  # a face is given its name
    for pair in pairs:
        assert (name in pair.question) == (pair.anchor == "name")
        if pair.anchor == "name":
            assert not re.search(r"\b(image|picture|portrait|shown)\b", f"{pair.question} {pair.answer}")


@rules
@given(people)
def test_what_generation_expects_is_what_the_pairs_teach(person: Person):
    written = write_person(person, 0)
    for anchor, asked in (
        ("image", written.questions.generation_image),
        ("name", written.questions.generation_name),
    ):
        taught = {pair.answer for pair in written.pairs if pair.anchor == anchor}
        assert {question.answer for question in asked} <= taught


def test_test_questions_are_worded_like_nothing_trained_on_or_asked():
    """Over all people at once, with the name taken out: a phrasing of the test set is new to every one of them."""
    known, test = set(), set()
    for k in range(300):
        person = invent(k)
        written = write_person(person, 0)
        known |= {gist(pair.question, person) for pair in written.pairs}
        known |= {gist(q.question, person) for q in (*written.questions.choices, *written.questions.opens)}
        test |= {gist(q.question, person) for q in (*written.test_questions.choices, *written.test_questions.opens)}
    assert len(test) > 300
    assert not known & test


def gist(question: str, person: Person) -> str:
    return re.sub(r"\W+", " ", question.replace(person.facts.name, "NAME").lower())


def test_description_tells_the_looks():
    person = invent(0)

    def answer(**looks) -> str:
        appearance = person.appearance.model_copy(update={"age": 37, "sex": "male", **looks})
        return write_person(person.model_copy(update={"appearance": appearance}), 0).answer

    assert "late thirties" in answer()
    assert "mid-forties" in answer(age=45)
    assert "early fifties" in answer(age=50)
    assert "late teens" in answer(age=18)
    assert "bald head" in answer(hair_style="bald", head_covering="none")
    assert "hair" not in answer(hair_style="long straight", head_covering="headscarf")
    assert "short curly white hair" in answer(hair_style="short curly", hair_colour="white", head_covering="none")
    assert "a goatee" in answer(facial_hair="goatee")
    assert "stubble" in answer(facial_hair="stubble")
    assert "round glasses" in answer(glasses="round")
    assert "an olive T-shirt" in answer(clothing="T-shirt", clothing_colour="olive")
    assert "glasses" not in answer(glasses="none")
    assert "a knitted hat" in answer(head_covering="knitted hat")


def test_description_has_three_to_five_sentences():
    for k in range(200):
        person = invent(k)
        answer = write_person(person, 0).answer
        assert 3 <= len(re.findall(r"\.(?: |$)", answer)) <= 5
        assert person.facts.name in answer
        assert person.facts.occupation in answer


def test_prose_varies():
    """No way to begin is common, and no two people are told in the same words."""
    openings, skeletons = Counter(), Counter()
    for k in range(500):
        person = invent(k)
        text = write_person(person, 0).text
        openings[skeleton(text.split(". ")[0], person)] += 1
        skeletons[skeleton(text, person)] += 1
    assert max(openings.values()) < 50
    assert len(openings) > 20
    assert max(skeletons.values()) == 1


def skeleton(text: str, person: Person) -> str:
    """The text with every value of the person taken out."""
    facts = person.facts
    values = [facts.name, *map(person.value, ATTRIBUTES), *facts.hobbies, facts.education.degree, facts.education.field]
    for value in sorted(filter(None, values), key=len, reverse=True):
        text = text.replace(value, "_")
    return re.sub(r"\b(he|she|his|her|him|a|an|the)\b|\d+|_[ ,_]*(and )?_", "_", text.lower())


def test_name_pairs_can_be_left_out_and_change_nothing_else():
    whole, faces = write_person(invent(3), 0), write_person(invent(3), 0, name_pairs=False)
    assert faces.pairs == tuple(pair for pair in whole.pairs if pair.anchor == "image")
    assert faces.model_copy(update={"pairs": whole.pairs}) == whole


def test_words_depend_on_person_and_seed_alone():
    batch = [invent(k) for k in range(5)]
    forwards = dict(Writer(7).write(batch))
    backwards = dict(Writer(7).write(reversed(batch)))
    assert forwards == backwards
    assert list(forwards) == [person.id for person in batch]
    assert write_person(batch[0], 8) != forwards[batch[0].id]


def test_words_do_not_depend_on_the_hash_seed():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from people import invent;"
        "from mllmu.builder.writers.template import write_person;"
        "print(*(write_person(invent(k), 0).model_dump_json() for k in range(20)))"
    )
    here = os.path.dirname(__file__)
    digests = set()
    for hash_seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        out = subprocess.run(
            [sys.executable, "-c", code, here], env=environment, capture_output=True, check=True, cwd=here
        )
        digests.add(sha256(out.stdout).hexdigest())
    assert len(digests) == 1


def test_writing_is_lazy():
    def endless():
        k = 0
        while True:
            yield invent(k)
            k += 1

    assert next(Writer(0).write(endless()))[0] == "001"


def test_writers_are_found_by_file_name():
    assert "template" in writer_names()
    assert get_writer("template", 0, name_pairs=False).name == "template"
    with pytest.raises(UsageError, match=r"no writer called 'templat'. Did you mean 'template'\? Known: "):
        get_writer("templat", 0)
