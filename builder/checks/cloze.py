"""A cloze has one blank, whose answer shows nowhere else in it; one fact of the person alone fills it."""

import re
from collections.abc import Iterator

from ...schemas.person import Facts
from ...schemas.questions import BLANK, Open, QuestionSet
from .base import BaseCheck, Figure, Finding, Subject
from .support.values import parts, truths
from .support.words import holds, norm, quoted

_ARTICLE = re.compile(rf"\ban? {BLANK}", re.IGNORECASE)
_SAYS_WHICH = {
    "birthplace": re.compile(r"\b(?:city|town|village|municipality|country|nation|region|state|province|county)\b"),
    "date_of_birth": re.compile(r"\b(?:year|month|day|date)\b"),
    "father": re.compile(r"\b(?:father|dad|papa)"),
    "mother": re.compile(r"\b(?:mother|mum|mom|mama)"),
}
_SAYS_WHICH["residence"] = _SAYS_WHICH["birthplace"]


class Check(BaseCheck):
    """Counts cloze questions."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Both rows of the person."""
        for questions in (subject.questions, subject.test_questions):
            for cloze in self._clozes(questions):
                yield from _sound(subject.id, cloze)
                rival = _rival(subject.facts, cloze)
                if rival:
                    yield Finding(
                        subject.id, f"{cloze.attribute}: {rival!r} fills the blank too: {quoted(cloze.question)}"
                    )

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The blank alone; which facts a celebrity has is not known here."""
        for cloze in self._clozes(figure.questions):
            yield from _sound(figure.id, cloze)

    def _clozes(self, questions: QuestionSet) -> Iterator[Open]:
        for cloze in (*questions.cloze_image, *questions.cloze_name):
            self.tried += 1
            yield cloze


def _sound(where: str, cloze: Open) -> Iterator[Finding]:
    if cloze.question.count(BLANK) != 1 or "___" in cloze.question:
        yield Finding(where, f"there is not exactly one blank {BLANK}: {quoted(cloze.question)}")
    if not norm(cloze.answer):
        yield Finding(where, f"nothing belongs in the blank: {quoted(cloze.question)}")
    if holds(norm(cloze.question), norm(cloze.answer)):
        yield Finding(where, f"the sentence shows its answer {cloze.answer!r}: {quoted(cloze.question)}")
    if _ARTICLE.search(cloze.question):
        yield Finding(where, f"the article before the blank hints at the answer: {quoted(cloze.question)}")


def _rival(facts: Facts, cloze: Open) -> str:
    """Another fact of the person that fills the blank as well; empty when there is none."""
    attribute, answer, sentence = cloze.attribute, norm(cloze.answer), norm(cloze.question)
    if attribute in ("hobby", "fun_fact"):
        return _rival_of_many(truths(facts, attribute), answer, sentence)
    others = [part for part in parts(facts, attribute) if norm(part) != answer]
    parent = attribute.split("_")[0]
    if parent in ("father", "mother"):
        other = facts.parents.mother if parent == "father" else facts.parents.father
        rival = other.name if attribute.endswith("name") else other.occupation
        clues = [*others, other.name, other.occupation]
        says_which = _SAYS_WHICH[parent].search(sentence)
    elif attribute in _SAYS_WHICH and len(others) < len(parts(facts, attribute)):  # a part is hidden, not the whole
        rival, clues = (others[-1] if others else ""), others
        says_which = _SAYS_WHICH[attribute].search(sentence)
    else:
        return ""
    return "" if says_which or any(holds(sentence, norm(clue)) for clue in clues) else rival


def _rival_of_many(values: tuple[str, ...], answer: str, sentence: str) -> str:
    """With several hobbies, a blank stands for one only if the others, or the rest of that one, are named."""
    for value in values:
        rest = set(norm(value).split()) - set(answer.split())
        if holds(norm(value), answer) and rest and rest <= set(sentence.split()):
            return ""
    unnamed = (value for value in values if norm(value) != answer and not holds(sentence, norm(value)))
    return next(unnamed, "")
