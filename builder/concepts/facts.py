"""From an attribute's value to facts in sentences, and to questions that need several steps."""

import re
from collections.abc import Mapping

from ...schemas.concepts import ConceptFact, ConceptKind, Hop
from ..writers.text.english import a, capital, ordinal
from .phrases import HopForm, phrases

_YEAR = re.compile(r"\d{4}")


def filled(text: str, name: str, value: str = "", guess: str = "") -> str:
    """A phrase with {name}, {Name}, {value}, {a_value} and {guess} filled in, and one full stop at its end."""
    article = a(value) if "{a_value}" in text else ""
    text = text.format(name=name, Name=capital(name), value=value, a_value=article, guess=guess)
    return text if not text.endswith("..") else text[:-1]


def facts_of(kind: ConceptKind, name: str, values: Mapping[str, str]) -> tuple[ConceptFact, ...]:
    """The facts, in the order of the kind's table."""
    return tuple(
        ConceptFact(
            attribute=form.attribute,
            question=form.ask[0].format(it=name),
            value=values[form.attribute],
            sentence=filled(form.say, name, values[form.attribute]),
        )
        for form in phrases(kind).fact
    )


def hops_of(kind: ConceptKind, name: str, values: Mapping[str, str]) -> tuple[Hop, ...]:
    """The questions of several steps; each goes with a picture."""
    seen = phrases(kind).seen
    known = {**values, "name": name}
    out = []
    for k, form in enumerate(phrases(kind).hop):
        question = form.ask.format(it=seen[k % len(seen)])
        out.append(Hop(question=question, value=_value(form, known), via=form.of))
    return tuple(out)


def _value(form: HopForm, values: Mapping[str, str]) -> str:
    how, _, names = form.value.partition(":")
    first, *more = (values[name] for name in names.split(","))
    match how:
        case "plain":
            return first
        case "country":
            return first.rpartition(", ")[2]
        case "decade":
            return f"the {_year(first) // 10 * 10}s"
        case "century":
            return f"the {ordinal((_year(first) - 1) // 100 + 1)} century"
        case "difference":
            return str(_year(first) - _year(more[0]))
        case "initial":
            return first[0]
    raise ValueError(f"no value is called {form.value!r}")


def _year(value: str) -> int:
    found = _YEAR.search(value)
    if not found:
        raise ValueError(f"{value!r} has no year")
    return int(found[0])
