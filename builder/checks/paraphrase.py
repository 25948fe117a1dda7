"""Test questions are worded unlike everything the person was trained or asked on, and keep the answer."""

import re
from collections.abc import Iterator

from .base import BaseCheck, Finding, Subject
from .support.words import norm, plain, quoted

_REFERENCE = re.compile(
    r"\b(?:(?:this|the) )?(?:pictured |depicted )?(?:person|individual|man|woman)(?: (?:shown|pictured|depicted|seen))?"
    r"(?: here)?(?: in (?:this|the) (?:image|picture|photo|photograph|portrait))?(?: here)?(?: s)?\b"
)


class Check(BaseCheck):
    """Counts test questions."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """A test question must be new in more than how it names the person; the right answer stays."""
        name = norm(subject.facts.name)
        asked = subject.questions
        before = [pair.question for pair in subject.pairs]
        before += [question.question for question in (*asked.choices, *asked.opens)]
        seen = {_gist(text, name) for text in before}
        truth = {question.attribute: question.answer_text for question in asked.choices}
        for question in (*subject.test_questions.choices, *subject.test_questions.opens):
            self.tried += 1
            if _gist(question.question, name) in seen:
                yield Finding(subject.id, f"the test question is no paraphrase: {quoted(question.question)}")
        for choice in subject.test_questions.choices:
            if choice.attribute in truth and plain(choice.answer_text) != plain(truth[choice.attribute]):
                yield Finding(subject.id, f"{choice.attribute}: the test set says {choice.answer_text!r}")


def _gist(text: str, name: str) -> str:
    """The words of a question with whoever it is about taken out."""
    words = norm(text).replace(f"{name} s", "").replace(name, "")
    return " ".join(_REFERENCE.sub("", words).split())
