"""What open questions expect and what the pairs teach is in the biography, and everything asked is taught."""

from collections.abc import Iterator

from ...schemas.questions import Open, QuestionSet
from .base import BaseCheck, Figure, Finding, Subject
from .support.values import parts, truths, truths_of_figure
from .support.words import holds, norm, quoted, tells


class Check(BaseCheck):
    """Counts expected answers."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Answers of both rows against the facts, the prose against the name, the pairs against what is asked."""
        if subject.rows.test["biography"] != subject.rows.profile["biography"]:
            yield Finding(subject.id, "the test row has another biography than the profile row")
        prose = norm(subject.text)
        if not holds(prose, norm(subject.facts.name)):
            yield Finding(subject.id, f"the prose never says the name {subject.facts.name!r}")
        for questions in (subject.questions, subject.test_questions):
            for question in (*questions.generation_image, *questions.generation_name):
                self.tried += 1
                yield from self._told(subject, question)
            for question in (*questions.cloze_image, *questions.cloze_name):
                self.tried += 1
                yield from self._hidden(subject, question)
        for value in dict.fromkeys(_asked(subject.questions)):
            self.tried += 1
            if not holds(prose, value):
                yield Finding(subject.id, f"the prose never says {value!r}, which is asked")
        yield from self._taught(subject)

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The answers to a celebrity's open questions against the facts."""
        q = figure.questions
        for question in q.opens:
            self.tried += 1
            truth = [norm(value) for value in truths_of_figure(figure.facts, question.attribute)]
            told = norm(question.answer).removeprefix("the ")  # as it stands in a sentence: the Netherlands
            blanked = question in q.cloze_image or question in q.cloze_name
            if not (any(holds(value, told) for value in truth) if blanked else holds(told, truth[0])):
                yield Finding(figure.id, f"{question.attribute}: {quoted(question.answer)} is not {truth[0]!r}")

    def _told(self, subject: Subject, question: Open) -> Iterator[Finding]:
        truth, told = truths(subject.facts, question.attribute), norm(question.answer)
        asked = question.question
        said = [value for value in truth if holds(told, norm(value))]
        if not said:
            yield Finding(subject.id, f"{question.attribute}: {quoted(question.answer)} does not say {truth[0]!r}")
        if said and all(tells(asked, value, subject.facts.name) for value in said):
            yield Finding(subject.id, f"{question.attribute}: the question says its answer: {quoted(asked)}")

    def _hidden(self, subject: Subject, question: Open) -> Iterator[Finding]:
        facts, attribute = subject.facts, question.attribute
        answer = norm(question.answer).removeprefix("the ")
        if not any(holds(norm(value), answer) for value in (*truths(facts, attribute), *parts(facts, attribute))):
            yield Finding(subject.id, f"{attribute}: the blank hides {question.answer!r}, which is not in the fact")

    def _taught(self, subject: Subject) -> Iterator[Finding]:
        """What is asked by image must be among the pairs by image, what is asked by name among those by name."""
        lessons = {
            anchor: norm("\n".join(pair.answer for pair in subject.pairs if pair.anchor == anchor))
            for anchor in ("image", "name")
        }
        by_image, by_name = _halves(subject.questions)
        if not lessons["name"]:  # a release that teaches faces only
            by_image, by_name = {**by_image, **by_name}, {}
        for anchor, asked in (("image", by_image), ("name", by_name)):
            for value, attribute in asked.items():
                self.tried += 1
                if not holds(lessons[anchor], value):
                    yield Finding(subject.id, f"{attribute}: no pair by {anchor} teaches {value!r}, which is asked")


def _asked(questions: QuestionSet) -> Iterator[str]:
    """Right options and blanks, as words."""
    for half in _halves(questions):
        yield from half


def _halves(q: QuestionSet) -> tuple[dict[str, str], dict[str, str]]:
    """Right options and blanks of the questions by image and by name, each with its attribute."""
    by_image = {norm(c.answer_text): c.attribute for c in q.choice_image} | {
        norm(o.answer): o.attribute for o in q.cloze_image
    }
    by_name = {norm(c.answer_text): c.attribute for c in q.choice_name} | {
        norm(o.answer): o.attribute for o in q.cloze_name
    }
    return by_image, by_name
