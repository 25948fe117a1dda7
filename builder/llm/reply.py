"""Reading the body of a response: what the model said, whether it finished, and what it was charged for."""

import json
from typing import Any, NamedTuple

from .calls import Usage


class Said(NamedTuple):
    """The model's words, or why there are none that can be used."""

    text: str
    fault: str
    """A sentence for the model; empty when the reply is whole."""


def read(raw: str) -> Said:
    """What a recorded response says."""
    try:
        choice = json.loads(raw)["choices"][0]
        message, finish = choice["message"], choice.get("finish_reason")
        text, refusal = message.get("content") or "", message.get("refusal")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Said("", "The reply arrived damaged.")
    if refusal or finish == "content_filter":
        return Said("", "The reply was a refusal. Everybody in this task is invented; nobody real is described.")
    if finish == "length":
        return Said("", "The reply was too long and was cut off. Be brief.")
    return Said(text, "" if text.strip() else "The reply was empty.")


def usage_of(raw: str) -> Usage:
    """The tokens a response says it was charged for."""
    try:
        usage = json.loads(raw)["usage"]
        details = usage.get("prompt_tokens_details") or {}
        return Usage(
            _count(usage, "prompt_tokens"), _count(details, "cached_tokens"), _count(usage, "completion_tokens")
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Usage()


def _count(table: dict[str, Any], key: str) -> int | None:
    value = table.get(key)
    return value if isinstance(value, int) else None
