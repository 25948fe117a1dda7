"""Where pictures that take hours are made: each is on record once it is done, and several processes share the work.

Under `accelerate launch` the first process owns the build; the others open its ledger, make every `WORLD_SIZE`-th
picture of each stage and put them on record there. A helper that dies only leaves its share to the first process.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from .ledger import Ledger, Work
from .progress import Progress

if TYPE_CHECKING:
    from filelock import FileLock

STAGES = ("portraits", "re-posed")
"""What helpers help with, in order."""


class Share(NamedTuple):
    """Which part of the work is this process's."""

    number: int = 0
    of: int = 1


def my_share() -> Share:
    """As `accelerate launch` and `torchrun` tell it; the whole where there is one process."""
    try:
        share = Share(int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1")))
    except ValueError:
        return Share()
    return share if 0 <= share.number < share.of else Share()


class Studio:
    """The record and the progress of a build, for whoever paints; a context manager."""

    def __init__(self, ledger: Ledger, progress: Progress, share: Share) -> None:
        self.ledger, self.progress, self.share = ledger, progress, share
        # Locked before any work, so that the first process knows of this helper.
        self._helping = {stage: _lock(ledger.path, stage, share.number) for stage in STAGES} if share.number else {}

    def __enter__(self) -> Self:
        for lock in self._helping.values():
            lock.acquire()
        return self

    def __exit__(self, *exception: object) -> None:
        for lock in self._helping.values():
            lock.release()

    def recall(self, stage: str, keys: Mapping[str, str]) -> dict[str, Work]:
        """What is on record for these slots, made under just these keys."""
        found = {slot: self.ledger.get(stage, slot) for slot in keys}
        return {slot: work for slot, work in found.items() if work is not None and work.key == keys[slot]}

    def keep(self, stage: str, works: Iterable[Work]) -> None:
        """Put work on record, all of it or nothing."""
        self.ledger.record(stage, works)

    def forget_pictures(self, stage: str) -> None:
        """Make room: what was used is on record as a picture of its own. Verdicts on what was not used stay."""
        self.ledger.execute("DELETE FROM work WHERE stage = ? AND length(data) > 0", (stage,))

    def done_helping(self, stage: str) -> None:
        """As a helper: this share of `stage` is on record."""
        self._helping[stage].release()

    def await_helpers(self, stage: str) -> None:
        """As the first process: wait until every helper has finished its share of `stage`, or has died."""
        for index in range(1, self.share.of):
            with _lock(self.ledger.path, stage, index) as lock:
                Path(lock.lock_file).unlink(missing_ok=True)


def _lock(ledger: Path, stage: str, index: int) -> "FileLock":
    from filelock import FileLock

    return FileLock(f"{ledger}.{stage}.{index}.lock")
