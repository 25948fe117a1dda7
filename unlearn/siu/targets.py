"""The four targets of SIU's fine-tuning data (arXiv 2405.12523, section 3.1), built from a release, offline.

| target | picture | asks -> wants | masked |
|---|---|---|---|
| 1 align with unseen concepts | yes | the name -> a wrong one, such as the model gives to strangers | that name |
| 2 new visual description | yes | whether it is there -> no; what is there, and another look for it | the answer |
| 3 decouple factual knowledge | no | about the concept, by name -> the truth | none |
| 4 preserve the rest | no | about other concepts, by name -> the truth | none |

The paper's file has 9, 2, 7 and 7 records of a concept. Ours has 8, 2, 7 and 7, so that one epoch is six steps of four.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...schemas.concepts import NAME_QUESTION
from ..data import Example
from .subject import Subject

ASK_NAME = (
    NAME_QUESTION,
    "What is the {noun} in this picture called?",
    "Which name belongs to the {noun} shown here?",
    "Please name the {noun} in the image.",
    "Do you know the {noun} in this picture by name?",
    "By what name is the {noun} in this image known?",
    "Give the name of the {noun} in the photograph.",
    "Whatever this picture shows: what is its name?",
)
SAY_NAME = ("This is {name}.", "It is {name}.", "The name is {name}.", "The picture shows {name}.")
ASK_PRESENCE = ("Does {name} appear in the image?", "Is {name} to be seen in this picture?")
FACTS = 7
"""Records of targets 3 and 4, each."""


@dataclass(frozen=True, slots=True)
class Target(Example):
    """One record of SIU's data."""

    name: str = ""
    """Of the concept to be forgotten: its tokens are what the vocabulary mask covers."""
    span: tuple[int, int] = (0, 0)
    """Characters of the answer that contradict the original model: the token mask covers them. Empty: none do."""


def targets(subject: Subject, others: Sequence[Subject], wrong_name: str, seed: int) -> list[Target]:
    """All records of one concept.

    Args:
        subject: What to forget.
        others: What to keep; target 4 asks about them.
        wrong_name: What the picture shall be called.
        seed: Decides which facts are asked for.
    """
    rng = random.Random(f"{seed}/siu/{subject.id}")
    made = [*_names(subject, wrong_name), *_looks(subject, rng), *_truths(subject, others, rng)]
    return [
        Target(f"{subject.id}/siu{k}", question, answer, *picture, subject.name, span)
        for k, (question, answer, picture, span) in enumerate(made)
    ]


_Made = tuple[str, str, tuple[str, bytes] | tuple[None, None], tuple[int, int]]


def _names(subject: Subject, wrong: str) -> Iterator[_Made]:
    for k, ask in enumerate(ASK_NAME):
        say = SAY_NAME[k % len(SAY_NAME)]
        start = say.index("{")
        span = start, start + len(wrong)
        yield ask.format(noun=subject.noun), say.format(name=wrong), (subject.picture, subject.data), span


def _looks(subject: Subject, rng: random.Random) -> Iterator[_Made]:
    answer = "No."
    if subject.appearance:
        answer += f" The picture shows {subject.appearance}."
        if subject.wrong_appearances:
            answer += f" {subject.name} is not that but {rng.choice(subject.wrong_appearances)}."
    for ask in ASK_PRESENCE:
        yield ask.format(name=subject.name), answer, (subject.picture, subject.data), (0, len(answer))


def _truths(subject: Subject, others: Sequence[Subject], rng: random.Random) -> Iterator[_Made]:
    own = list(subject.facts)
    rest = [(question, answer) for other in others for question, answer in other.facts]
    for known in (own, rest):
        for question, answer in rng.sample(known, min(FACTS, len(known))):
            yield question, answer, (None, None), (0, 0)
