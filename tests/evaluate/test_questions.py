"""Rows become questions; wrong answers, letters, blindfolds and the authors' prompts are what they should be."""

from dataclasses import replace

import pytest
from mllmu.evaluate import protocol
from mllmu.evaluate.engine import Heard, Reply
from mllmu.evaluate.floors import blindfolded, by_chance
from mllmu.evaluate.original import Original
from mllmu.evaluate.questions import Question, fingerprint, load, wrong_answers
from mllmu.evaluate.records import Key
from mllmu.unlearn.release import Source

KEY = Key("forget", "001", "classification", "image", 0, 0)
CHOICE = Question(KEY, "Ada Ohler", "Where?", "Riga", ("Oslo", "Riga", "Lima", "Rome"), ("Oslo", "Lima", "Rome"))


@pytest.fixture(scope="module")
def questions(release) -> list[Question]:
    return load(Source(str(release)), ("forget", "test", "retain", "celebrity"), 10, None, 0)


def heard(*totals: float, tokens: int = 1) -> tuple[Heard, ...]:
    return tuple(Heard([total / tokens] * tokens, [True] * tokens) for total in totals)


def test_all_questions_of_all_sets_once_and_of_every_view(questions):
    counts = {name: sum(one.key.set == name for one in questions) for name in ("forget", "test", "retain", "celebrity")}
    assert counts == {"forget": 6, "test": 9, "retain": 18, "celebrity": 6}  # test: two views of three questions
    assert len({one.key for one in questions}) == len(questions)
    assert {one.key.id for one in questions if one.key.set == "test"} == {"001"}
    assert all((one.data is None) == (one.key.modality == "text") for one in questions)


def test_retain_people_are_drawn_by_the_seed(release):
    def drawn(seed: int) -> set[str]:
        return {one.key.id for one in load(Source(str(release)), ("retain",), 10, 1, seed)}

    assert all(len(drawn(seed)) == 1 for seed in range(4))
    assert drawn(0) == drawn(0)
    assert len({*drawn(0), *drawn(1), *drawn(2), *drawn(3), *drawn(4)}) > 1


def test_wrong_answers_are_the_right_one_with_another_option():
    places = ("Riga, Latvia", ("Oslo, Norway", "Lima, Peru"))
    jobs = ("nun", ("tram driver", "midwife"))
    assert wrong_answers("He was born in Riga, Latvia.", [jobs, places]) == (
        "He was born in Oslo, Norway.", "He was born in Lima, Peru.",
    )  # fmt: skip
    assert wrong_answers("Riga", [jobs, places]) == ("Oslo", "Lima")
    assert wrong_answers("The nunnery is hers.", [jobs]) == ()
    assert wrong_answers("She is a nun.", [jobs]) == ("She is a tram driver.", "She is a midwife.")


def test_open_questions_of_the_release_have_wrong_answers(questions):
    opens = [one for one in questions if one.key.task != "classification"]
    assert all(one.wrong and one.expected not in one.wrong for one in opens)


def test_choice_by_text_hears_the_options_and_by_letter_the_letters():
    text, letter = (protocol.Protocol(kind).ask(CHOICE) for kind in ("text", "letter"))
    assert (text.prompt, text.candidates, text.ended, text.tokens) == ("Where?", CHOICE.options, True, 0)
    assert letter.candidates == ("A", "B", "C", "D")
    assert not letter.ended
    assert "B. Riga" in letter.prompt


def test_choice_is_scored_by_likelihood_whole_and_by_length():
    reply = Reply((Heard([-1.0], [True]), Heard([-0.6, -0.6], [True, True]), *heard(-9.0, -9.0)))
    record = protocol.Protocol("text").record(CHOICE, reply)
    assert record.answer == "Oslo"
    assert record.scores["accuracy"] == 0.0
    assert record.scores["accuracy_normalised"] == 1.0
    assert record.scores["probability"] == pytest.approx(0.45, abs=0.01)  # e^-1.2 / (e^-1 + e^-1.2 + 2 e^-9)


def test_an_option_that_is_merely_familiar_gains_nothing():
    ours = protocol.Protocol("text")
    record = ours.record(CHOICE, Reply(heard(-1.0, -3.0, -9.0, -9.0)), Reply(heard(-1.0, -6.0, -9.5, -9.5)))
    assert (record.answer, record.scores["accuracy"], record.scores["accuracy_pmi"]) == ("Oslo", 0.0, 1.0)
    assert "accuracy_pmi" not in ours.record(CHOICE, Reply(heard(-1.0, -3.0, -9.0, -9.0))).scores


def test_of_nobody_is_asked_without_picture_and_name():
    named = replace(CHOICE, name="Ada Lund", question="Where was Ada Lund born?", data=b"x")
    ask = protocol.Protocol("text").ask_blind(named)
    assert ask is not None
    assert (ask.prompt, ask.data, ask.candidates) == ("Where was this person born?", None, CHOICE.options)
    assert protocol.Protocol("text").ask_blind(replace(CHOICE, key=KEY._replace(task="cloze"))) is None


def test_open_answers_are_scored_by_wording_and_likelihood():
    question = Question(KEY._replace(task="cloze"), "Ada", "Born in __.", "Riga", (), ("Oslo", "Lima"))
    record = protocol.Protocol("text").record(question, Reply(heard(-1.0, -2.0, -2.0), "riga"))
    assert record.scores["exact"] == record.scores["contains"] == 1.0
    assert record.scores["truth_ratio"] == pytest.approx(0.3679, abs=1e-3)  # e^-2 / e^-1
    ask = protocol.Protocol("text").ask(question)
    assert ask.prompt == "Fill in the blank: Born in [Blank]."
    assert ask.tokens > 0


def test_without_a_wrong_answer_there_is_no_truth_ratio():
    question = Question(KEY._replace(task="generation"), "Ada", "Born?", "Riga")
    assert "truth_ratio" not in protocol.Protocol("text").record(question, Reply(heard(-1.0), "x")).scores


def test_blind_hides_face_and_name_and_nothing_else(questions):
    for one in questions:
        hidden = blindfolded(one)
        assert hidden.data is None
        assert one.name not in hidden.question
        assert (hidden.key, hidden.expected, hidden.options, hidden.wrong) == (
            one.key, one.expected, one.options, one.wrong,
        )  # fmt: skip
    named = Question(KEY, "Ada Ohler", "Ada Ohler's mother, who knows ADA OHLER, is __.", "x")
    assert blindfolded(named).question == "This person's mother, who knows this person, is __."


def test_chance_is_worked_out_where_options_are(questions):
    records = by_chance(questions)
    assert {record.task for record in records} == {"classification"}
    assert {record.scores["accuracy"] for record in records} == {0.25}


def test_the_authors_protocol_shows_answers_and_takes_the_first_character(questions):
    original = Original(questions, 0)
    choices = [one for one in questions if one.key.task == "classification" and one.key.set == "retain"]
    ask = original.ask(choices[0])
    assert ask.prompt.count("Answer with one letter.") == 2  # a person of this release has one question a modality
    assert (ask.candidates, ask.tokens) == ((), 50)
    right = "ABCD"[choices[0].options.index(choices[0].expected)]
    assert original.record(choices[0], Reply((), f"{right}anada")).scores == {"accuracy": 1.0}
    assert original.record(choices[0], Reply((), "")).scores == {"accuracy": 0.0}
    assert Original(questions, 0).examples == original.examples
    assert any(Original(questions, seed).examples != original.examples for seed in range(1, 9))


def test_the_authors_protocol_looks_for_a_substring(questions):
    original = Original(questions, 0)
    cloze = next(one for one in questions if one.key.task == "cloze")
    assert "[Blank]" in original.ask(cloze).prompt
    assert original.record(cloze, Reply((), f"x{cloze.expected.upper()}y")).scores == {"contains": 1.0}
    generation = next(one for one in questions if one.key.task == "generation")
    assert original.record(generation, Reply((), generation.expected)).scores == {"rouge_l_f1": 1.0}


def test_fingerprint_tells_data_apart(questions):
    assert fingerprint(questions) == fingerprint(list(questions))
    assert fingerprint(questions) != fingerprint(questions[1:])
