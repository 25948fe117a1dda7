"""Real JSON for every schema, filled from the template writer: what a good model would answer for a build."""

import json
from typing import Any

from mllmu.builder.llm.writing.standin import standin
from mllmu.builder.population import Population
from mllmu.builder.settings import Settings
from mllmu.builder.writers.template import write_person
from mllmu.schemas.person import Person

MARK = " So it is told on the loopback."
"""Ends every biography, so that tests see whose words they are."""


class Replies:
    """Knows the people of one build by their names."""

    def __init__(self, n: int, seed: int, picky: bool) -> None:
        from mllmu.builder.celebrity_set import CelebritySet

        self.seed, self.name_pairs, self.picky = seed, True, picky
        blocked = CelebritySet(Settings(n=n, seed=seed)).blocked_names()
        self.people = {person.facts.name: person for person in Population(n, seed, blocked)}

    def fill(self, request: dict[str, Any], fault: str) -> str:
        """The content of a reply; with the fault `facts`, it has something wrong in it."""
        stage = request["response_format"]["json_schema"]["name"]
        asked = request["messages"][1]["content"]
        text = asked if isinstance(asked, str) else asked[0]["text"]
        person = self.named(text)
        offers = "Offer" in json.dumps(request["response_format"])
        reply = standin(stage, person, write_person(person, self.seed, self.name_pairs), offers)
        if stage == "profile":
            reply["biography"] += MARK
        if stage == "judge" and self.picky and int(person.id) % 3 == 0 and "Please answer." not in text:
            reply = spoilt(stage, reply)
        if stage in ("questions", "test"):  # a model would not repeat itself when asked again
            reply["choices"][0]["question"] += " Please answer." * (len(request["messages"]) > 2)
        return json.dumps(spoilt(stage, reply) if fault == "facts" else reply, ensure_ascii=False)

    def named(self, text: str) -> Person:
        """The person that a prompt is about: the first full name in it."""
        places = {text.find(f'"{name}"'): person for name, person in self.people.items() if f'"{name}"' in text}
        return places[min(places)]


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
    if stage == "facts":
        return {**reply, "height": 100}
    first, *rest = reply["generations"]
    return {**reply, "generations": [{**first, "answer": "It is the moon."}, *rest]}
