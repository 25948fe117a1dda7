"""Test questions are worded unlike everything the person was trained or asked on, and keep the answer."""

from collections.abc import Iterator

from .base import BaseCheck, Finding, Subject
from .support.words import norm, plain, quoted

_SEEN = {"image", "picture", "photo", "photograph", "portrait", "shown", "pictured", "depicted", "seen"}
_REFERENCE = frozenset({"the", "this", "in", "here", "s", "person", "individual", "man", "woman"} | _SEEN)
"""Words by which a question points at the person; changing them is no paraphrase."""


class Check(BaseCheck):
    """Counts test questions."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """A test question must be new in more than how it names the person; the right answer stays."""
        without = _REFERENCE.union(norm(subject.facts.name).split())
        asked = subject.questions
        before = [pair.question for pair in subject.pairs]
        before += [question.question for question in (*asked.choices, *asked.opens)]
        seen = {_gist(text, without) for text in before}
        truth = {question.attribute: question.answer_text for question in asked.choices}
        for question in (*subject.test_questions.choices, *subject.test_questions.opens):
            self.tried += 1
            if _gist(question.question, without) in seen:
                yield Finding(subject.id, f"the test question is no paraphrase: {quoted(question.question)}")
        for choice in subject.test_questions.choices:
            if choice.attribute in truth and plain(choice.answer_text) != plain(truth[choice.attribute]):
                yield Finding(subject.id, f"{choice.attribute}: the test set says {choice.answer_text!r}")


def _gist(text: str, without: frozenset[str]) -> tuple[str, ...]:
    """The words of a question but for those that say whom it is about."""
    return tuple([word for word in norm(text).split() if word not in without])
