"""A second model's opinion of the questions: grounded? unambiguous? natural? What it rejects is asked for again."""

from typing import Any

from ....schemas.person import Person
from ....schemas.questions import MultipleChoice, QuestionSet
from ...writers.prompts import prompt
from ..asker import Asks, Question, RejectedError, as_json, ask, body_of
from .replies import JudgeReply, Verdict, response_format
from .tasks import by_number, lines_of, tasks_of

QUALITIES = ("grounded", "unambiguous", "natural")


class Judge:
    """Reviews sets of 18 questions."""

    def __init__(self, client: Asks, model: str, tries: int):
        self._client, self._model, self._tries = client, model, tries

    async def review(self, stage: str, person: Person, questions: QuestionSet) -> None:
        """Have one set reviewed.

        Raises:
            RejectedError: Some questions do not do; the reasons are the judge's.
            OutOfTriesError: The judge gave no usable verdicts.
        """
        lines = lines_of(_shown(task) for task in tasks_of(questions))
        facts = as_json(person.facts.model_dump(mode="json", by_alias=True))
        messages = prompt("judge").fill(name=person.facts.name, facts=facts, tasks=lines)
        body = body_of(self._model, messages, response_format("judge", JudgeReply), temperature=None)

        async def accept(reply: JudgeReply) -> list[Verdict]:
            found = by_number(reply.verdicts, range(1, 19), "verdicts")
            return [found[number] for number in sorted(found)]

        asked = Question("judge", f"{person.id}/{stage}", body, JudgeReply)
        verdicts = await ask(self._client, asked, self._tries, accept)
        if reasons := [reason for verdict in verdicts if (reason := _against(verdict))]:
            raise RejectedError(*reasons)


def _shown(task: Any) -> dict[str, Any]:
    question = task.question
    line = {"number": task.number, "kind": task.kind, "about": task.about, "question": question.question}
    if isinstance(question, MultipleChoice):
        return {**line, "options": list(question.options), "answer": question.answer_text}
    return {**line, "answer": question.answer}


def _against(verdict: Verdict) -> str:
    missing = [quality for quality in QUALITIES if not getattr(verdict, quality)]
    if not missing:
        return ""
    return f"Question {verdict.number} is not {' and not '.join(missing)}: {verdict.reason or 'no reason given'}"
