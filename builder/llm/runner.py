"""Many people at once, to the end: whatever fails for one does not stop the others, and nothing paid for is dropped."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterable, Iterator

from ...errors import FindingsError, MllmuError
from ...schemas.person import Person
from ..progress import Step
from .halt import Halt
from .writing.person import UnfilledError

SHOWN = 10
"""Slots that an error names with their reasons; the ledger has all."""

Fill = Callable[[Person], Awaitable[object]]


class Gaps:
    """Slots that could not be filled, and why."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.waiting: list[str] = []

    def add(self, slot: str, error: UnfilledError) -> None:
        """Put down one."""
        if error.waiting:
            self.waiting.append(slot)
        else:
            self.failed[slot] = " ".join(map(str, error.args))

    def end(self, folder: str, batches: str) -> None:
        """Raise FindingsError if there are gaps; `batches` says how far the batches are, and how to collect them."""
        slots = sorted(self.failed)
        lines = []
        if slots:
            lines.append(f"incomplete: {len(slots)} slots have no words.")
            lines += [f"  {slot}: {self.failed[slot]}" for slot in slots[:SHOWN]]
            lines += [f"  and {len(slots) - SHOWN} more"] * (len(slots) > SHOWN)
            lines.append(
                "All replies are kept. The same command tries these slots again, --tries gives them more tries; "
                f"`mllmu-build ledger {folder}` shows what was rejected."
            )
        if self.waiting:
            lines.append(f"{len(self.waiting)} slots wait for batches: {batches}")
        if lines:
            raise FindingsError("\n".join(lines))


async def fill_all(
    people: Iterable[Person], fill: Fill, halt: Halt, abreast: int, step: Step, gaps: Gaps | None = None
) -> Gaps:
    """Call `fill` for everybody, `abreast` people at a time.

    An interrupt lets the calls under way come home, so that they are not paid for in vain; so does a second one.

    Raises:
        MllmuError: Nothing more is asked; people who were done are on record.
        KeyboardInterrupt: Interrupted.
    """
    gaps = gaps or Gaps()
    supply, interrupted = iter(people), MllmuError("interrupted")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, halt.stop, interrupted)
    crew = (_work(supply, fill, halt, step, gaps) for _ in range(abreast))
    try:
        outcomes = await asyncio.gather(*crew, return_exceptions=True)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
    if halt.error is interrupted:
        raise KeyboardInterrupt
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    halt.check()
    return gaps


async def _work(supply: Iterator[Person], fill: Fill, halt: Halt, step: Step, gaps: Gaps) -> None:
    for person in supply:
        if halt.error:
            return
        try:
            await fill(person)
        except UnfilledError as error:
            gaps.add(person.id, error)
        except MllmuError:
            if halt.error:
                return
            raise
        step()
