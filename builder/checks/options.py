"""The four options differ, are of one kind and of plausible size; the right one is the fact, the others are not."""

from collections.abc import Iterator

from ...schemas.person import REFERENCE_DATE, Facts
from ...schemas.questions import MultipleChoice
from .base import BaseCheck, Figure, Finding, Subject
from .support.values import kind_of, option_truths, truths_of_figure
from .support.words import plain, quoted, tells

_HEIGHTS = range(130, 221)  # as schemas.person.Facts allows
_LIVING_YEARS = range(REFERENCE_DATE.year - 100, REFERENCE_DATE.year - 10)


class Check(BaseCheck):
    """Counts multiple choice questions."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Both rows; the test row must offer the same four, or two releases of a person would give the answer away."""
        judged: dict[str, list[tuple[set[str], str]]] = {}
        for choice in subject.questions.choices:
            judged.setdefault(choice.attribute, []).append(_content(choice))
            yield from self._judge(subject, choice)
        for choice in subject.test_questions.choices:
            before = judged.get(choice.attribute)
            if before and _content(choice) in before:
                self.tried += 1  # the same options, and the same one right: judged already
                continue
            yield from self._judge(subject, choice)
            if before:
                yield Finding(subject.id, f"{choice.attribute}: the test row offers other options than the profile row")
        for choice in (*subject.questions.choices, *subject.test_questions.choices):
            asked = choice.question
            if tells(asked, choice.answer_text, subject.facts.name):
                yield Finding(subject.id, f"{choice.attribute}: the question says its answer: {quoted(asked)}")

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The celebrity's row."""
        for choice in figure.questions.choices:
            self.tried += 1
            yield from _alike(figure.id, choice)
            yield from _true(figure.id, choice, truths_of_figure(figure.facts, choice.attribute)[:1])

    def _judge(self, subject: Subject, choice: MultipleChoice) -> Iterator[Finding]:
        self.tried += 1
        yield from _alike(subject.id, choice)
        yield from _true(subject.id, choice, option_truths(subject.facts, choice.attribute))
        if any(map(str.isdigit, choice.answer_text)):
            yield from _possible(subject.id, choice)
        own = _own_names(subject.facts, choice.attribute)
        for option in choice.options if own else ():
            if plain(option) in own:
                yield Finding(
                    subject.id, f"{choice.attribute}: {option!r} is offered, who is somebody else in the family"
                )


def _content(choice: MultipleChoice) -> tuple[set[str], str]:
    """What is offered, in whatever order, and what counts as right."""
    return set(choice.options), choice.answer_text


def _alike(where: str, choice: MultipleChoice) -> Iterator[Finding]:
    attribute, options = choice.attribute, choice.options
    if len({plain(option) for option in options}) < 4:
        yield Finding(where, f"{attribute}: two options are the same: {', '.join(options)}")
    if "" in map(plain, options):
        yield Finding(where, f"{attribute}: an option is empty")
    kinds = [kind_of(option) for option in options]
    if len(set(kinds)) > 1:
        yield Finding(where, f"{attribute}: options of different kinds ({', '.join(kinds)}): {', '.join(options)}")
    if attribute in ("birthplace", "residence") and len({"," in option for option in options}) > 1:
        yield Finding(where, f"{attribute}: some options say the country, some do not: {'; '.join(options)}")
    shortest, *_, longest = sorted(map(len, options))
    if longest > 5 * shortest + 30:
        yield Finding(where, f"{attribute}: an option of {shortest} characters beside one of {longest}")


def _true(where: str, choice: MultipleChoice, truth: tuple[str, ...]) -> Iterator[Finding]:
    right = {plain(value) for value in truth}
    if plain(choice.answer_text) not in right:
        fact = max(truth, key=len)
        yield Finding(where, f"{choice.attribute}: {choice.answer_text!r} counts as right, the fact is {fact!r}")
    for option in choice.options:
        if option != choice.answer_text and plain(option) in right:
            yield Finding(where, f"{choice.attribute}: {option!r} counts as wrong, and is true of the person too")


def _possible(where: str, choice: MultipleChoice) -> Iterator[Finding]:
    """Values that no living person can have give themselves away."""
    for option in choice.options:
        kind = kind_of(option)
        digits = "".join(c for c in option.split()[-1 if kind == "date" else 0] if c.isdigit())
        number = int(digits) if digits else 0
        if kind == "height" and number not in _HEIGHTS:
            yield Finding(where, f"{choice.attribute}: nobody is {option} tall")
        if choice.attribute == "date_of_birth" and (kind != "date" or number not in _LIVING_YEARS):
            yield Finding(where, f"{choice.attribute}: {option!r} is not the birthday of a living adult")
        if kind == "money" and not number:
            yield Finding(where, f"{choice.attribute}: nobody works for {option}")


def _own_names(facts: Facts, attribute: str) -> set[str]:
    """Names that cannot be this parent's, because they are the person's or the other parent's."""
    father, mother, own = facts.parents.father.name, facts.parents.mother.name, facts.name
    others = {"father_name": (mother, own), "mother_name": (father, own)}.get(attribute, ())
    return {plain(name) for name in others}
