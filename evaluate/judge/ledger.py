"""Every reply that a judge gave, in one SQLite file: nothing is paid for twice."""

import hashlib
import json
import sqlite3
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ...errors import MllmuError

_TABLE = """CREATE TABLE IF NOT EXISTS replies (
    key TEXT PRIMARY KEY,  -- hash of the request
    model TEXT NOT NULL,
    reply TEXT NOT NULL,   -- as it came
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL
) STRICT"""


class Ledger:
    """Replies by request; a context manager. Threads may share it.

    Raises:
        MllmuError: The file is not a ledger, or cannot be written.
    """

    def __init__(self, path: Path):
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=60)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(_TABLE)
        except (OSError, sqlite3.Error) as error:
            raise MllmuError(f"cannot use the judge's ledger {path}: {error}. Choose another with --ledger.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def get(self, key: str) -> str | None:
        """The reply to that request, if it was ever made."""
        with self._lock:
            row = self._db.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, model: str, reply: str, tokens: tuple[int, int]) -> None:
        """On record once this returns."""
        with self._lock:
            try:
                self._db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)", (key, model, reply, *tokens))
            except sqlite3.Error as error:
                raise MllmuError(
                    f"cannot write the judge's ledger {self.path}: {error}. What it has is kept."
                ) from error


def key_of(address: str, body: dict[str, Any]) -> str:
    """The same request to the same endpoint has the same key."""
    return hashlib.sha256(json.dumps([address, body], sort_keys=True).encode()).hexdigest()
