"""Asking until a reply passes: a rejected one is asked again, with the reasons."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from .calls import Calls, Request
from .client import UnansweredError
from .reply import read

R = TypeVar("R", bound=BaseModel)
Accept = Callable[[Any], Awaitable[Any]]
"""Makes something of a parsed reply, or raises `RejectedError` with what is wrong with it."""

MOST_REASONS = 12
"""Told to the model at once; the first ones usually explain the rest."""


class Asks(Protocol):
    """Whatever answers a body: the endpoint, a batch, or the record alone."""

    calls: Calls

    async def ask(self, request: Request) -> str:
        """The raw reply; see `Client.ask`."""
        ...


class OutOfTriesError(Exception):
    """No reply passed; the message has the last reasons."""

    def __init__(self, stage: str, reasons: list[str]):
        super().__init__(f"{stage}: {' '.join(reasons[:2])}")
        self.stage, self.reasons = stage, reasons


class RejectedError(Exception):
    """A reply does not do; the arguments are the reasons."""


class Question(NamedTuple):
    """What is asked in one stage for one person."""

    stage: str
    slot: str
    body: dict[str, Any]
    """Of the first try; later ones append the rejected reply and the reasons."""
    reply: type[BaseModel]


async def ask(client: Asks, question: Question, tries: int, accept: Accept) -> Any:
    """What `accept` makes of the first reply that it does not reject.

    Raises:
        OutOfTriesError: Every try was rejected.
        InBatchError: A batch carries the body, or will.
        MllmuError: Nothing more is asked.
    """
    reasons: list[str] = []
    body = question.body
    for attempt in range(1, tries + 1):
        request = Request(question.stage, question.slot, attempt, body)
        try:
            said = read(await client.ask(request))
        except UnansweredError as error:
            raise OutOfTriesError(question.stage, [f"the endpoint {error}."]) from error
        try:
            if said.fault:
                raise RejectedError(said.fault)
            accepted = await accept(_parse(question.reply, said.text))
        except RejectedError as error:
            reasons = [str(reason) for reason in error.args]
            client.calls.judged(request.key, reasons)
            body = again(question.body, said.text, reasons, attempt + 1)
            continue
        client.calls.judged(request.key, [])
        return accepted
    raise OutOfTriesError(question.stage, reasons)


def again(first: dict[str, Any], said: str, reasons: list[str], attempt: int) -> dict[str, Any]:
    """The body of a later try: the first one, the last reply, and what is wrong with it."""
    points = "\n".join(f"- {reason}" for reason in reasons[:MOST_REASONS])
    more = f"\n- and {len(reasons) - MOST_REASONS} more of the same kind" if len(reasons) > MOST_REASONS else ""
    complaint = {
        "role": "user",
        "content": f"That reply cannot be used:\n{points}{more}\nGive the whole reply again, with these put right. "
        f"This is try {attempt}.",  # also makes the body another one
    }
    last = [{"role": "assistant", "content": said}] if said else []
    return {**first, "messages": [*first["messages"], *last, complaint]}


def _parse(model: type[R], text: str) -> R:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        reasons = []
        for fault in error.errors()[:MOST_REASONS]:
            where = ".".join(str(part) for part in fault["loc"])
            reasons.append(
                f"{where}: {fault['msg']}." if where else f"It is not the JSON that was asked for: {fault['msg']}."
            )
        raise RejectedError(*reasons) from error


def body_of(model: str, messages: list[dict[str, Any]], response_format: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A chat completion's body; parameters that are None are left out."""
    given = {name: value for name, value in more.items() if value is not None}
    return {"model": model, "messages": messages, "response_format": response_format, **given}


def with_picture(messages: list[dict[str, Any]], jpeg: bytes) -> list[dict[str, Any]]:
    """The messages with a picture in the last of them."""
    from base64 import b64encode

    url = f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"
    *head, last = messages
    content = [{"type": "text", "text": last["content"]}, {"type": "image_url", "image_url": {"url": url}}]
    return [*head, {**last, "content": content}]


def as_json(value: Any) -> str:
    """JSON as prompts show it."""
    return json.dumps(value, ensure_ascii=False, indent=1)
