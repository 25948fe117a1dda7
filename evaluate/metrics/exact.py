"""Cloze, exact: the answer is what was left blank and nothing else. MLLMU-Bench, arXiv 2410.22108, as its text says.

exact = [normalised(answer) = normalised(expected)]
"""

from .base import Metric
from .wording import normalised


def exact(expected: str, answer: str) -> float:
    """1 if both are the same but for case, punctuation, articles and spaces."""
    return float(normalised(answer) == normalised(expected))


METRIC = Metric("exact", "Cloze", ("cloze",), "%", of_text=exact)
