"""Whether a text says something, whatever its case, accents and marks."""

import re
import unicodedata

_MARKS = re.compile(r"[\W_]+")
_UNSPACED = re.compile(r"([\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff])")
"""A character of Chinese or Japanese, which stand without spaces: each is a word here."""


def folded(text: str) -> str:
    """Without case, accents and marks; words one space apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(_MARKS.sub(" ", plain).split())


def says(text: str, value: str) -> bool:
    """Whether the value's words, but for a `the` before them, stand in a row in the text.

    A value that is one capital letter is looked for as a letter: neither the words `a` and `I` are it, nor what an
    apostrophe cuts off.
    """
    if len(value) == 1 and value.isupper():
        return re.search(rf"(?<![\w'’]){value}(?![\w'’]| [a-z])", text) is not None
    sought, said = (folded(_UNSPACED.sub(r" \1 ", one)) for one in (value, text))
    sought = sought.removeprefix("the ")
    return bool(sought) and f" {sought} " in f" {said} "
