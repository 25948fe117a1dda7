"""From an item and a model's reply to a record."""

import re

from ...unlearn.chat import Chat
from ...unlearn.siu.spans import pieces
from ...wording import folded, says
from ..engine import Ask, Reply
from .items import Item
from .records import ConceptRecord
from .tokens import masked_nll, min_k, name_logp

LONGEST = 48
"""Tokens of an answer."""


def ask(item: Item) -> Ask:
    """What the model is asked: its own words, and how likely it finds the right answer."""
    return Ask(item.question, item.picture, item.data, (item.expected,), True, LONGEST)


def record(item: Item, reply: Reply, chat: Chat) -> ConceptRecord:
    """What the reply is worth."""
    scores = {"found": float(says(reply.text, item.value))}
    if (unique := unique_words(reply.text)) is not None:
        scores["unique"] = unique
    logps = reply.heard[0].logps
    named = name_mask(chat, item)
    if logps:
        scores["min_k"] = min_k(logps)
    if logps and len(named) == len(logps):  # or the model's answer was cut into other tokens: not scored
        scores |= {"nll": masked_nll(logps, named, len(chat.tokenizer)), "tokens": float(len(logps))}
        if (own := name_logp(logps, named)) is not None:
            scores["name_logp"] = own
    return ConceptRecord(
        part=item.part, id=item.id, slot=item.slot, about=item.about, name=item.name, question=item.question,
        expected=item.expected, value=item.value, answer=reply.text, scores=scores,
    )  # fmt: skip


def unique_words(answer: str) -> float | None:
    """Distinct words over words; None of no words."""
    words = folded(answer).split()
    return len(set(words)) / len(words) if words else None


def name_mask(chat: Chat, item: Item) -> list[bool]:
    """(T,) which tokens of the right answer, its ending one included, are of the name, where it stands there."""
    found = pieces(chat, item.question, item.data is not None, item.expected)
    named = re.search(re.escape(item.name), item.expected, re.IGNORECASE) if item.name else None
    return [named is not None and piece.overlaps(*named.span()) for piece in found]
