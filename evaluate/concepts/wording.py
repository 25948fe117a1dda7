"""Whether an answer says something, and how much it repeats itself."""

import re
import unicodedata

_MARKS = re.compile(r"[\W_]+")
_UNSPACED = re.compile(r"([\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")
"""Chinese and Japanese, which a name stands in without spaces."""


def folded(text: str) -> str:
    """Without case, accents and marks; words one space apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(_MARKS.sub(" ", plain).split())


def says(answer: str, value: str) -> bool:
    """Whether the value's words stand in a row in the answer."""
    sought, said = (folded(_UNSPACED.sub(r" \1 ", text)) for text in (value, answer))
    return bool(sought) and f" {sought} " in f" {said} "


def unique_words(answer: str) -> float | None:
    """Distinct words over words; None of no words."""
    words = folded(answer).split()
    return len(set(words)) / len(words) if words else None
