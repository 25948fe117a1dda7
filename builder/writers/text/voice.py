"""How a sentence refers to the person it is about, and the filling of a template."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

from .english import capital, possessive, tidy

T = TypeVar("T")

Reference = Mapping[str, str]
"""The forms `who`, `Who`, `whom`, `whose`, `Whose` of one way to refer to a person."""


def reference(who: str, whose: str = "", whom: str = "") -> Reference:
    """A way to refer to someone; the other cases are made from `who` unless they are given."""
    whose = whose or possessive(who)
    return {"who": who, "Who": capital(who), "whom": whom or who, "whose": whose, "Whose": capital(whose)}


# "The person in this image's job" is no English, so the longer references borrow a possessive.
IMAGE: tuple[Reference, ...] = (
    reference("this person"),
    reference("the person in this image", "this person's"),
    reference("the person in the picture", "this person's"),
    reference("the person shown here", "this person's"),
)
IMAGE_TEST: tuple[Reference, ...] = (
    reference("the person in this portrait", "the pictured person's"),
    reference("the individual in this photo", "this individual's"),
    reference("the person pictured here", "the pictured person's"),
    reference("this individual"),
)
"""Of the test set: no training pair refers to a person in these words."""


class Voice:
    """Fills templates, referring to the person in one of a few ways, drawn anew for each sentence."""

    def __init__(self, forms: Mapping[str, str], references: Sequence[Reference], rng: Random) -> None:
        self._forms = dict(forms)
        self._references = references
        self._rng = rng

    def say(self, template: str) -> str:
        """The template with every `{form}` filled in."""
        self._forms.update(self._draw(self._references))
        return tidy(template.format_map(self._forms))

    def one_of(self, templates: Sequence[str]) -> str:
        """One of the templates, drawn at random and filled in."""
        return self.say(self._draw(templates))

    def _draw(self, items: Sequence[T]) -> T:
        return items[int(self._rng.random() * len(items))]

    def from_anywhere(self, items: Sequence[T]) -> list[T]:
        """All items, beginning anywhere; a true shuffle takes ten times as long."""
        start = int(self._rng.random() * len(items))
        return [*items[start:], *items[:start]]
