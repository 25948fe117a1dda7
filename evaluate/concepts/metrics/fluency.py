"""Fluency: perplexity with C's name masked. arXiv 2405.12523, section 4.2.

    Fluency = exp( 1/T sum_t -log p(t) )      T: tokens of the right answers to all questions about C
    p(t) = 1/|V| for the tokens of C's name

So a model is not blamed for the name that it was told to forget. Lower is better.
"""

from collections.abc import Iterator, Sequence
from math import exp, inf

from ..records import ConceptRecord
from .base import Metric, Original, Value, of_parts


def fluency(records: Sequence[ConceptRecord], original: Original | None) -> Iterator[Value]:
    """Negative log-likelihood by token."""
    for one in of_parts(records, "efficacy", "generality", "wording", "by_picture", "by_name"):
        if one.scores.get("tokens"):
            yield Value(one.id, one.scores["nll"], one.scores["tokens"])


def _perplexity(nll: float) -> float:
    return exp(nll) if nll < 700 else inf  # beyond that no float can say it


FLUENCY = Metric("fluency", "Fluency (ppl)", "lower", "", fluency, (0.0, inf), _perplexity)
