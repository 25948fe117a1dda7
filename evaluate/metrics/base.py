"""What a metric is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np


class Metric(NamedTuple):
    """One way of saying what an answer is worth."""

    key: str
    """Its name in `Record.scores`."""
    label: str
    """Its name in tables and figures."""
    tasks: tuple[str, ...]
    """Which tasks have it."""
    unit: Literal["%", "0-1", "1-10"] = "0-1"
    """How it is printed: `%` as hundredths of 1, the others as they are."""
    of_text: "Callable[[str, str], float] | None" = None
    """(expected, answer) -> score, where wording decides."""
    of_tokens: "Callable[[np.ndarray, np.ndarray], float] | None" = None
    """(log-probabilities (T,), hits (T,)) -> score, where likelihood decides."""
    bounded: Callable[[float], float] | None = None
    """What is averaged in place of the score, for a score without an upper limit."""

    @property
    def limits(self) -> tuple[float, float]:
        """Least and greatest mean."""
        return (1.0, 10.0) if self.unit == "1-10" else (0.0, 1.0)
