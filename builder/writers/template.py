"""The offline writer: templates, in words that vary from person to person. The same seed gives the same words."""

from collections.abc import Iterable, Iterator
from random import Random

from ...schemas.person import Person
from ...schemas.questions import Written
from .phrases.portrait import DESCRIBE, LOOKS, LOOKS_BY_NAME
from .phrases.table import HEALTHY_PHRASES, PHRASES
from .questions import build_questions, paraphrase_questions
from .text.describe import describe, looks_of
from .text.forms import subject_of
from .text.pairs import write_pairs
from .text.prose import write_prose


class Writer:
    """Writes a person in under a millisecond, with no network."""

    name = "template"
    version = "1"

    def __init__(self, seed: int, name_pairs: bool = True) -> None:
        self._seed = seed
        self._name_pairs = name_pairs

    def write(self, people: Iterable[Person]) -> Iterator[tuple[str, Written]]:
        """The id and the words of each person, in the order given, one at a time."""
        for person in people:
            yield person.id, write_person(person, self._seed, self._name_pairs)


def write_person(person: Person, seed: int, name_pairs: bool = True) -> Written:
    """One person's words, which depend on nothing but the person and the seed.

    Args:
        person: Everything that may be said.
        seed: Draws the phrasings, and which attributes are asked.
        name_pairs: Whether fine-tuning pairs that ask by name are made; without them, the rest stays the same.
    """
    rng = Random(f"words {person.id} {seed}")
    subject = subject_of(person)
    phrases = HEALTHY_PHRASES if person.facts.medical_condition == "none" else PHRASES
    forms = subject.forms
    questions = build_questions(subject, phrases, rng)
    test_questions = paraphrase_questions(questions, subject, phrases, rng)
    text = write_prose(forms, person.facts.fun_facts, rng)
    looks = looks_of(person.appearance, LOOKS, forms, rng)
    looks_by_name = looks_of(person.appearance, LOOKS_BY_NAME, forms, rng)
    request, answer = rng.choice(DESCRIBE), describe(looks, forms, rng)
    pairs = write_pairs(subject, phrases, questions, (request, answer), looks_by_name, rng)
    return Written(
        text=text,
        question=request,
        answer=answer,
        questions=questions,
        test_questions=test_questions,
        pairs=tuple(pair for pair in pairs if name_pairs or pair.anchor != "name"),
    )
