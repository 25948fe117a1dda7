"""The little grammar that templates need: articles, lists, capitals, possessives."""

import re
from collections.abc import Sequence

# Where spelling and sound part: what is said with a vowel first, and what is not.
_SAID_WITH_VOWEL = re.compile(r"(?:hour|honest|honou?r|heir|[AEFHILMNORSX](?=-|\d|[A-Z]))")
_SAID_WITH_CONSONANT = re.compile(
    r"(?:[Uu]ni(?!n|m)|[Uu]s(?:e|ual|ur)|[Uu]kulele|[Uu]til|[Uu]ro|[Ee]u|[Ee]we|[Oo]ne|[Oo]nce|U[A-Z])"
)
_COUNTRIES_WITH_ARTICLE = frozenset(
    [
        "Bahamas",
        "Central African Republic",
        "Comoros",
        "Czech Republic",
        "Democratic Republic of the Congo",
        "Dominican Republic",
        "Gambia",
        "Maldives",
        "Marshall Islands",
        "Netherlands",
        "Philippines",
        "Republic of the Congo",
        "Seychelles",
        "Solomon Islands",
        "United Arab Emirates",
        "United Kingdom",
        "United States",
    ]
)
_TAKES_ARTICLE = re.compile(
    r"(?!the )(?:\S+ ){0,4}?(?:University|College|Institute|Academy|School|Conservatory|Faculty) (?:of|for) "
)


def article(phrase: str) -> str:
    """`a` or `an`, by how the phrase is said."""
    if _SAID_WITH_VOWEL.match(phrase):
        return "an"
    return "an" if phrase[:1].lower() in "aeiou" and not _SAID_WITH_CONSONANT.match(phrase) else "a"


def a(phrase: str) -> str:
    """The phrase with its indefinite article: `an engineer`, `a university lecturer`."""
    return f"{article(phrase)} {phrase}"


def capital(phrase: str) -> str:
    """The phrase as a sentence begins; unlike `str.capitalize`, the rest stays as it is."""
    return phrase[:1].upper() + phrase[1:]


def possessive(name: str) -> str:
    """`Ana's`, and `James's`: every singular name takes the same ending."""
    return f"{name}'s"


def ordinal(number: int) -> str:
    """`21st`, `30th`."""
    last = number % 10 if number // 10 % 10 != 1 else 0
    return f"{number}{('th', 'st', 'nd', 'rd')[last] if last < 4 else 'th'}"


def listing(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; with a second `and` inside an item, the serial comma keeps them apart."""
    *head, last = items
    if not head:
        return last
    comma = "," if len(items) > 2 and any(" and " in item for item in items) else ""
    return f"{', '.join(head)}{comma} and {last}"


def the_country(country: str) -> str:
    """The country as it stands after `in`: `the Netherlands`, `Peru`."""
    return f"the {country}" if country in _COUNTRIES_WITH_ARTICLE else country


def the_institution(institution: str) -> str:
    """The institution as it stands after `at`: `the University of Velm`, `Velm College`."""
    return f"the {institution}" if _TAKES_ARTICLE.match(institution) else institution


def tidy(text: str) -> str:
    """One full stop where a sentence ends in an abbreviation: `works for Reyes & Co.`."""
    return text.replace("..", ".")
