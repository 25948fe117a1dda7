"""Reading the record of calls for a person: sums, slow calls, rejected replies. Nothing here changes it."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from ...errors import UsageError
from ..ledger import read_only

_SUMS = (
    "count(*) AS calls, sum(status = 'answered') AS answered, "
    "sum(verdict IS NOT NULL AND verdict <> '[]') AS rejected, sum(attempts - 1) AS resent, "
    "coalesce(sum(tokens_in), 0) AS tokens_in, coalesce(sum(tokens_out), 0) AS tokens_out, sum(cost) AS cost"
)
_DOUBT = "SELECT coalesce(sum(doubt + iif(status = 'sent', promised, 0.0)), 0.0) FROM calls"
_CALL = "slot, stage, try"
_OF_SLOT = "(slot = ? OR slot LIKE ? || '/%')"  # the judge's calls are those of 007/questions and 007/test


def account_of(folder: Path, slow: int = 5, rejected: int = 5) -> dict[str, Any]:
    """The account of a build: sums by stage and in all, the slowest calls, the last rejected replies, the batches.

    Raises:
        UsageError: There is no ledger, or no call in it.
    """
    db = _open(folder)
    try:
        return {
            "stages": _rows(db, f"SELECT stage, {_SUMS} FROM calls GROUP BY stage ORDER BY stage"),
            "total": _rows(db, f"SELECT {_SUMS} FROM calls")[0],
            "unpriced": _number(db, "SELECT count(*) FROM calls WHERE status = 'answered' AND cost IS NULL"),
            "in_doubt": _number(db, "SELECT count(*) FROM calls WHERE status = 'sent' AND batch IS NULL"),
            "doubt": _number(db, _DOUBT),
            "batches": _rows(db, "SELECT name, id, status, requests FROM batches ORDER BY rowid"),
            "slow": _rows(db, f"SELECT {_CALL}, latency FROM calls WHERE latency > 0 ORDER BY latency DESC", slow),
            "rejected": [
                _judged(row)
                for row in _rows(
                    db, f"SELECT {_CALL}, verdict FROM calls WHERE verdict <> '[]' ORDER BY slot, stage, try", rejected
                )
            ],
        }
    finally:
        db.close()


def calls_of(folder: Path, slot: str) -> list[dict[str, Any]]:
    """Every call for one person, with the raw replies.

    Raises:
        UsageError: There is no ledger, or no call in it.
    """
    db = _open(folder)
    try:
        sql = f"SELECT {_CALL}, status, latency, verdict, reply, error FROM calls WHERE {_OF_SLOT} ORDER BY stage, try"
        return [_judged(row) for row in _rows(db, sql, values=(slot, slot))]
    finally:
        db.close()


def _open(folder: Path) -> sqlite3.Connection:
    db = read_only(folder)
    db.row_factory = sqlite3.Row
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone():
        db.close()
        raise UsageError(f"the build in {folder} asked no model for anything.")
    return db


def _rows(db: sqlite3.Connection, sql: str, most: int = -1, values: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(f"{sql} LIMIT {most}", values)]


def _number(db: sqlite3.Connection, sql: str) -> Any:
    return db.execute(sql).fetchone()[0]


def _judged(row: dict[str, Any]) -> dict[str, Any]:
    verdict = row.pop("verdict")
    return {**row, "reasons": None if verdict is None else json.loads(verdict)}
