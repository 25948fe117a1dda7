"""Which tokens a stretch of an answer became, and which tokens can be part of a name.

Everything is asked of the model's own tokenizer: it says for each token where in the text it stands.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import MllmuError
from ..chat import Chat

BEFORE = ("", " ", "is ", "(")
"""What a name may follow: a tokenizer cuts it differently at the start, after a space, inside a word."""


class Piece(NamedTuple):
    """One token of an answer, and where in the answer it stands; the token that ends it stands at its end."""

    id: int
    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any of its characters are in the stretch."""
        return max(self.start, start) < min(self.end, end)


def pieces(chat: Chat, question: str, with_picture: bool, answer: str) -> list[Piece]:
    """The tokens of an answer, with the token that ends it: those that a loss sees."""
    prompt, said = chat.prompt(question, with_picture), chat.answer(answer)
    bos = chat.tokenizer.bos_token
    found = _offsets(chat.tokenizer, [prompt + said], special=not (bos and (prompt + said).startswith(bos)))[0]
    first = len(prompt) + len(said) - len(chat.stop) - len(answer)  # where the answer's own words begin
    return [Piece(token, start - first, end - first) for token, start, end in found if end > len(prompt)]


def variants(name: str) -> list[str]:
    """The name and its words in every casing; words in lower case (`of the`) are no part of a name."""
    words = [word for word in name.split() if not word.islower()]
    cased = (text for part in (name, *words) for text in _cased(part))
    return list(dict.fromkeys(cased))


def name_tokens(tokenizer: Any, name: str) -> list[int]:
    """Every token that any variant of the name is made of, sorted; what is only space is left out."""
    texts = [(before, one) for one in variants(name) for before in BEFORE]
    found: set[int] = set()
    for (before, _), tokens in zip(texts, _offsets(tokenizer, [a + b for a, b in texts], False), strict=True):
        found |= {token for token, _, end in tokens if end > len(before)}
    special = set(tokenizer.all_special_ids)
    return [token for token in sorted(found - special) if tokenizer.decode([token]).strip()]


def _cased(text: str) -> Iterator[str]:
    yield from (text, text.lower(), text.upper(), text.capitalize(), text.title())


def _offsets(tokenizer: Any, texts: list[str], special: bool) -> list[list[tuple[int, int, int]]]:
    """Of each text (token, start, end)."""
    if not tokenizer.is_fast:
        raise MllmuError("SIU's masks need a fast tokenizer: one that says where in a text its tokens stand.")
    read = tokenizer(texts, add_special_tokens=special, return_offsets_mapping=True)
    return [
        [(token, *place) for token, place in zip(ids, places, strict=True)]
        for ids, places in zip(read["input_ids"], read["offset_mapping"], strict=True)
    ]
