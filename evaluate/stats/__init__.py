"""How sure a score is: intervals by people, several seeds pooled, one method beside another."""

from .compare import Difference, compare, holm
from .forgetting import ForgetQuality, forget_quality
from .interval import Interval, interval
from .sample import Cell, Sample, Tally, pool, tally
from .summary import summarise

__all__ = [
    "Cell",
    "Difference",
    "ForgetQuality",
    "Interval",
    "Sample",
    "Tally",
    "compare",
    "forget_quality",
    "holm",
    "interval",
    "pool",
    "summarise",
    "tally",
]
