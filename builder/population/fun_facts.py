"""Odd, cheerful and harmless things that anybody may once have done."""

import random
import re
from functools import cache
from math import prod
from typing import Any, NamedTuple

from .draws import DATA, table

_SLOT = re.compile(r"\{(\w+)\}")


class Template(NamedTuple):
    """A verb phrase with gaps, and what may fill each."""

    text: str
    """With `{}` for each gap."""
    slots: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """How many different facts it makes."""
        return prod(map(len, self.slots))

    def draw(self, rng: random.Random) -> str:
        """One of them."""
        return self.text.format(*map(rng.choice, self.slots))


def _template(fact: dict[str, Any], words: dict[str, list[str]]) -> Template:
    text = fact["text"]
    given = (fact[name] for name in _SLOT.findall(text))
    lists = (words[slot] if isinstance(slot, str) else slot for slot in given)
    return Template(_SLOT.sub("{}", text), tuple(map(tuple, lists)))


@cache
def templates() -> tuple[Template, ...]:
    """All of them, in the order of the files' names."""
    words = table("fun_facts/words.toml")
    names = sorted(file.name for file in (DATA / "fun_facts").iterdir() if file.name != "words.toml")
    return tuple(_template(fact, words) for name in names for fact in table(f"fun_facts/{name}")["fact"])


def fun_facts(people: int, rng: random.Random) -> list[tuple[str, ...]]:
    """Four facts for each of several people, all of different templates: verb phrases that fit anybody after the name.

    The first is the one to be asked for.
    """
    drawn = [template.draw(rng) for template in rng.sample(templates(), 4 * people)]
    return [tuple(drawn[k::people]) for k in range(people)]
