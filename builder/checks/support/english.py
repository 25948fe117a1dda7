"""What is wrong with how a text is written, as far as rules can tell."""

import re
from collections.abc import Collection
from itertools import pairwise

_FAULTS = re.compile(
    r"(?P<brace>[{}])"
    r"|(?P<gap>[ \t\u00a0]{2,}| $|^ |\t)"
    r"|(?P<space> [,.;:?!](?!\w))"
    r"|(?P<stop>(?<!\.)\.\.(?!\.)|,,|\?\?|,\.|(?<!Co)\.,)"
    r"|(?P<twice>\b(?P<word>the|an?|of|in|at|is|was|and|with|for|to|by|as) (?P=word)\b)"
    # A capital article opens a sentence; after another word it is a name ("Ngọc An lives").
    r"|(?P<a>(?:\ba|(?<!\w )\bA) (?!(?i:one|once|oui|oua|eu|ew|u))[aeiouAEIO][a-z])"
    r"|(?P<an>\ban (?![hH])[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z][a-z]|(?<!\w )\bAn (?!h)[b-df-hj-np-tv-z][a-z])"
    r"|(?P<none>\b(?:nan|null|undefined)\b)",
    re.MULTILINE,
)
_WHAT = {
    "brace": "has a brace left over from a template",
    "gap": "has spaces too many",
    "space": "has a space before a punctuation mark",
    "stop": "has two punctuation marks in a row",
    "twice": "says a word twice",
    "a": "has `a` before a vowel",
    "an": "has `an` before a consonant",
    "none": "has a program's word for nothing",
}
_PAIRED = ("()", "[]", "“”")
_BEGINS = re.compile(r"[\"“‘'(¿\d]|__")

_SIGNS = ("{", "}", "  ", "\t", "\u00a0", " \n", "\n ", "\n\n", " ,", " .", " ;", " :", " ?", " !")
_SIGNS += ("..", ",,", "??", ",.", ".,", "nan", "null", "undefined", "(", ")", "[", "]", "“", "”", '"')
_ARTICLES = (re.compile(r"an? [^ ]"), re.compile(r"An? [^ ]"))


def spotless(texts: Collection[str]) -> bool:
    """Whether `fault` finds nothing in any of them for certain: a quick look at all, where a look at each takes long.

    Whatever `fault` objects to must show one of these signs; that a sign is there proves nothing yet.
    """
    blob = "\n".join(("", *texts, ""))
    if any(sign in blob for sign in _SIGNS) or "" in texts:
        return False
    words = blob.split(" ")
    if any(left == right for left, right in pairwise(words)):
        return False
    return not any(_FAULTS.match(blob, found.start()) for article in _ARTICLES for found in article.finditer(blob))


def fault(text: str) -> str:
    """What is wrong with a text, after `the text`; empty when nothing is."""
    if not text.strip():
        return "is empty"
    found = _FAULTS.search(text)
    if found:
        kind = next(name for name in _WHAT if found[name])
        return f"{_WHAT[kind]} (…{text[max(0, found.start() - 12) : found.end() + 12]}…)"
    uneven = any(text.count(left) != text.count(right) for left, right in _PAIRED) or text.count('"') % 2
    return "opens a bracket or quotation that it does not close" if uneven else ""


def sentence_fault(text: str) -> str:
    """What is wrong with a text as a sentence or several."""
    if not (text[:1].isupper() or _BEGINS.match(text)):
        return "begins with no capital letter"
    return "" if text.endswith((".", "?", "!", ":", '."', '?"', ".”", "?”", ".)")) else "does not end as a sentence"
