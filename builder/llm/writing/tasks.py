"""The plan of one person as the lines of a prompt, and the merging of a reply into it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from ....schemas.person import ATTRIBUTES, Facts, Person
from ....schemas.questions import LETTERS, MultipleChoice, Open, Pair, QuestionSet, Written
from ...checks.support.values import parts, truths
from ...checks.support.words import holds, norm
from ..asker import RejectedError
from .replies import Answered, NewOpen, Offer, OfferingReply, QuestionsReply, Sentence, TestReply, Wording

CHOICES, OPENS = 10, 4
"""Multiple choice questions, and generation and cloze questions each, in a set."""


def all_values(facts: Facts) -> dict[str, tuple[str, ...]]:
    """What is true of a person, attribute by attribute, as an option words it."""
    return {attribute: truths(facts, attribute) for attribute in ATTRIBUTES}


class Numbered(Protocol):
    """Anything that answers the task of its number."""

    number: int


N = TypeVar("N", bound=Numbered)


class Task(NamedTuple):
    """One question of the plan."""

    number: int
    kind: str
    about: str
    question: MultipleChoice | Open

    @property
    def wrong(self) -> list[str]:
        """The wrong options; none of an open question."""
        return _wrong(self.question) if isinstance(self.question, MultipleChoice) else []


def tasks_of(questions: QuestionSet) -> Iterator[Task]:
    """The 18 questions, numbered as the release orders them: choices, generation, cloze; by picture first."""
    groups: tuple[tuple[str, str, Sequence[MultipleChoice | Open]], ...] = (
        ("choice", "picture", questions.choice_image),
        ("choice", "name", questions.choice_name),
        ("generation", "picture", questions.generation_image),
        ("generation", "name", questions.generation_name),
        ("cloze", "picture", questions.cloze_image),
        ("cloze", "name", questions.cloze_name),
    )
    number = 0
    for kind, about, group in groups:
        for question in group:
            number += 1
            yield Task(number, kind, about, question)


def task_lines(person: Person, questions: QuestionSet, old: bool = False, wrong: bool = True) -> str:
    """The tasks for a prompt; with `old`, how each is put now; with `wrong`, the wrong options."""
    return lines_of(_line(person, task, old, wrong) for task in tasks_of(questions))


def _line(person: Person, task: Task, old: bool, wrong: bool) -> dict[str, Any]:
    question = task.question
    line: dict[str, Any] = {"number": task.number, "kind": task.kind, "about": task.about}
    line["asks_for"] = question.attribute
    if isinstance(question, MultipleChoice):
        line["right"] = question.answer_text
        if wrong:
            line["wrong"] = task.wrong
    else:
        line["right"] = question.answer if task.kind == "cloze" else person.value(question.attribute)  # type: ignore[arg-type]
    return {**line, "old": question.question} if old else line


def pair_lines(person: Person, pairs: Sequence[Pair]) -> str:
    """The fine-tuning pairs for a prompt, each with the values that its answer must keep."""
    return lines_of(
        {
            "number": number,
            "about": "picture" if pair.anchor == "image" else "name",
            "question": pair.question,
            "answer": pair.answer,
            "keep": kept(person, pair),
        }
        for number, pair in enumerate(pairs, 1)
    )


def kept(person: Person, pair: Pair) -> list[str]:
    """The facts that a pair's answer tells, as the biography words them; the longest where one is part of another."""
    told = norm(pair.answer)
    values = {value: None for attribute in all_values(person.facts) for value in _worded(person, attribute)}
    found = [value for value in (*values, person.facts.name) if holds(told, norm(value))]
    return [value for value in found if not any(value != other and holds(norm(other), norm(value)) for other in found)]


def _worded(person: Person, attribute: str) -> tuple[str, ...]:
    return (*all_values(person.facts)[attribute], *parts(person.facts, attribute))


def lines_of(items: Iterable[dict[str, Any]]) -> str:
    """One JSON object a line."""
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items)


def by_number(items: Sequence[N], numbers: range, what: str) -> dict[int, N]:
    """The items under their numbers.

    Raises:
        RejectedError: A number is missing, double, or not asked for.
    """
    found = {item.number: item for item in items}
    reasons = []
    if len(found) < len(items):
        reasons.append(f"{what}: a number occurs twice.")
    if missing := [str(k) for k in numbers if k not in found]:
        reasons.append(f"{what}: nothing for the tasks {', '.join(missing)}.")
    if strange := [str(k) for k in sorted(found) if k not in numbers]:
        reasons.append(f"{what}: there are no such tasks as {', '.join(strange)}.")
    if reasons:
        raise RejectedError(*reasons)
    return found


def word_questions(plan: QuestionSet, reply: "QuestionsReply | OfferingReply | TestReply") -> QuestionSet:
    """The plan in the reply's words. Options, letters and what a blank hides stay the plan's.

    Raises:
        RejectedError: The reply does not answer the tasks one for one.
    """
    c, g = CHOICES, CHOICES + OPENS
    choices = by_number(reply.choices, range(1, c + 1), "choices")
    opens = by_number(reply.generations, range(c + 1, g + 1), "generations")
    clozes = by_number(reply.clozes, range(g + 1, g + OPENS + 1), "clozes")
    given = {**choices, **opens, **clozes}
    worded = [_worded_task(task, given[task.number]) for task in tasks_of(plan)]
    bounds = (0, 5, 10, 12, 14, 16, 18)
    fields = ("choice_image", "choice_name", "generation_image", "generation_name", "cloze_image", "cloze_name")
    parts_of = {name: tuple(worded[a:b]) for name, a, b in zip(fields, bounds, bounds[1:], strict=False)}
    try:
        return QuestionSet(**parts_of)  # type: ignore[arg-type]
    except ValueError as error:
        raise RejectedError(_first(error)) from error


def _worded_task(task: Task, given: Wording | Offer | Answered | NewOpen | Sentence) -> MultipleChoice | Open:
    old = task.question
    if isinstance(given, Sentence):
        return old.model_copy(update={"question": given.sentence.strip()})
    if isinstance(given, Wording | Offer):
        return old.model_copy(update={"question": given.question.strip()})
    attribute = given.asks_for if isinstance(given, NewOpen) else old.attribute
    return Open(attribute=attribute, question=given.question.strip(), answer=given.answer.strip())


def _first(error: ValueError) -> str:
    errors = getattr(error, "errors", None)
    return str(errors()[0]["msg"]) if errors else str(error)


def offered(plan: QuestionSet, reply: OfferingReply) -> QuestionSet:
    """The plan with the reply's wrong options in the places of the sampler's.

    Raises:
        RejectedError: A task does not have three wrong options.
    """
    wrong = by_number(reply.choices, range(1, CHOICES + 1), "choices")
    if short := [str(offer.number) for offer in reply.choices if len(offer.wrong) != 3]:
        raise RejectedError(f"choices: the tasks {', '.join(short)} do not have exactly three wrong options.")
    choices = [_offer(task.question, wrong[task.number].wrong) for task in tasks_of(plan) if task.kind == "choice"]  # type: ignore[arg-type]
    return plan.model_copy(update={"choice_image": tuple(choices[:5]), "choice_name": tuple(choices[5:])})


def _offer(old: MultipleChoice, wrong: Sequence[str]) -> MultipleChoice:
    supply = iter(wrong)
    a, b, c, d = (old.answer_text if letter == old.answer else next(supply).strip() for letter in LETTERS)
    return old.model_copy(update={"options": (a, b, c, d)})


def _wrong(choice: MultipleChoice) -> list[str]:
    return [option for option in choice.options if option != choice.answer_text]


def same_offers(test: QuestionSet, asked: QuestionSet) -> QuestionSet:
    """The test set's plan with the options of the questions asked, each kept in the order that the plan drew."""

    def renew(tests: Sequence[MultipleChoice], news: Sequence[MultipleChoice]) -> tuple[MultipleChoice, ...]:
        return tuple(_offer(test, _wrong(new)) for test, new in zip(tests, news, strict=True))

    return test.model_copy(
        update={
            "choice_image": renew(test.choice_image, asked.choice_image),
            "choice_name": renew(test.choice_name, asked.choice_name),
        }
    )


def word_pairs(person: Person, plan: Sequence[Pair], items: Sequence[Answered]) -> tuple[Pair, ...]:
    """The planned pairs in the reply's words.

    Raises:
        RejectedError: A pair is missing, or an answer has lost a fact.
    """
    found = by_number(items, range(1, len(plan) + 1), "pairs")
    reasons, pairs = [], []
    for number, old in enumerate(plan, 1):
        new = Pair(anchor=old.anchor, question=found[number].question.strip(), answer=found[number].answer.strip())
        told = norm(new.answer)
        lost = [value for value in kept(person, old) if not holds(told, norm(value))]
        if lost:
            reasons.append(f"pair {number}: the answer does not keep {', '.join(map(repr, lost))}.")
        pairs.append(new)
    if reasons:
        raise RejectedError(*reasons)
    return tuple(pairs)


def aligned(plan: Written, questions: QuestionSet, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs, of which those that teach the answer of a generation question say it in the very same sentence.

    Scores by wording then measure memory, not which of several phrasings was drawn.
    """
    told: dict[tuple[str, str], str] = {}
    for anchor, olds, news in (
        ("image", plan.questions.generation_image, questions.generation_image),
        ("name", plan.questions.generation_name, questions.generation_name),
    ):
        told.update({(anchor, old.answer): new.answer for old, new in zip(olds, news, strict=True)})
    return tuple(
        new.model_copy(update={"answer": told.get((old.anchor, old.answer), new.answer)})
        for old, new in zip(plan.pairs, pairs, strict=True)
    )
