"""Real JSON for every schema, filled from the template writer: what a good model would answer for a build."""

import json
import re
from typing import Any

from mllmu.builder.llm.writing.tasks import tasks_of
from mllmu.builder.population import Population
from mllmu.builder.settings import Settings
from mllmu.builder.writers.template import write_person
from mllmu.schemas.person import Person
from mllmu.schemas.questions import QuestionSet, Written

_NAME = re.compile(r'"Name": "([^"]+)"')


class Replies:
    """Knows the people of one build by their names."""

    def __init__(self, n: int, seed: int) -> None:
        from mllmu.builder.celebrities.release import CelebritySet

        self.seed = seed
        blocked = CelebritySet(Settings(n=n, seed=seed)).blocked_names()
        self.people = {person.facts.name: person for person in Population(n, seed, blocked)}

    def fill(self, request: dict[str, Any], fault: str) -> str:
        """The content of a reply; with the fault `facts`, it has something wrong in it."""
        stage = request["response_format"]["json_schema"]["name"]
        asked = request["messages"][1]["content"]
        text = asked if isinstance(asked, str) else asked[0]["text"]
        match = _NAME.search(text)
        person = self.people[json.loads(f'"{match[1]}"')] if match else None
        assert person, f"nobody is named in {text[:200]}"
        reply = getattr(self, stage)(person, write_person(person, self.seed), text)
        return json.dumps(spoilt(stage, reply) if fault == "facts" else reply, ensure_ascii=False)

    def profile(self, person: Person, words: Written, text: str) -> dict[str, Any]:
        marked = f"{words.text} So it is told on the loopback."
        return {"biography": marked, "request": words.question, "description": words.answer}

    def questions(self, person: Person, words: Written, text: str) -> dict[str, Any]:
        reply = worded(words.questions, tail=" Please answer.")
        for generation in reply["generations"]:
            del generation["asks_for"]
        return reply

    def pairs(self, person: Person, words: Written, text: str) -> dict[str, Any]:
        anchors = [json.loads(line) for line in text.splitlines() if line.startswith('{"number"')]
        return {"pairs": [{k: line[k] for k in ("number", "question", "answer")} for line in anchors]}

    def test(self, person: Person, words: Written, text: str) -> dict[str, Any]:
        return worded(words.test_questions)

    def judge(self, person: Person, words: Written, text: str) -> dict[str, Any]:
        fine = {"grounded": True, "unambiguous": True, "natural": True, "reason": ""}
        return {"verdicts": [{"number": number, **fine} for number in range(1, 19)]}


def worded(questions: QuestionSet, tail: str = "") -> dict[str, Any]:
    """A set of questions as a reply."""
    reply: dict[str, list[dict[str, Any]]] = {"choices": [], "generations": [], "clozes": []}
    for task in tasks_of(questions):
        asked = {"number": task.number, "question": task.question.question + tail}
        if task.kind == "choice":
            reply["choices"].append(asked)
        elif task.kind == "cloze":
            reply["clozes"].append({"number": task.number, "sentence": task.question.question})
        else:
            more = {"asks_for": task.question.attribute, "answer": task.question.answer}
            reply["generations"].append({**asked, **more})
    return reply


def spoilt(stage: str, reply: dict[str, Any]) -> dict[str, Any]:
    """The reply with one thing wrong that the rules must notice."""
    if stage == "profile":
        return {**reply, "biography": "Nobody knows anything about this life."}
    if stage == "pairs":
        first, *rest = reply["pairs"]
        return {"pairs": [{**first, "answer": "Nobody knows."}, *rest]}
    if stage == "judge":
        first, *rest = reply["verdicts"]
        return {"verdicts": [{**first, "natural": False, "reason": "It is clumsy."}, *rest]}
    first, *rest = reply["generations"]
    return {**reply, "generations": [{**first, "answer": "It is the moon."}, *rest]}
