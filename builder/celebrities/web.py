"""Fetching from public services the way they ask for: slowly, named, cached, and patient when told to wait."""

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ... import __version__
from ...errors import MllmuError
from ..files import write_whole

if TYPE_CHECKING:
    from httpx2 import Client, Response

T = TypeVar("T")

USER_AGENT = f"mllmu-bench/{__version__} (benchmark of multimodal unlearning; python-httpx)"
"""The services refuse clients that do not say what they are."""

TRIES = 6
KEPT = 24 * 3600.0
"""Seconds for which an answer is good: long enough to go on after a failure, short enough to see what is new."""
LONGEST_WAIT = 120.0
"""Seconds; a service that asks for more is left for another day."""


class UnreachableError(MllmuError):
    """A service did not give a usable answer, however often it was asked."""


class Web:
    """A polite client. Good answers are kept in `cache`, so that the same command goes on where it was stopped.

    Args:
        cache: Folder of answers.
        pause: Seconds between two requests at least.
        sleep: Waits; tests give their own.
    """

    def __init__(self, cache: Path, pause: float = 1.0, sleep: Callable[[float], None] = time.sleep):
        self._cache, self._pause, self._sleep = cache, pause, sleep
        self._last = -pause
        self._client: Client | None = None
        self.requests = 0
        """Sent so far; answers from the cache are none."""

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def get(self, url: str, params: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """What `read` makes of the answer.

        Args:
            url: The service, or a file.
            params: The query.
            read: Raises ValueError for an answer that is cut or otherwise unusable; it is then asked for again,
                and never cached.

        Raises:
            UnreachableError: After `TRIES` requests, or when the service says no.
        """
        key = hashlib.sha256(repr((url, sorted(params.items()))).encode()).hexdigest()
        kept = self._cache / key
        if kept.exists() and time.time() - kept.stat().st_mtime < KEPT:
            try:
                return read(kept.read_bytes())
            except ValueError:
                kept.unlink()
        why = "no answer"
        for attempt in range(TRIES):
            data, why, wait = self._ask(url, params, attempt)
            if data is not None:
                try:
                    made = read(data)
                except ValueError as error:
                    why = f"an unusable answer ({error})"
                else:
                    self._cache.mkdir(parents=True, exist_ok=True)
                    write_whole(kept, data)
                    return made
            if wait is None:
                break
            if attempt < TRIES - 1:
                self._sleep(wait)
        raise UnreachableError(f"{url} gave {why}. What was read is kept; the same command goes on from there.")

    def _ask(self, url: str, params: Mapping[str, str], attempt: int) -> tuple[bytes | None, str, float | None]:
        """The body or None; what went wrong; seconds to wait before asking again, None for never."""
        import httpx2

        self._keep_distance()
        self.requests += 1
        backoff = min(2.0**attempt, 60.0)
        try:
            answer = self._open().get(url, params=dict(params) or None)
        except httpx2.InvalidURL as error:
            return None, f"no answer: it is no address ({error})", None
        except httpx2.TransportError as error:
            return None, f"no answer ({error or type(error).__name__})", backoff
        if answer.status_code == 200:
            return answer.content, "", backoff
        why = f"status {answer.status_code}"
        if answer.status_code == 429 or answer.status_code >= 500:
            wait = retry_after(answer, backoff)
            return None, why, wait if wait <= LONGEST_WAIT else None
        return None, why, None

    def _open(self) -> "Client":
        import httpx2

        if self._client is None:
            self._client = httpx2.Client(headers={"User-Agent": USER_AGENT}, timeout=60.0, follow_redirects=True)
        return self._client

    def _keep_distance(self) -> None:
        wait = self._last + self._pause - time.monotonic()
        if wait > 0 and self.requests:
            self._sleep(wait)
        self._last = time.monotonic()


def retry_after(answer: "Response", otherwise: float) -> float:
    """Seconds that the answer's Retry-After asks to wait, as a number or as a date; `otherwise` without one."""
    stated = answer.headers.get("Retry-After", "").strip()
    if stated.isdigit():
        return float(stated)
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (TypeError, ValueError):
        return otherwise


def endpoint(variable: str, default: str) -> str:
    """The address of a service, which an environment variable can replace (a mirror, a test server)."""
    return os.environ.get(variable) or default
