"""Cloze, contains: what was left blank occurs somewhere in the answer. MLLMU-Bench, as its script has it.

    contains = [the words of the expected answer stand in a row in the answer]

Its script looks for a substring, so that 25 is found in 1925; here a word is a whole word.
"""

from .base import Metric
from .wording import normalised


def contains(expected: str, answer: str) -> float:
    """1 if the expected words stand in a row in the answer."""
    sought = normalised(expected)
    return float(bool(sought) and f" {sought} " in f" {normalised(answer)} ")


METRIC = Metric("contains", "Cloze (contains)", ("cloze",), "%", of_text=contains)
