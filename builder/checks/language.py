"""Texts read clean: no gaps, braces or empty texts, whole sentences, `a` and `an` as they are said."""

import re
from collections.abc import Iterable, Iterator

from ...schemas.questions import QuestionSet
from ..rows import Row
from .base import BaseCheck, Figure, Finding, Subject
from .support.words import quoted

_FAULTS = re.compile(
    r"(?P<brace>[{}])"
    r"|(?P<gap>(?<=\S)[ \t\u00a0]{2,}| +$|^ +)"
    r"|(?P<space> [,.;:?!](?!\w))"
    r"|(?P<stop>\.\.(?!\.)(?<!\.\.\.)|,,|\?\?|,\.|\.,)"
    r"|(?P<twice>\b(?P<word>(?:the|an?|of|in|at|is|was|and|with|for|to|by|as))\s+(?P=word)\b)"
    r"|(?P<a>\b[Aa] (?!(?i:one|once|oui|ou?a|eu|ew|u))[aeiouAEIO][a-z])"
    r"|(?P<an>\b[Aa]n (?!(?i:h))(?:[b-df-hj-np-tv-z][a-z]|[B-DF-HJ-NP-TV-Z][a-z]))"
    r"|(?P<none>\b(?:None|nan|null|undefined)\b(?! (?:is|of|known)|:|\.))",
    re.MULTILINE,
)
_WHAT = {
    "brace": "has a brace left over from a template",
    "gap": "has spaces too many",
    "space": "has a space before a punctuation mark",
    "stop": "has two punctuation marks in a row",
    "twice": "says a word twice",
    "a": "has `a` before a vowel",
    "an": "has `an` before a consonant",
    "none": "has a program's word for nothing",
}
_BEGINS = re.compile(r"[^\Wa-z_]|[\"“‘'(¿]|__")
_PAIRED = (("(", ")"), ("[", "]"), ("“", "”"))


class Check(BaseCheck):
    """Counts texts."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Prose, description, questions, answers and pairs of one person; options and blanks are no sentences."""
        yield from self._row(subject.id, subject.rows.profile, subject.text, subject.questions)
        yield from self._questions(subject.id, subject.test_questions)
        questions = [pair.question for pair in subject.pairs]
        yield from self._read(subject.id, questions, sentences=True)
        yield from self._read(subject.id, (pair.answer for pair in subject.pairs), sentences=False)

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The same of a celebrity's row."""
        yield from self._row(figure.id, figure.row, figure.text, figure.questions)

    def _row(self, where: str, row: Row, prose: str, questions: QuestionSet) -> Iterator[Finding]:
        yield from self._read(where, (prose, row["question"], row["answer"]), sentences=True)
        yield from self._questions(where, questions)

    def _questions(self, where: str, q: QuestionSet) -> Iterator[Finding]:
        asked = [question.question for question in (*q.choices, *q.opens)]
        told = [question.answer for question in (*q.generation_image, *q.generation_name)]
        yield from self._read(where, asked, sentences=True)
        yield from self._read(where, told, sentences=False)
        yield from self._read(where, [o for c in q.choices for o in c.options], sentences=False)

    def _read(self, where: str, texts: Iterable[str], sentences: bool) -> Iterator[Finding]:
        for text in texts:
            self.tried += 1
            fault = _fault(text) or (_sentence_fault(text) if sentences else "")
            if fault:
                yield Finding(where, f"the text {fault}: {quoted(text)}")


def _fault(text: str) -> str:
    if not text.strip():
        return "is empty"
    found = _FAULTS.search(text)
    if found:
        kind = next(name for name in _WHAT if found[name])
        return f"{_WHAT[kind]} (…{text[max(0, found.start() - 12) : found.end() + 12]}…)"
    uneven = any(text.count(left) != text.count(right) for left, right in _PAIRED) or text.count('"') % 2
    return "opens a bracket or quotation that it does not close" if uneven else ""


def _sentence_fault(text: str) -> str:
    if not _BEGINS.match(text):
        return "begins with no capital letter"
    return "" if text.endswith((".", "?", "!", ":", '."', '?"')) else "does not end as a sentence does"
