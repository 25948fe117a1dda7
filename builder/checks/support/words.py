"""Comparing texts by their words alone."""

import re
from functools import lru_cache

_GAPS = re.compile(r"\W+")


@lru_cache(maxsize=2048)  # several checks compare the same texts of one person
def norm(text: str) -> str:
    """The words of a text, lower case, one space between: `It's $84,500.` -> `it s 84 500`."""
    return _GAPS.sub(" ", text.casefold()).strip()


def holds(text: str, value: str) -> bool:
    """Whether `value` stands in `text` as whole words; both are `norm`ed. An empty value stands nowhere."""
    return bool(value) and f" {value} " in f" {text} "


def tells(question: str, answer: str, name: str) -> bool:
    """Whether a question says its own answer, other than by the name of the person in it."""
    return holds(f" {norm(question)} ".replace(f" {norm(name)} ", "  "), norm(answer))


def plain(text: str) -> str:
    """The text but for case and white space: two options that are `plain`ly the same are one option."""
    return " ".join(text.casefold().split())


def quoted(text: str, limit: int = 90) -> str:
    """A text as a finding cites it: in quotation marks, cut when long."""
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")
