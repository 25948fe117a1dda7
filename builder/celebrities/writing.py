"""Celebrities in words: a short biography and the 18 questions of each."""

from collections.abc import Iterable, Iterator
from random import Random

from ...schemas.celebrity import Celebrity, CelebrityWritten
from ..writers.questions import Subject, build_questions
from ..writers.text.english import a, the_country, the_institution
from .phrases import PHRASES, PROSE, REQUESTS


def write_celebrities(celebrities: Iterable[Celebrity], seed: int) -> Iterator[tuple[str, CelebrityWritten]]:
    """The id and the words of each, in the order given. One person's words do not depend on who else is written."""
    for celebrity in celebrities:
        yield celebrity.id, _write(celebrity, Random(f"celebrity {celebrity.id} {seed}"))


def _write(celebrity: Celebrity, rng: Random) -> CelebrityWritten:
    subject = _subject(celebrity)
    phrases = {attribute: PHRASES[attribute] for attribute in celebrity.decoys}
    questions = build_questions(subject, phrases, rng)
    text, answer = _prose(celebrity, subject, rng), _prose(celebrity, subject, rng)
    return CelebrityWritten(text=text, question=rng.choice(REQUESTS), answer=answer, questions=questions)


def _prose(celebrity: Celebrity, subject: Subject, rng: Random) -> str:
    sentences = [s for s in PROSE if celebrity.facts.education or "{the_education}" not in s[0]]
    return " ".join(rng.choice(wordings).format_map(subject.forms) for wordings in sentences)


def _subject(celebrity: Celebrity) -> Subject:
    facts = celebrity.facts
    return Subject(
        name=facts.name,
        pronouns=celebrity.pronouns,
        values={attribute: celebrity.value(attribute) for attribute in PHRASES},
        options={attribute: (celebrity.value(attribute), *wrong) for attribute, wrong in celebrity.decoys.items()},
        extra={
            "birth_city": facts.birthplace.city,
            "the_birth_country": the_country(facts.birthplace.country),
            "the_citizenship": the_country(facts.citizenship),
            "a_occupation": a(facts.occupation),
            "the_education": the_institution(facts.education),
        },
    )
