"""A process that helps another one to draw the pictures of a build; see `studio.py`."""

from collections.abc import Callable
from pathlib import Path
from time import sleep

from ..errors import MllmuError
from .cast import people_of
from .celebrity_set import CelebritySet
from .drawing import POLL, Drawing
from .ledger import Ledger, at_work, ledger_path
from .pictures import Sitter
from .portraits.painting.options import MAY_CHANGE
from .progress import Progress
from .settings import Settings
from .studio import Share, Studio

PATIENCE = 600
"""Seconds in which the first process has to start."""


def help_build(settings: Settings, folder: Path, progress: Progress, share: Share) -> None:
    """Draw this process's share of the build in `folder`, then wait until the first process is done with it.

    Raises:
        MllmuError: The first process did not start, or ended early.
    """
    _await(folder, lambda: at_work(ledger_path(folder)))
    sleep(POLL)  # in which the first process throws away what it does not go on with
    with Ledger(folder, helper=True) as ledger:
        _await(folder, ledger.begun)
        ledger.agree_on(settings.recorded(), MAY_CHANGE)
        with Studio(ledger, progress, share) as studio:
            drawing = Drawing(settings, studio)
            people = people_of(settings, CelebritySet(settings))
            drawing.help_out([Sitter(id=p.id, appearance=p.appearance) for p in people])
    while at_work(ledger_path(folder)):
        sleep(POLL)


def _await(folder: Path, happened: Callable[[], bool]) -> None:
    for _ in range(round(PATIENCE / POLL)):
        if happened():
            return
        sleep(POLL)
    raise MllmuError(f"process 0 of the build in {folder} did not start within {PATIENCE // 60} minutes.")
