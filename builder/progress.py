"""Progress bars on stderr: shown to a person at a terminal, silent in a log."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tqdm import tqdm


class Progress:
    """Where a long job tells how far it is."""

    def __init__(self, quiet: bool = False):
        self.quiet = quiet

    def bar(self, what: str, total: int, unit: str, done: int = 0) -> "tqdm":
        """A bar; a context manager with `update(n)`. `done` of `total` were there before."""
        from tqdm import tqdm

        return tqdm(
            desc=f"{what:<20}",
            total=total,
            initial=done,
            unit=f" {unit}",
            file=sys.stderr,
            disable=True if self.quiet else None,  # None: off unless stderr is a terminal
            dynamic_ncols=True,
            mininterval=0.2,
        )

    def say(self, line: str) -> None:
        """One line for a person, not part of the result."""
        if not self.quiet:
            print(line, file=sys.stderr)


Step = Callable[[], object]
"""Called once for each thing done."""
