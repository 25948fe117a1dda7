"""Where the model is, and the key to it: from the environment, and nowhere else to be seen."""

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...errors import UsageError

if TYPE_CHECKING:
    from openai import AsyncOpenAI, OpenAI

KEY, URL = "OPENAI_API_KEY", "OPENAI_BASE_URL"
_DEFAULT = "https://api.openai.com/v1"
_NO_KEY = "none"  # local servers want none, the client library wants something


class Endpoint:
    """One OpenAI-compatible endpoint.

    Args:
        base_url: Its address; by default what the environment says, else OpenAI's own.
        timeout: Seconds to wait for a reply.
        prefix: `JUDGE_` to look for `JUDGE_OPENAI_API_KEY` before `OPENAI_API_KEY`.

    Raises:
        UsageError: The address is not one, carries a password, or is OpenAI's own and there is no key.
    """

    def __init__(self, base_url: str | None = None, timeout: float = 120.0, prefix: str = ""):
        self.base_url = (base_url or os.environ.get(URL) or _DEFAULT).rstrip("/")
        self.timeout = timeout
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("the base URL is not an http address, such as http://localhost:8000/v1.")
        if parts.username or parts.password or parts.query:
            raise UsageError(f"the base URL carries a password or a query. Keys come from {KEY} in the environment.")
        self._key = os.environ.get(f"{prefix}{KEY}") or os.environ.get(KEY) or ""
        if not self._key and self.base_url == _DEFAULT:
            raise UsageError(f"no key: set {KEY} in the environment, or --base-url for a server that needs none.")

    def clean(self, text: str) -> str:
        """The text without the key, should an endpoint have echoed it."""
        return text.replace(self._key, "[key]") if self._key else text

    def connect(self, most: int) -> "AsyncOpenAI":
        """A client for up to `most` calls at once that does not retry by itself, so that every attempt is on record."""
        from httpx2 import Limits
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        limits = Limits(max_connections=most, max_keepalive_connections=most)
        http = DefaultAsyncHttpxClient(limits=limits, timeout=self.timeout)
        return AsyncOpenAI(api_key=self._key or _NO_KEY, base_url=self.base_url, max_retries=0, http_client=http)

    def connect_plainly(self) -> "OpenAI":
        """A client that blocks, and retries by itself: for files and batches, all but the submitting of a batch."""
        from openai import OpenAI

        return OpenAI(api_key=self._key or _NO_KEY, base_url=self.base_url, timeout=self.timeout, max_retries=5)

    def __repr__(self) -> str:
        return f"Endpoint({self.base_url})"
