"""What is asked of a model for one person, and which replies are turned away; the replies are made here."""

import asyncio
import json
from typing import Any

import pytest
from mllmu.builder.llm.asker import OutOfTriesError
from mllmu.builder.llm.calls import Request
from mllmu.builder.llm.writing.life import FactsReply
from mllmu.builder.llm.writing.person import Author, Style, UnfilledError
from mllmu.builder.llm.writing.replies import (
    JudgeReply,
    OfferingReply,
    PairsReply,
    ProfileReply,
    QuestionsReply,
    TestReply,
    response_format,
)
from mllmu.builder.llm.writing.standin import standin
from mllmu.builder.population import Population
from mllmu.builder.writers.prompts import prompt, prompt_names, prompts_version
from mllmu.builder.writers.template import write_person

JPEG = b"\xff\xd8 a portrait"


@pytest.fixture(scope="module")
def person():
    return Population(20, 0, frozenset())[3]


class Model:
    """Answers with the template's words, changed by `spoil(stage, attempt, reply)`; keeps all requests."""

    def __init__(self, person, spoil=lambda stage, attempt, reply: reply, offers=False) -> None:
        self.calls: Any = self
        self.requests: list[Request] = []
        self.verdicts: list[list[str]] = []
        self._person, self._spoil, self._offers = person, spoil, offers

    def judged(self, key: str, reasons: list[str]) -> None:
        self.verdicts.append(reasons)

    async def ask(self, request: Request) -> str:
        self.requests.append(request)
        offers = self._offers and request.stage == "questions"
        reply = standin(request.stage, self._person, write_person(self._person, 0), offers)
        content = json.dumps(self._spoil(request.stage, request.attempt, reply))
        return json.dumps({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]})

    def reasons(self) -> str:
        return " ".join(reason for verdict in self.verdicts for reason in verdict)


def author(model: Model, **style) -> Author:
    options = {"model": "m", "tries": 2, "look": False, "offers": False, "name_pairs": True, **style}
    return Author(model, Style(**options), lambda person: JPEG, lambda person: write_person(person, 0))


def words_of(model: Model, person, **style):
    return asyncio.run(author(model, **style).write(person))


def test_the_template_s_own_words_pass_every_rule(person):
    model = Model(person)
    assert words_of(model, person) == write_person(person, 0)
    assert [request.stage for request in model.requests] == ["profile", "questions", "pairs", "test"]
    assert not any(model.verdicts)


def test_options_letters_and_blanks_stay_ours(person):
    def spoil(stage, attempt, reply):
        if stage == "questions":
            for item in reply["choices"]:
                item["question"] = item["question"].replace("?", ", if you please?")
        return reply

    ours, written = write_person(person, 0).questions, words_of(Model(person, spoil), person).questions
    assert [q.options for q in written.choices] == [q.options for q in ours.choices]
    assert [q.answer for q in (*written.choices, *written.opens)] == [q.answer for q in (*ours.choices, *ours.opens)]
    assert written.choices[0].question != ours.choices[0].question


def change(stage, change):
    """A spoiler that changes one stage's first reply in place."""

    def spoil(at, attempt, reply):
        if at == stage and attempt == 1:
            change(reply)
        return reply

    return spoil


def name_it(reply):
    reply["choices"][0]["question"] += " Is it NAME?"


CASES = [
    ("profile", lambda r: r.update(biography="Nothing is known."), "never says the name"),
    ("profile", lambda r: r.update(biography=f"# Life\n{r['biography']}"), "begins with no capital letter"),
    ("profile", lambda r: r.update(biography=r["biography"] + 50 * " So OTHER says."), "pronouns of the other sex"),
    ("profile", lambda r: r.update(request="Describe NAME."), "names the person"),
    ("profile", lambda r: r.pop("request"), "request: Field required"),
    ("profile", lambda r: r.update(mood="fine"), "Extra inputs"),
    ("questions", lambda r: r["choices"].pop(), "nothing for the tasks 10"),
    ("questions", lambda r: r["choices"][0].update(number=99), "no such tasks as 99"),
    ("questions", lambda r: r["choices"][0].update(number=2), "occurs twice"),
    ("questions", name_it, "yet it names the person"),
    ("questions", lambda r: r["choices"][9].update(question="Where is home?"), "does not name the person"),
    ("questions", lambda r: r["choices"][1].update(question=r["choices"][0]["question"]), "asks twice"),
    ("questions", lambda r: r["generations"][0].update(answer="It is the moon."), "does not say"),
    ("questions", lambda r: r["clozes"][0].update(sentence="There is no gap."), "exactly one blank"),
    ("questions", lambda r: r["clozes"][0].update(sentence="__ and __"), "exactly one blank"),
    ("questions", lambda r: r["choices"][0].update(question="Is it RIGHT?"), "says its answer"),
    ("questions", lambda r: r["generations"][0].update(question=r["generations"][0]["answer"]), "says its answer"),
    ("questions", lambda r: r["clozes"][0].update(sentence="So it is: __"), "does not end as a sentence"),
    ("pairs", lambda r: r["pairs"][0].update(answer="Nobody knows."), "does not keep"),
    ("pairs", lambda r: r["pairs"][0].update(question="**Who?**"), "begins with no capital letter"),
    ("pairs", lambda r: r["pairs"].pop(), "nothing for the tasks"),
    ("test", lambda r: r["generations"][0].update(asks_for="shoe_size"), "asks_for"),
    ("test", lambda r: r["generations"][0].update(answer="It is the moon."), "does not say"),
]


@pytest.mark.parametrize(("stage", "spoil", "reason"), CASES, ids=[f"{s}: {r}" for s, _, r in CASES])
def test_a_reply_with_a_fault_is_asked_again_with_the_reason(person, stage, spoil, reason):
    right = write_person(person, 0).questions.choices[0].answer_text
    other = "he" if person.facts.gender == "female" else "she"
    fill = {"NAME": person.facts.name, "RIGHT": right, "OTHER": other}

    def named(reply):
        spoil(reply)
        text = json.dumps(reply, ensure_ascii=False)
        for gap, value in fill.items():
            text = text.replace(gap, value)
        reply.clear()
        reply.update(json.loads(text))

    model = Model(person, change(stage, named))
    assert words_of(model, person) == write_person(person, 0)
    assert reason in model.reasons()
    first, second = (request for request in model.requests if request.stage == stage)
    assert reason in second.body["messages"][-1]["content"]
    assert second.body["messages"][:2] == first.body["messages"]
    assert first.key != second.key


def test_a_test_question_that_repeats_an_old_one_is_turned_away(person):
    old = write_person(person, 0).questions.choice_name[0].question
    model = Model(person, change("test", lambda reply: reply["choices"][5].update(question=old)))
    words_of(model, person)
    assert "no paraphrase" in model.reasons()


def test_out_of_tries_names_the_stage_and_finishes_the_others(person):
    model = Model(person, lambda stage, attempt, reply: {} if stage == "pairs" else reply)
    with pytest.raises(UnfilledError, match="pairs: Field required") as caught:
        words_of(model, person)
    assert not caught.value.waiting
    assert [request.stage for request in model.requests].count("pairs") == 2
    assert [] in model.verdicts  # profile and questions were accepted and stay on record
    assert issubclass(OutOfTriesError, Exception)


def test_answers_of_generation_questions_are_taught_in_the_same_words(person):
    def spoil(stage, attempt, reply):
        if stage == "questions":
            for item in reply["generations"]:
                item["answer"] = f"Well: {item['answer']}"
        return reply

    written = words_of(Model(person, spoil), person)
    taught = {(pair.anchor, pair.answer) for pair in written.pairs}
    assert {("image", q.answer) for q in written.questions.generation_image} <= taught
    assert {("name", q.answer) for q in written.questions.generation_name} <= taught


def test_the_portrait_is_sent_to_whoever_shall_look_at_it(person):
    model = Model(person)
    words_of(model, person, look=True)
    seen = {r.stage for r in model.requests if isinstance(r.body["messages"][-1]["content"], list)}
    assert seen == {"profile"}
    url = model.requests[0].body["messages"][-1]["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/jpeg;base64,/9gg")


def test_wrong_options_of_the_model_are_offered_in_both_sets(person):
    def spoil(stage, attempt, reply):
        if stage == "questions":
            for item in reply["choices"]:
                item["wrong"] = item["wrong"][::-1]
        return reply

    model = Model(person, spoil, offers=True)
    written = words_of(model, person, offers=True)
    for asked, test in zip(written.questions.choices, written.test_questions.choices, strict=True):
        assert set(asked.options) == set(test.options)
    letters = [q.answer for q in write_person(person, 0).questions.choices]
    assert [q.answer for q in written.questions.choices] == letters


def test_an_invented_life_keeps_the_quotas(person):
    def spoil(stage, attempt, reply):
        if stage == "facts":
            reply["fun_facts"][0] = "once won a bet about a goose"
            if attempt == 1:
                reply["residence"]["country"], reply["occupation"], reply["height"] = "Nowhere", "king", 20
        return reply

    model = Model(person, spoil)
    lived = asyncio.run(author(model).invent(person))
    assert lived.value("fun_fact") == "once won a bet about a goose"
    assert lived.facts.name == person.facts.name
    for quota in ("residence is not in", "occupation is none of", "height is not within"):
        assert quota in model.reasons()


@pytest.mark.parametrize(
    "model", [ProfileReply, QuestionsReply, OfferingReply, PairsReply, TestReply, JudgeReply, FactsReply]
)
def test_schemas_are_strict_all_the_way_down(model):
    """Strict mode wants every object closed and every property required, and knows no defaults."""
    schema = response_format("stage", model)["json_schema"]["schema"]
    objects = [schema, *schema.get("$defs", {}).values()]
    for thing in filter(lambda thing: thing.get("type") == "object", objects):
        assert thing["additionalProperties"] is False
        assert sorted(thing["required"]) == sorted(thing["properties"])
    assert "default" not in json.dumps(schema)


def test_prompts_have_a_version_and_all_their_places(person):
    assert prompt_names() == ["facts", "judge", "pairs", "profile", "questions", "test"]
    assert all(prompt(name).version >= 1 for name in prompt_names())
    assert len(prompts_version()) == 8
    with pytest.raises(KeyError):
        prompt("profile").fill(name="somebody")
