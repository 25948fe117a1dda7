"""One call, until there is an answer: looked up, sent, retried, recorded."""

import random
import time
from typing import TYPE_CHECKING

from ...errors import BudgetError, MllmuError
from .budget import Budget
from .calls import Calls, Request, Usage
from .endpoint import Endpoint
from .halt import Halt
from .reply import usage_of
from .throttle import Throttle
from .trouble import Kind, Trouble, trouble_of

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ATTEMPTS = 10
"""How often a body is sent while the endpoint breaks down over it; being refused for its rate does not count."""
SILENCE = 600.0
"""Seconds without a single answer, after which an endpoint that only refuses is given up."""
_FIRST_WAIT, _LONGEST_WAIT = 0.25, 30.0


class UnansweredError(Exception):
    """This one call got no reply that can be looked at; the message says why."""


class InBatchError(Exception):
    """An open batch carries this body; asking now would pay for it twice."""


class Client:
    """Sends bodies to one endpoint and records what comes back; an `async with` context."""

    def __init__(self, endpoint: Endpoint, calls: Calls, throttle: Throttle, budget: Budget, halt: Halt):
        self.endpoint, self.calls, self.throttle, self.budget, self.halt = endpoint, calls, throttle, budget, halt
        halt.then(throttle.open)
        self._sdk: AsyncOpenAI | None = None
        self._answers = 0
        self._last_answer = 0.0

    async def __aenter__(self) -> "Client":
        self._sdk = self.endpoint.connect(self.throttle.most)
        self._last_answer = time.monotonic()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._sdk:
            await self._sdk.close()

    async def ask(self, request: Request) -> str:
        """The reply to this body, from the record or from the endpoint; it is on record before this returns.

        Raises:
            UnansweredError: The endpoint will not or cannot answer this body.
            InBatchError: An open batch carries it.
            MllmuError: Nothing more is asked at all: `halt` says why.
        """
        key = request.key
        known = self.calls.reply(key)
        if known is not None:
            return known
        if batch := self.calls.batch_of(key):
            raise InBatchError(batch)
        broken = refused = 0
        while True:
            outcome = await self._attempt(key, request)
            if isinstance(outcome, str):
                return outcome
            if outcome.kind is Kind.BUSY:
                refused += 1
            else:
                broken += 1
            self._give_up(outcome, broken)
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (min(refused + broken, 10) - 1))
            await self.halt.sleep(outcome.retry_after + random.uniform(0, wait))

    async def _attempt(self, key: str, request: Request) -> str | Trouble:
        async with self.throttle:
            self.halt.check()
            try:
                promised = self.budget.promise(request)
            except BudgetError as error:
                raise self.halt.stop(error) from error
            self.calls.sent(key, request, promised)
            outcome = await self._send(key, request, promised)
        if isinstance(outcome, str):
            await self.calls.settled()
        return outcome

    async def _send(self, key: str, request: Request, promised: float) -> str | Trouble:
        from httpx2 import Response
        from openai import OpenAIError

        assert self._sdk is not None
        start, charged = time.monotonic(), Usage()  # unknown, until something is heard
        try:
            response = await self._sdk.post(  # not `create`: it would transform a body that is ready, for half the time
                "/chat/completions",
                cast_to=Response,
                body=request.body,
                options={"headers": {"Idempotency-Key": key}},
            )
            raw = self.endpoint.clean(response.text)
            usage = charged = usage_of(raw)
        except OpenAIError as error:
            trouble = trouble_of(error, self.endpoint)
            charged = charged if trouble.charged else None
            self.calls.failed(key, trouble.what, trouble.charged)
            if trouble.kind is Kind.BUSY:
                self.throttle.refused(trouble.retry_after)
            return trouble
        finally:
            cost = self.budget.settle(promised, request, charged)
        self.calls.answered(key, raw, usage, cost, time.monotonic() - start, response.headers.get("x-request-id"))
        self.throttle.answered()
        self._answers += 1
        self._last_answer = time.monotonic()
        return raw

    def _give_up(self, trouble: Trouble, broken: int) -> None:
        """Raise if asking again is of no use."""
        where = self.endpoint.base_url
        if trouble.kind is Kind.FATAL or (trouble.kind is Kind.UNFIT and not self._answers):
            self.halt.stop(MllmuError(f"{where} {trouble.what}. Replies are kept; the same command goes on."))
        elif trouble.kind is Kind.BUSY and time.monotonic() - self._last_answer > SILENCE:
            self.halt.stop(
                MllmuError(
                    f"{where} has refused every call for {SILENCE / 60:.0f} minutes ({trouble.what}). "
                    "Replies are kept; the same command goes on later."
                )
            )
        elif trouble.kind is Kind.BROKEN and broken >= ATTEMPTS and not self._answers:
            self.halt.stop(MllmuError(f"{where} {trouble.what}, {broken} times in a row. Is it the right address?"))
        elif trouble.kind is Kind.UNFIT or broken >= ATTEMPTS:
            raise UnansweredError(trouble.what)
        self.halt.check()
