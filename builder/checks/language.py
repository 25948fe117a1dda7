"""Texts read clean: no gaps, braces or empty texts, whole sentences, `a` and `an` as they are said."""

import re
from collections.abc import Iterable, Iterator

from ...schemas.questions import QuestionSet
from ..rows import Row
from .base import BaseCheck, Figure, Finding, Subject
from .support.english import fault, sentence_fault, spotless
from .support.words import quoted


class Check(BaseCheck):
    """Counts texts; what a person's row says twice counts once."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Prose, description, questions, answers and pairs of one person; options and answers are no sentences."""
        sentences = [subject.text, *_sentences(subject.rows.profile, subject.questions, subject.test_questions)]
        others = [*_others(subject.questions), *_others(subject.test_questions)]
        sentences += [pair.question for pair in subject.pairs]
        others += [pair.answer for pair in subject.pairs]
        if "An" in subject.facts.name.split():  # a Vietnamese name; a sentence that begins with it has no article
            sentences, others = ([re.sub(r"\bAn\b", "Ann", text) for text in texts] for texts in (sentences, others))
        yield from self._read(subject.id, sentences, others)

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The same of a celebrity's row."""
        sentences = [figure.text, *_sentences(figure.row, figure.questions)]
        yield from self._read(figure.id, sentences, _others(figure.questions))

    def _read(self, where: str, sentences: Iterable[str], others: Iterable[str]) -> Iterator[Finding]:
        sentences = dict.fromkeys(sentences)
        texts = sentences | dict.fromkeys(others)
        self.tried += len(texts)
        clean = spotless(texts)
        for text in texts:
            wrong = "" if clean else fault(text)
            if text in sentences:
                wrong = wrong or sentence_fault(text)
            if wrong:
                yield Finding(where, f"the text {wrong}: {quoted(text)}")


def _sentences(row: Row, *asked: QuestionSet) -> Iterator[str]:
    yield from (row["question"], row["answer"])
    for q in asked:
        yield from (question.question for question in (*q.choices, *q.opens))


def _others(q: QuestionSet) -> Iterator[str]:
    yield from (question.answer for question in q.opens)
    yield from (option for choice in q.choices for option in choice.options)
