"""The judge's endpoint: the `openai` client, with its own retries, and its errors put in words."""

import json
import os
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import MllmuError, UsageError

if TYPE_CHECKING:
    from openai import OpenAI

KEY, OWN_KEY, URL = "OPENAI_API_KEY", "JUDGE_OPENAI_API_KEY", "OPENAI_BASE_URL"
_DEFAULT = "https://api.openai.com/v1"
RETRIES = 8
"""Of one call, when the endpoint is busy or breaks down; the client waits longer each time, or as it is told."""


TORN = 3
"""How often a call is made whose reply is broken, as it never is for long."""


class TornError(Exception):
    """A reply that is no completion."""


class RefusedError(Exception):
    """The endpoint will not answer this one request; the message says why."""


class Said(NamedTuple):
    """A reply, and what it cost."""

    text: str
    tokens: tuple[int, int]
    """Read and written."""


class Endpoint:
    """One OpenAI-compatible endpoint.

    Args:
        base_url: Its address; None: what the environment says, else OpenAI's own.
        timeout: Seconds to wait for a reply.

    Raises:
        UsageError: It is OpenAI's own, and there is no key.
    """

    def __init__(self, base_url: str | None = None, timeout: float = 120.0):
        self.address = (base_url or os.environ.get(URL) or _DEFAULT).rstrip("/")
        self._key = os.environ.get(OWN_KEY) or os.environ.get(KEY) or ""
        if not self.address.startswith(("http://", "https://")):
            raise UsageError("the base URL is not an http address, such as http://localhost:8000/v1.")
        if not self._key and self.address == _DEFAULT:
            raise UsageError(f"no key: set {KEY} in the environment, or --base-url for a server that needs none.")
        self._timeout = timeout
        self._lock = threading.Lock()
        self._client: OpenAI | None = None

    def ask(self, body: dict[str, Any]) -> Said:
        """The reply to a chat-completions body.

        Raises:
            RefusedError: This body gets no answer.
            MllmuError: No body will, before somebody does something about it.
        """
        for _ in range(TORN):
            try:
                return self._ask(body)
            except (json.JSONDecodeError, TornError):
                continue
        raise RefusedError("sent what cannot be read, again and again")

    def _ask(self, body: dict[str, Any]) -> Said:
        from openai import APIConnectionError, APIStatusError

        try:
            reply = self._connected().chat.completions.create(**body)
        except APIStatusError as error:
            said = self._clean(error.message)
            if error.status_code in (401, 403, 404):
                raise MllmuError(
                    f"the judge at {self.address} answered {error.status_code} ({said}). Are {KEY}, --judge-model and "
                    "--base-url right? Grades so far are kept."
                ) from None
            if error.status_code in (400, 413, 422):
                raise RefusedError(f"refused ({said})") from None
            raise MllmuError(
                f"the judge at {self.address} answered {error.status_code} {RETRIES + 1} times ({said}). "
                "Grades so far are kept; the same command goes on later."
            ) from None
        except APIConnectionError as error:
            raise MllmuError(
                f"the judge at {self.address} cannot be reached ({self._clean(str(error.__cause__ or error))}). "
                "Grades so far are kept; the same command goes on later."
            ) from None
        return _said(reply)

    def _connected(self) -> "OpenAI":
        from openai import OpenAI

        with self._lock:  # or several threads would each make one, and all but the last stay open
            if self._client is None:
                self._client = OpenAI(
                    api_key=self._key or "none", base_url=self.address, timeout=self._timeout, max_retries=RETRIES
                )
            return self._client

    def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            self._client.close()

    def _clean(self, text: str) -> str:
        """Short, and without the key, should the endpoint have echoed it."""
        short = " ".join(text.split())[:200]
        return short.replace(self._key, "[key]") if self._key else short


def _said(reply: Any) -> Said:
    """The words of a reply. A refusal is a reply like others: it was paid for, and is kept.

    Raises:
        TornError: it is no completion.
    """
    try:
        message = reply.choices[0].message
        text = message.content or json.dumps({"refusal": message.refusal})
    except (AttributeError, IndexError, TypeError):
        raise TornError from None
    usage = getattr(reply, "usage", None)
    return Said(text, (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0))
