"""Test questions are worded unlike everything the person was trained or asked on, and keep the answer."""

from collections.abc import Iterator

from .base import BaseCheck, Finding, Subject, same


class Check(BaseCheck):
    """Counts test questions."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """A test question must be new in words; a multiple choice keeps its attribute and its right answer."""
        seen = {" ".join(p.question.casefold().split()) for p in subject.pairs}
        seen |= {
            " ".join(q.question.casefold().split()) for q in (*subject.questions.choices, *subject.questions.opens)
        }
        truth = {q.attribute: q.answer_text for q in subject.questions.choices}
        for question in (*subject.test_questions.choices, *subject.test_questions.opens):
            self.tried += 1
            if " ".join(question.question.casefold().split()) in seen:
                yield Finding(subject.id, f"the test question is no paraphrase: {question.question!r}")
        for choice in subject.test_questions.choices:
            if choice.attribute in truth and not same(choice.answer_text, truth[choice.attribute]):
                yield Finding(subject.id, f"{choice.attribute}: the test set says {choice.answer_text!r}")
