"""Stopping everybody: no further call is sent, nobody sleeps on, and what is under way comes home."""

import asyncio
from collections.abc import Callable

from ...errors import MllmuError


class Halt:
    """Shared by all who ask; `error` says why it is over."""

    def __init__(self) -> None:
        self.error: MllmuError | None = None
        self._over = asyncio.Event()
        self._then: list[Callable[[], None]] = []

    def then(self, call: Callable[[], None]) -> None:
        """Have this called when it is over."""
        self._then.append(call)

    def stop(self, error: MllmuError) -> MllmuError:
        """It is over; returns the error, the first one if there was one already."""
        if self.error is None:
            self.error = error
            self._over.set()
            for call in self._then:
                call()
        return self.error

    def check(self) -> None:
        """Raise the error, if it is over."""
        if self.error:
            raise self.error

    async def sleep(self, seconds: float) -> None:
        """Sleep, unless it is over before; then raise the error."""
        try:
            await asyncio.wait_for(self._over.wait(), seconds)
        except TimeoutError:
            return
        self.check()
