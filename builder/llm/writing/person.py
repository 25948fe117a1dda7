"""One person through all stages: profile, questions and pairs side by side, then the test set."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from ....schemas.person import Person
from ....schemas.questions import Pair, QuestionSet, Written
from ...writers.prompts import prompt
from ..asker import Accept, Asks, OutOfTriesError, Question, RejectedError, as_json, ask, body_of, with_picture
from ..client import InBatchError
from . import rules
from .judge import Judge
from .life import FactsReply, Quota, live
from .replies import OfferingReply, PairsReply, ProfileReply, QuestionsReply, TestReply, response_format
from .tasks import aligned, all_values, offered, pair_lines, same_offers, task_lines, word_pairs, word_questions

_OFFERS = ' Add three "wrong" options of your own: plausible for this person, false, and worded like the right one.'


STAGES = ("facts", "profile", "questions", "pairs", "test", "judge")
"""In the order in which a person goes through them."""
_LOOKING = ("facts", "profile")
"""Stages that are shown the portrait."""


class Style(NamedTuple):
    """How the model is asked; decided by the settings."""

    model: str
    tries: int
    look: bool
    """Whether it sees the portrait."""
    offers: bool
    """Whether it makes up the wrong options."""
    name_pairs: bool
    temperature: float | None = None


Fill = dict[str, str]
"""What a prompt's `$name`s stand for."""


class UnfilledError(Exception):
    """A slot that has no words yet; the arguments are the reasons."""

    def __init__(self, reasons: Sequence[str], waiting: bool):
        super().__init__(*reasons)
        self.waiting = waiting
        """Whether nothing is wrong, and only a batch has to come back."""


async def all_of(*stages: Awaitable[Any]) -> list[Any]:
    """The results of stages that run side by side; when some fail the others are finished, and recorded, first.

    Raises:
        UnfilledError: A stage is out of tries, or waits for a batch.
    """
    results = await asyncio.gather(*stages, return_exceptions=True)
    reasons, waiting = [], True
    for result in results:
        if isinstance(result, OutOfTriesError | InBatchError):
            reasons.append(str(result))
            waiting &= isinstance(result, InBatchError)
        elif isinstance(result, BaseException):
            raise result
    if reasons:
        raise UnfilledError(reasons, waiting)
    return results


class Author:
    """Has people put into words by a model.

    Args:
        client: Where to ask.
        style: How to ask.
        portrait: The picture of a person, if there is one.
        plan: The template writer's words: which questions, options, letters and pairs there are.
        judge: Whoever has the last word on questions.
    """

    def __init__(
        self,
        client: Asks,
        style: Style,
        portrait: Callable[[Person], bytes | None],
        plan: Callable[[Person], Written],
        judge: Judge | None = None,
    ):
        self._client, self._style, self._portrait, self._plan = client, style, portrait, plan
        self._judge = judge

    async def write(self, person: Person) -> Written:
        """The words of one person.

        Raises:
            UnfilledError: A stage is out of tries, or waits for a batch.
            MllmuError: The client has halted.
        """
        plan = self._plan(person)
        stages = (self._profile(person, plan), self._questions(person, plan), self._pairs(person, plan))
        profile, questions, pairs = await all_of(*stages)
        test_plan = same_offers(plan.test_questions, questions) if self._style.offers else plan.test_questions
        words = {**profile, "questions": questions, "pairs": aligned(plan, questions, pairs)}
        words["test_questions"] = test_plan
        (whole,) = await all_of(self._test(person, plan.model_copy(update=words)))
        return whole

    async def invent(self, person: Person) -> Person:
        """The person with a life of the model's, within the sampler's quotas.

        Raises:
            UnfilledError, MllmuError: As `write`.
        """

        async def accept(reply: FactsReply) -> Person:
            return live(person, reply, self._plan, self._style.name_pairs)

        looks = "The picture shows the person." if self._style.look else ""
        fill = {**Quota(person).told(), "looks": looks}
        (other,) = await all_of(self._ask("facts", person, fill, FactsReply, accept))
        return other

    # -- stages

    async def _profile(self, person: Person, plan: Written) -> dict[str, str]:
        looks = person.appearance.model_dump(exclude={"face_seed", "ancestry", "age"})
        told = f"How the person looks:\n\n{as_json(looks)}"
        seen = "The picture shows the person: describe the face that you see, and contradict nothing that it shows."
        values = [v for values in all_values(person.facts).values() for v in values if v != "none"]
        fill = {"looks": seen if self._style.look else told, "values": as_json(values)}

        async def accept(reply: ProfileReply) -> dict[str, str]:
            given = {"text": reply.biography, "question": reply.request, "answer": reply.description}
            words = {name: text.strip() for name, text in given.items()}
            draft = plan.model_copy(update=words)
            self._check(person, draft, rules.PROFILE)
            return words

        return await self._ask("profile", person, fill, ProfileReply, accept)

    async def _questions(self, person: Person, plan: Written) -> QuestionSet:
        offers = self._style.offers
        lines = task_lines(person, plan.questions, wrong=not offers)
        fill = {"tasks": lines, "distractors": _OFFERS if offers else ""}

        async def accept(reply: QuestionsReply | OfferingReply) -> QuestionSet:
            base = offered(plan.questions, reply) if isinstance(reply, OfferingReply) else plan.questions
            worded = word_questions(base, reply)
            draft = plan.model_copy(update={"questions": worded})
            if offers:
                draft = draft.model_copy(update={"test_questions": same_offers(plan.test_questions, worded)})
            self._check(person, draft, rules.QUESTIONS)
            await self._judged("questions", person, worded)
            return worded

        return await self._ask("questions", person, fill, OfferingReply if offers else QuestionsReply, accept)

    async def _pairs(self, person: Person, plan: Written) -> tuple[Pair, ...]:
        async def accept(reply: PairsReply) -> tuple[Pair, ...]:
            pairs = word_pairs(person, plan.pairs, reply.pairs)
            self._check(person, plan.model_copy(update={"pairs": pairs}), rules.PAIRS)
            return pairs

        return await self._ask("pairs", person, {"tasks": pair_lines(person, plan.pairs)}, PairsReply, accept)

    async def _test(self, person: Person, whole: Written) -> Written:
        seen = dict.fromkeys(pair.question for pair in whole.pairs)
        fill = {
            "tasks": task_lines(person, whole.questions, old=True),
            "seen": as_json(list(seen)),
            "values": as_json(all_values(person.facts)),
        }

        async def accept(reply: TestReply) -> Written:
            written = whole.model_copy(update={"test_questions": word_questions(whole.test_questions, reply)})
            self._check(person, written, rules.WHOLE)
            await self._judged("test", person, written.test_questions)
            return written

        return await self._ask("test", person, fill, TestReply, accept)

    # -- asking

    async def _judged(self, stage: str, person: Person, questions: QuestionSet) -> None:
        if self._judge:
            await self._judge.review(stage, person, questions)

    async def _ask(self, stage: str, person: Person, fill: Fill, reply: type[BaseModel], accept: Accept) -> Any:
        facts = as_json(person.facts.model_dump(mode="json", by_alias=True))
        messages: list[dict[str, Any]] = list(prompt(stage).fill(name=person.facts.name, facts=facts, **fill))
        portrait = self._portrait(person) if self._style.look and stage in _LOOKING else None
        if portrait:
            messages = with_picture(messages, portrait)
        body = body_of(self._style.model, messages, response_format(stage, reply), temperature=self._style.temperature)
        return await ask(self._client, Question(stage, person.id, body, reply), self._style.tries, accept)

    def _check(self, person: Person, draft: Written, checks: Sequence[str]) -> None:
        faults = rules.faults(person, draft, checks, self._style.name_pairs)
        if faults:
            raise RejectedError(*faults)
