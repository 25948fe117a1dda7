"""Whether an answer says something, and how much it repeats itself."""

import re
import unicodedata

_MARKS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Without case, accents and marks; words one space apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(_MARKS.sub(" ", plain).split())


def says(answer: str, value: str) -> bool:
    """Whether the value's words stand in a row in the answer."""
    sought = folded(value)
    return bool(sought) and f" {sought} " in f" {folded(answer)} "


def unique_words(answer: str) -> float | None:
    """Distinct words over words; None of no words."""
    words = folded(answer).split()
    return len(set(words)) / len(words) if words else None
