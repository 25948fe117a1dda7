"""The record of a build: one SQLite file beside the release that keeps whatever was expensive to make.

A build that is killed, even by `kill -9` or a power cut, goes on from its ledger: what is recorded is never made
again. Rows carry the hash of what they hold, so that a damaged or edited row is found and made anew.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from ..errors import MllmuError, UsageError
from .settings import UNTIL_PAID, differing

LEDGER_FORMAT = 1
_FRESH = "fresh"
"""Key of `about`: the build was begun with --fresh, and its release does not stand yet."""

_TABLES = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS work (
    stage TEXT NOT NULL,    -- what was made: 'picture'
    slot TEXT NOT NULL,     -- for whom: the person's id and the view, '001/0'
    key TEXT NOT NULL,      -- hash of all that decided it
    sha256 TEXT NOT NULL,   -- of meta and data
    meta TEXT NOT NULL,     -- JSON
    data BLOB NOT NULL,
    PRIMARY KEY (stage, slot)
) STRICT;
"""


class Work(NamedTuple):
    """One thing made."""

    slot: str
    key: str
    meta: dict[str, Any]
    data: bytes


class _DamagedError(MllmuError):
    """The file is no ledger, or not a whole one."""


class Ledger:
    """The ledger of the release folder `folder`; a context manager. One process at a time.

    With `fresh`, `agree_on` throws away what was recorded. A `helper` writes beside the process that holds the ledger.

    Raises:
        MllmuError: When entered: the file is not a ledger, is damaged, cannot be written, or another build holds it.
    """

    def __init__(self, folder: Path, fresh: bool = False, helper: bool = False):
        from filelock import FileLock

        self.path, self.fresh, self._helper = ledger_path(folder), fresh, helper
        self._folder = folder
        self._lock = FileLock(_lock_path(self.path), timeout=0.3)  # a helper may just be asking whether it is held
        self._db: sqlite3.Connection

    def __enter__(self) -> Self:
        self._hold()
        try:
            self._db = self._open()
        except BaseException:
            self._lock.release()
            raise
        return self

    def _hold(self) -> None:
        from filelock import Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _lock_path(self.path).touch()  # where nothing can be written, this says so; the lock would say it is taken
            if not self._helper:
                self._lock.acquire()
        except Timeout as error:
            raise MllmuError(
                f"another build is at work on {self._folder}. Wait for it, or choose another --out."
            ) from error
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _open(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self.path, isolation_level=None, timeout=60)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")  # a power cut may lose the last rows, never tear the file
            db.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise _unwritable(self.path, error) from error
            if self.fresh:
                self._throw_away()
                return self._open()
            raise _DamagedError(
                f"{self.path} is damaged or not a ledger ({error}). Run the same command with --fresh to start anew."
            ) from error
        return db

    def _throw_away(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._lock.release()

    def agree_on(self, settings: dict[str, Any], may_change: Collection[str] = ()) -> None:
        """Record the build's settings; if anything is recorded that they would spoil, compare them first.

        Those named in `may_change` decide only what is not yet made: a new value takes the place of the old one. So
        it is with those of `UNTIL_PAID`, until then. `fresh` throws away what is recorded, unless it is an unfinished
        build of these settings that was itself begun afresh: that one goes on.

        Raises:
            UsageError: A setting has changed since the build began; the message names it.
        """
        if self.fresh and not self._goes_on(settings, may_change):
            self._db.close()
            self._throw_away()
            self._db = self._open()
            self.execute("INSERT INTO about VALUES (?, '')", (_FRESH,))
        elif self.begun() and (self.paid() or self.execute("SELECT 1 FROM work LIMIT 1").fetchone()):
            refuse_changes(self._on_record(settings, may_change), settings, self.path)
        told = (str(LEDGER_FORMAT), json.dumps(settings))
        self.execute("INSERT OR REPLACE INTO about VALUES ('format', ?), ('settings', ?)", told)

    def finish(self) -> None:
        """Put down that the release stands: `fresh` begins anew from now on."""
        self.execute("DELETE FROM about WHERE key = ?", (_FRESH,))

    def paid(self) -> bool:
        """Whether a model's replies are on record, or on their way in a batch."""
        if not self.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone():
            return False
        sql = "SELECT 1 FROM calls WHERE status = 'answered' OR status = 'sent' AND batch IS NOT NULL LIMIT 1"
        return self.execute(sql).fetchone() is not None

    def _goes_on(self, settings: dict[str, Any], may_change: Collection[str]) -> bool:
        try:
            if self._about(_FRESH) is None or differing(self._on_record(settings, may_change), settings):
                return False
            return self.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except _DamagedError:
            return False

    def _on_record(self, new: dict[str, Any], may_change: Collection[str]) -> dict[str, Any]:
        """The settings on record, but for those that may have the new value by now."""
        old = json.loads(self._about("settings") or "{}")
        free = (*may_change, *(() if self.paid() else UNTIL_PAID))
        return {**old, **{name: new.get(name) for name in free if name in old}}

    def begun(self) -> bool:
        """Whether a build has recorded its settings."""
        return self._about("settings") is not None

    def _about(self, key: str) -> str | None:
        row = self.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def record(self, stage: str, works: Iterable[Work]) -> None:
        """Put down what was made, all of `works` or nothing, replacing what was recorded for their slots."""
        rows = [(stage, w.slot, w.key, _digest(w), _canonical(w.meta), w.data) for w in works]
        try:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise _unwritable(self.path, error) from error

    def has(self, stage: str, keys: dict[str, str]) -> set[str]:
        """Those of the slots in `keys` that are recorded with just that key."""
        found = self.execute("SELECT slot, key FROM work WHERE stage = ?", (stage,))
        return {slot for slot, key in found if keys.get(slot) == key}

    def get(self, stage: str, slot: str) -> Work | None:
        """What was made for `slot`; None if nothing was. A row that does not match its own hash is forgotten."""
        row = self.execute(
            "SELECT slot, key, meta, data, sha256 FROM work WHERE stage = ? AND slot = ?", (stage, slot)
        ).fetchone()
        if row is None:
            return None
        try:
            work = Work(row[0], row[1], json.loads(row[2]), row[3])
        except ValueError:
            work = None
        if work is None or _digest(work) != row[4]:
            self.execute("DELETE FROM work WHERE stage = ? AND slot = ?", (stage, slot))
            return None
        return work

    def flush(self) -> None:
        """Have everything recorded so far written to the disk; may be called from another thread.

        Commits alone survive a kill. SQLite itself flushes its log only now and then (see `_open`).
        """
        with open(f"{self.path}-wal", "rb+") as log:
            os.fsync(log.fileno())

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Run one statement, which is on record once this returns.

        Raises:
            MllmuError: The file is damaged or cannot be written.
        """
        try:
            return self._db.execute(sql, values)
        except sqlite3.OperationalError as error:
            raise _unwritable(self.path, error) from error
        except sqlite3.DatabaseError as error:
            raise _DamagedError(f"{self.path} is damaged ({error}). Run with --fresh to start anew.") from error


def at_work(ledger: Path) -> bool:
    """Whether a build holds the ledger."""
    from filelock import FileLock, Timeout

    lock = _lock_path(ledger)
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True


def is_redone(folder: Path, settings: dict[str, Any]) -> bool:
    """Whether a build of these very settings, begun with --fresh, waits to replace what stands in `folder`."""
    uri = f"{ledger_path(folder).absolute().as_uri()}?mode=rw"  # mode=ro would leave SQLite's files behind
    try:
        with closing(sqlite3.connect(uri, uri=True)) as db:
            about = dict(db.execute("SELECT key, value FROM about").fetchall())
    except sqlite3.Error:  # there is none, or not a whole one
        return False
    return _FRESH in about and json.loads(about.get("settings", "{}")) == settings


def read_only(folder: Path) -> sqlite3.Connection:
    """The ledger of `folder` for looking at, also while a build holds it.

    Raises:
        UsageError: There is no ledger, or it cannot be read.
    """
    path = ledger_path(folder)
    if not path.is_file():
        raise UsageError(f"{folder} has no ledger ({path}). One is kept beside every build.")
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        db.execute("SELECT count(*) FROM about")
    except sqlite3.Error as error:
        raise UsageError(f"cannot read the ledger {path}: {error}.") from error
    return db


def ledger_path(folder: Path) -> Path:
    """`mllmu/bench` -> `mllmu/bench.ledger`: beside the release, so that it is never uploaded with it."""
    return folder.with_name(folder.name + ".ledger")


def _lock_path(ledger: Path) -> Path:
    return ledger.with_name(ledger.name + ".lock")


def refuse_changes(old: dict[str, Any], new: dict[str, Any], where: Path) -> None:
    """Raise UsageError if the two settings differ, naming each difference."""
    changes = differing(old, new)
    if changes:
        raise UsageError(
            f"{where} was begun with other settings: {'; '.join(changes)}. "
            "Use the same ones to go on, --fresh to start anew, or another --out."
        )


def _canonical(meta: dict[str, Any]) -> str:
    return json.dumps(meta, sort_keys=True)


def _digest(work: Work) -> str:
    return hashlib.sha256(f"{work.slot}\n{work.key}\n{_canonical(work.meta)}\n".encode() + work.data).hexdigest()


def _unwritable(path: Path, error: Exception) -> MllmuError:
    reason = getattr(error, "strerror", None) or str(error)
    return MllmuError(f"cannot write {path}: {reason}. Make room or choose another --out; what is recorded is kept.")
