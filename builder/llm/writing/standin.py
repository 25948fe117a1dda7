"""Replies made of the plan's own words: what a model's would be like, for estimates and for endpoints that play one."""

from typing import Any

from ....schemas.person import ATTRIBUTES, Person
from ....schemas.questions import QuestionSet, Written
from .tasks import tasks_of


def standin(stage: str, person: Person, words: Written, offers: bool = False) -> dict[str, Any]:
    """The reply of one stage, as its schema has it; with `offers`, the wrong options too."""
    match stage:
        case "facts":
            return _life(person)
        case "profile":
            return {"biography": words.text, "request": words.question, "description": words.answer}
        case "questions":
            return _worded(words.questions, offers, attributes=False)
        case "pairs":
            numbered = enumerate(words.pairs, 1)
            return {"pairs": [{"number": k, "question": p.question, "answer": p.answer} for k, p in numbered]}
        case "test":
            return _worded(words.test_questions, offers=False, attributes=True)
        case "judge":
            fine = {"grounded": True, "unambiguous": True, "natural": True, "reason": ""}
            return {"verdicts": [{"number": number, **fine} for number in range(1, 19)]}
    raise ValueError(f"no stage is called {stage!r}")


def _worded(questions: QuestionSet, offers: bool, attributes: bool) -> dict[str, Any]:
    reply: dict[str, list[dict[str, Any]]] = {"choices": [], "generations": [], "clozes": []}
    for task in tasks_of(questions):
        asked = {"number": task.number, "question": task.question.question}
        if task.kind == "choice":
            reply["choices"].append({**asked, **({"wrong": task.wrong} if offers else {})})
        elif task.kind == "cloze":
            reply["clozes"].append({"number": task.number, "sentence": task.question.question})
        else:
            fact = {"asks_for": task.question.attribute} if attributes else {}
            reply["generations"].append({**asked, **fact, "answer": task.question.answer})
    return reply


def _life(person: Person) -> dict[str, Any]:
    facts = person.facts.model_dump(mode="json", exclude={"name", "gender", "date_of_birth", "parents"})
    facts["hobbies"] = _first(person.facts.hobbies, person.asked["hobby"])
    facts["fun_facts"] = _first(person.facts.fun_facts, person.asked["fun_fact"])
    parents = person.facts.parents.model_dump()
    wrong = [{"attribute": attribute, "values": list(person.decoys[attribute])} for attribute in ATTRIBUTES]
    return {**facts, **parents, "wrong": wrong}


def _first(values: tuple[str, ...], place: int) -> list[str]:
    """The values, with that in `place` first."""
    return [values[place], *values[:place], *values[place + 1 :]]
