"""The tables in `data/`: what can be asked about each kind of concept, and how."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from ...schemas.base import Strict
from ...schemas.concepts import ConceptKind

DATA = Path(__file__).with_name("data")


class Recognise(Strict):
    """Asking for the name, with the picture."""

    ask: tuple[str, ...]
    say: tuple[str, ...]


class Verify(Strict):
    """Asking whether it is somebody, with the picture; {guess} is the name or a wrong one."""

    ask: tuple[str, ...]
    yes: str
    no: str


class FactForm(Strict):
    """One attribute: how its value is drawn, asked for and told."""

    attribute: str
    draw: str | tuple[str, ...] = ""
    """See `draws.draw_value`; a list is dealt out, so that concepts differ."""
    ask: tuple[str, ...]
    """{it} is the name, or one of `seen`."""
    say: str


class HopForm(Strict):
    """A question whose answer is reached by way of the attributes `of`."""

    of: tuple[str, ...]
    ask: str
    value: str
    """`country:X`, `decade:X`, `century:X`, `initial:X`, `difference:X,Y` or `plain:X` of attributes."""


class Phrases(Strict):
    """One kind's table."""

    noun: str
    seen: tuple[str, ...]
    """What stands for the name in a question that goes with a picture."""
    names: tuple[str, ...] = ()
    """Patterns of names; {w} is an invented word."""
    recognise: Recognise
    verify: Verify
    fact: tuple[FactForm, ...] = ()
    hop: tuple[HopForm, ...] = ()


class Foreign(Strict):
    """One kind's questions in one language."""

    recognise: tuple[str, ...]
    facts: dict[str, str] = Field(default_factory=dict)
    """Attribute -> question."""


@cache
def phrases(kind: ConceptKind) -> Phrases:
    """The table of a kind."""
    return Phrases.model_validate(_table(kind))


@cache
def foreign(kind: ConceptKind) -> dict[str, Foreign]:
    """The questions of a kind, by language."""
    return {
        language: Foreign(
            recognise=table["recognise"], facts={name: text for name, text in table.items() if name != "recognise"}
        )
        for language, table in _table("jailbreak")[kind].items()
    }


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
