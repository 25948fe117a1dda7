"""What is true of a person, attribute by attribute, and of which kind a value is."""

import re

from ....schemas.celebrity import CELEBRITY_ATTRIBUTES, CelebrityFacts
from ....schemas.person import Facts, Parent, Place, centimetres, dollars, long_date

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DIGIT = re.compile(r"\d")
_KINDS = (
    ("date", re.compile(rf"(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}},) -?\d{{1,4}}(?: BC)?")),
    ("money", re.compile(r"[$€£¥] ?\d[\d,.]*")),
    ("height", re.compile(r"\d+(?:\.\d+)? ?c?m")),
    ("number", re.compile(r"[\d,.]+")),
)


def kind_of(text: str) -> str:
    """`date`, `money`, `height`, `number`, or `words`."""
    if not _DIGIT.search(text):
        return "words"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), "words")


def truths(facts: Facts, attribute: str) -> tuple[str, ...]:
    """The right answers to a question about `attribute`, as an option words them; several for hobbies and fun facts.

    Raises:
        ValueError: No such attribute.
    """
    match attribute:
        case "birthplace" | "residence":
            return (str(getattr(facts, attribute)),)
        case "date_of_birth":
            return (long_date(facts.date_of_birth),)
        case "education":
            return (facts.education.institution,)
        case "annual_salary":
            return (dollars(facts.annual_salary),)
        case "height":
            return (centimetres(facts.height),)
        case "father_name" | "father_occupation" | "mother_name" | "mother_occupation":
            parent, part = attribute.split("_")
            return (getattr(getattr(facts.parents, parent), part),)
        case "hobby":
            return facts.hobbies
        case "fun_fact":
            return facts.fun_facts
        case "occupation" | "employer" | "medical_condition":
            return (getattr(facts, attribute),)
    raise ValueError(f"no attribute of a person is called {attribute!r}")


def option_truths(facts: Facts, attribute: str) -> tuple[str, ...]:
    """What a right option may be: of a parent's name any run of its words, of everything else the fact."""
    if not attribute.endswith("_name"):
        return truths(facts, attribute)
    words = truths(facts, attribute)[0].split()
    return tuple(" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1))


def parts(facts: Facts, attribute: str) -> tuple[str, ...]:
    """The separate facts within an attribute, each of which a blank may stand for: city, region, country, ..."""
    match attribute:
        case "birthplace" | "residence":
            place: Place = getattr(facts, attribute)
            return tuple(dict.fromkeys((place.city, place.region, place.country)))
        case "date_of_birth":
            day, month, year = long_date(facts.date_of_birth).split()
            return day, month, year
        case "education":
            education = facts.education
            return tuple(
                p for p in (education.degree, education.field, education.institution, str(education.year)) if p
            )
        case "father_name" | "father_occupation" | "mother_name" | "mother_occupation":
            parent: Parent = getattr(facts.parents, attribute.split("_")[0])
            return parent.name, parent.occupation
    return truths(facts, attribute)


def truths_of_figure(facts: CelebrityFacts, attribute: str) -> tuple[str, ...]:
    """The right answer about a celebrity, first as an option words it, then in its parts.

    Raises:
        ValueError: No such attribute.
    """
    if attribute not in CELEBRITY_ATTRIBUTES:
        raise ValueError(f"no attribute of a celebrity is called {attribute!r}")
    match attribute:
        case "date_of_birth":
            return (long_date(facts.date_of_birth), *long_date(facts.date_of_birth).split())
        case "birthplace":
            return str(facts.birthplace), facts.birthplace.city, facts.birthplace.country
    return (getattr(facts, attribute),)
