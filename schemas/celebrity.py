"""A real public figure, and only what is on public record about a public role.

Health, pay, height and addresses of real people are no business of a benchmark: no attribute has a place for them.
"""

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from .appearance import Sex
from .base import Strict, Titled
from .person import long_date
from .questions import QuestionSet

CelebrityAttribute = Literal[
    "date_of_birth", "birthplace", "citizenship", "occupation", "education", "known_for", "another_fact"
]
"""What a question can ask about a public figure."""

CELEBRITY_ATTRIBUTES: tuple[CelebrityAttribute, ...] = get_args(CelebrityAttribute)

MIN_ASKED = 5
"""Attributes that every public figure must have wrong options for, so that 18 questions are not the same few."""


class City(Titled):
    """Where somebody was born: the place, and the country that it lies in today."""

    city: str
    country: str

    def __str__(self) -> str:
        return f"{self.city}, {self.country}"


class CelebrityFacts(Titled):
    """Everything the set says of one public figure. The `biography` column is this record, as JSON, plus the prose."""

    name: str
    gender: Sex
    date_of_birth: date
    """In the Gregorian calendar from 15 October 1582 on, in the Julian before, as reference works do."""
    birthplace: City
    citizenship: str
    """Of most of the public life; a state of its own time where today's would mislead (`Soviet Union`)."""
    occupation: str
    """What the fame rests on: singular, lower case, no article, the same word for women and men."""
    education: str
    """One school, college or university attended; empty when there is none on record, and then not asked."""
    known_for: str
    """Fits after `best known for`: `the discovery of penicillin`. Does not name the person."""
    another_fact: str
    """A verb phrase in the past tense: `served as Master of the Royal Mint`. Does not name the person."""


class PictureCredit(Strict):
    """Where a picture of a real person comes from, and under which licence it may be shown."""

    file: str
    """Name of the file, in the folder of pictures."""
    author: str
    license: str
    url: str
    """The page that says so."""


class Celebrity(Strict):
    """One row of the celebrity set."""

    id: str = Field(pattern=r"^C\d{3,}$")
    """`C001` upwards; the letter keeps it apart from the fictitious people."""
    facts: CelebrityFacts
    field: str
    """The kind of fame: `science`, `music`, …. Wrong options come from the same field."""
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9]\d*$")
    """The Wikidata item; None when it was not certain."""
    note: str = ""
    """What is uncertain, disputed or simplified in the facts."""
    sources: tuple[str, ...] = ()
    """Independent sources that the facts were compared with."""
    decoys: dict[CelebrityAttribute, tuple[str, str, str]]
    """For each attribute that can be asked, three wrong values, each the right one of a comparable person."""

    @property
    def pronouns(self) -> tuple[str, str, str]:
        """Subject, object, possessive."""
        return ("she", "her", "her") if self.facts.gender == "female" else ("he", "him", "his")

    def value(self, attribute: CelebrityAttribute) -> str:
        """The right answer to a question about `attribute`, as an option of a multiple choice words it."""
        facts = self.facts
        match attribute:
            case "date_of_birth":
                return long_date(facts.date_of_birth)
            case "birthplace":
                return str(facts.birthplace)
            case "citizenship" | "occupation" | "education" | "known_for" | "another_fact":
                return getattr(facts, attribute)


class CelebrityWritten(Strict):
    """A celebrity in words. Nothing is trained on celebrities and none are re-posed: no pairs, no paraphrases."""

    text: str
    """The biography as prose."""
    question: str
    """The describe-this-person request, asked with the picture."""
    answer: str
    """Its answer."""
    questions: QuestionSet
