"""Comparing names, and the names that no fictitious person may have."""

import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
"""Letters that do not decompose into a plain one and a mark."""


def fold(name: str) -> str:
    """A name as it is compared: no case, no diacritics, no punctuation, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = plain.translate(_LETTERS).replace("'", "").replace("’", "").replace(".", " ").replace("-", " ")
    return " ".join(words.split())


@cache
def blocked_names() -> frozenset[str]:
    """Folded full names of the celebrities and of everybody in the sources that the table was compared with."""
    from .table import load_celebrities

    listed = (DATA / "blocked_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(listed) | {fold(celebrity.facts.name) for celebrity in load_celebrities()}
