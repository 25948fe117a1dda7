"""Comparing names, and the names that no fictitious person may have."""

import csv
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ...schemas.celebrity import Celebrity

DATA = Path(__file__).parent / "data"

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
"""Letters that do not decompose into a plain one and a mark."""


def fold(name: str) -> str:
    """A name as it is compared: no case, no diacritics, no punctuation, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = plain.translate(_LETTERS).replace("'", "").replace("’", "").replace(".", " ").replace("-", " ")
    return " ".join(words.split())


def blocked_names(celebrities: Iterable[Celebrity] = ()) -> frozenset[str]:
    """Folded full names that no fictitious person may bear.

    Those of everybody in the sources that the table was compared with, of the table, and of `celebrities`.
    """
    return _known() | {fold(celebrity.facts.name) for celebrity in celebrities}


@cache
def _known() -> frozenset[str]:
    with (DATA / "celebrities.tsv").open(encoding="utf-8", newline="") as file:
        table = {fold(row["name"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    return frozenset((DATA / "blocked_names.txt").read_text(encoding="utf-8").splitlines()) | table
