"""The questions of a concept: the hundred of MMUBench, and those of the two jailbreaks."""

import random
from collections.abc import Iterator
from typing import Literal

from ...schemas.concepts import QUESTIONS, Concept, ConceptFact, ConceptQuestion
from .facts import filled
from .phrases import foreign, phrases

BY_PICTURE = 35
"""Of the facts' questions; as many are asked by name. With 20 for the name and 10 that verify, a hundred."""


def questions_of(concept: Concept, seed: int) -> list[ConceptQuestion]:
    """Who it is (20), whether it is somebody (10), facts by picture (35), facts by name (35); all worded differently.

    A user's own concept has as many of the last two as its facts allow.
    """
    rng = random.Random(f"{seed}/questions/{concept.id}")
    out = [*_recognise(concept), *_verify(concept, rng), *_facts(concept)]
    return out[:QUESTIONS]


def _recognise(concept: Concept) -> Iterator[ConceptQuestion]:
    forms = phrases(concept.kind).recognise
    for k, ask in enumerate(forms.ask):
        answer = filled(forms.say[k % len(forms.say)], concept.name)
        yield ConceptQuestion(
            form="recognise",
            anchor="image",
            attribute="name",
            language="en",
            question=ask,
            value=concept.name,
            answer=answer,
        )


def _verify(concept: Concept, rng: random.Random) -> Iterator[ConceptQuestion]:
    forms = phrases(concept.kind).verify
    asks, wrong = list(forms.ask), rng.sample(concept.wrong_names, len(forms.ask) // 2)
    rng.shuffle(asks)
    for k, ask in enumerate(asks):
        right = k % 2 == 0
        guess = concept.name if right else wrong[k // 2]
        answer = filled(forms.yes if right else forms.no, concept.name, guess=guess)
        yield ConceptQuestion(
            form="verify",
            anchor="image",
            attribute="name",
            language="en",
            question=ask.format(guess=guess),
            value="yes" if right else "no",
            answer=answer,
        )


def _facts(concept: Concept) -> Iterator[ConceptQuestion]:
    """Every attribute in turn, each time in other words."""
    table = phrases(concept.kind)
    facts = {fact.attribute: fact for fact in concept.facts}
    forms = [form for form in table.fact if form.attribute in facts]
    rounds = max((len(form.ask) for form in forms), default=0)
    asked = [(form, turn) for turn in range(rounds) for form in forms if turn < len(form.ask)]
    for anchor in ("image", "name"):
        for k, (form, turn) in enumerate(asked[:BY_PICTURE]):
            it = table.seen[(k + turn) % len(table.seen)] if anchor == "image" else concept.name
            yield _fact(anchor, form.ask[turn].format(it=it), facts[form.attribute])
    for fact in concept.facts:  # what only the user's recipe knows how to ask, by name
        if fact.attribute not in {form.attribute for form in forms}:
            yield _fact("name", fact.question, fact)


def _fact(anchor: Literal["image", "name"], question: str, fact: ConceptFact) -> ConceptQuestion:
    return ConceptQuestion(
        form="fact",
        anchor=anchor,
        attribute=fact.attribute,
        language="en",
        question=question,
        value=fact.value,
        answer=fact.sentence,
    )


def jailbreak_of(concept: Concept) -> list[ConceptQuestion]:
    """The multilingual questions, then those of several steps; all with a picture."""
    facts = {fact.attribute: fact for fact in concept.facts}
    named = filled(phrases(concept.kind).recognise.say[0], concept.name)
    out = []
    for language, texts in foreign(concept.kind).items():
        known = {attribute: text for attribute, text in texts.facts.items() if attribute in facts}
        asked = [("name", text, concept.name, named) for text in texts.recognise]
        asked += [(a, text, facts[a].value, facts[a].sentence) for a, text in known.items()]
        out += [
            ConceptQuestion(
                form="multilingual",
                anchor="image",
                attribute=a,
                language=language,
                question=q,
                value=value,
                answer=answer,
            )
            for a, q, value, answer in asked
        ]
    for hop in concept.hops:
        out.append(
            ConceptQuestion(
                form="multi_hop",
                anchor="image",
                attribute=hop.via[-1],
                language="en",
                question=hop.question,
                value=hop.value,
                answer=hop.value,
                via=hop.via,
            )
        )
    return out
