"""How much an answer repeats itself."""

from ...wording import folded


def unique_words(answer: str) -> float | None:
    """Distinct words over words; None of no words."""
    words = folded(answer).split()
    return len(set(words)) / len(words) if words else None
