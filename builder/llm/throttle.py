"""How many calls are under way at once: found by trying, because endpoints do not say.

It begins low and doubles with each round trip while all goes well. The first refusals tell the endpoint's limit: while
it is full, the calls that remain under way are exactly as many as it takes. From there on a little more is tried every
few round trips, and twice as much each time that nothing is refused, so that it also finds a limit that has risen.
"""

import asyncio
import time
from collections import deque

START = 16
PATIENCE = 3
"""Round trips without a refusal before more is tried, once a limit is known."""
STORM = 8
"""Refusals in a row, with nothing answered between them, after which everybody waits once nothing is under way."""


class Throttle:
    """Admits calls: `async with throttle:`, and within it `answered()` or `refused()` says how it went."""

    def __init__(self, most: int):
        self.most = most
        self.limit = min(START, most)
        self.under_way = 0
        self.peak = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._known = False  # whether a refusal has told a limit
        self._step = 1
        self._calm = 0  # answers since the last refusal or raise
        self._in_a_row = 0  # refusals since the last answer
        self._resume = 0.0  # by the monotonic clock: when the storm is over

    async def __aenter__(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # admitted in the same moment
                self.under_way -= 1
            self._admit()
            raise

    async def __aexit__(self, *_: object) -> None:
        self.under_way -= 1
        self._admit()

    def answered(self) -> None:
        """The endpoint had time for this call."""
        self._in_a_row = 0
        if not self._queue and self.under_way < self.limit:
            return  # nobody wants more, so nothing is learnt about more
        self._calm += 1
        if not self._known:
            self.limit = min(self.limit + 1, self.most)
        elif self._calm >= PATIENCE * self.limit:
            self.limit = min(self.limit + self._step, self.most)
            self._step, self._calm = 2 * self._step, 0

    def refused(self, retry_after: float) -> None:
        """The endpoint had no time for this call; it asked for `retry_after` seconds of rest, 0 if it did not say."""
        self._known, self._step, self._calm = True, 1, 0
        self._in_a_row += 1
        self.limit = max(1, min(self.limit, self.under_way - 1))
        if self._in_a_row >= STORM and self.under_way == 1:  # everything that was sent has been refused
            self._resume = max(self._resume, time.monotonic() + max(retry_after, 0.5))

    def open(self) -> None:
        """Let everybody in at once: nothing is sent any more, and they shall learn of it."""
        self.limit, self._resume = 2**31, 0.0
        self._admit()

    def _admit(self) -> None:
        rest = self._resume - time.monotonic()
        if rest > 0:
            asyncio.get_running_loop().call_later(rest + 0.001, self._admit)
            return
        while self._queue and self.under_way < self.limit:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                self.under_way += 1
                self.peak = max(self.peak, self.under_way)
