"""ROUGE-L: the longest common subsequence of words. Lin 2004, "ROUGE: a package for automatic evaluation of summaries".

    recall = LCS / words(expected)    precision = LCS / words(answer)    F1 = 2 · P · R / (P + R)

Words are stemmed (Porter), as in MLLMU-Bench's script. Its text says recall and its appendix F1: both are here.
"""

from functools import lru_cache
from typing import Any

from .base import Metric


@lru_cache(maxsize=1)
def _scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(["rougeL"], use_stemmer=True)


@lru_cache(maxsize=1)  # recall is asked for right after F1
def _score(expected: str, answer: str) -> Any:
    return _scorer().score(expected, answer)["rougeL"]


def f1(expected: str, answer: str) -> float:
    """Harmonic mean of precision and recall."""
    return _score(expected, answer).fmeasure


def recall(expected: str, answer: str) -> float:
    """Share of the expected words found, in order, in the answer; a longer answer can only gain."""
    return _score(expected, answer).recall


F1 = Metric("rouge_l_f1", "ROUGE-L", ("generation",), of_text=f1)
RECALL = Metric("rouge_l_recall", "ROUGE-L recall", ("generation",), of_text=recall)
