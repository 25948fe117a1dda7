"""The record of calls to an endpoint: one row for each request body, in the build's ledger.

A reply is on record, and on the disk, before anybody looks at what it says. A body that has been answered is never
sent again; the row is found by the hash of the body, so it does not matter which run, or which batch, asked.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..ledger import Ledger

ANSWERED = "answered"
SENT = "sent"
"""Sent, and nothing came back yet. After a kill such a call may have been charged for; it is asked again."""
FAILED = "failed"
"""Sent, and no reply came: refused for its rate, timed out, or the connection broke."""

_TABLES = (
    """CREATE TABLE IF NOT EXISTS calls (
    key TEXT PRIMARY KEY,         -- sha256 of the whole request body
    stage TEXT NOT NULL,          -- what was asked for: 'profile'
    slot TEXT NOT NULL,           -- for whom: '001'
    try INTEGER NOT NULL,         -- 1 is the first; later ones carry the reasons why the last reply was rejected
    model TEXT NOT NULL,
    status TEXT NOT NULL,         -- sent, answered or failed
    attempts INTEGER NOT NULL,    -- how often the body was sent
    batch TEXT,                   -- the batch that carries it; NULL for a live call
    promised REAL NOT NULL,       -- US dollars that the last attempt is expected to cost at most
    doubt REAL NOT NULL,          -- the sum of that over attempts of which nobody knows what they were charged
    reply TEXT,                   -- the body of the response, as it came
    tokens_in INTEGER, tokens_cached INTEGER, tokens_out INTEGER,
    latency REAL,                 -- seconds, of the attempt that was answered
    cost REAL,                    -- US dollars; NULL when no price is known
    request_id TEXT,
    verdict TEXT,                 -- JSON list of what is wrong with the reply; '[]' is accepted, NULL not looked at
    error TEXT                    -- of the last attempt that failed
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS batches (
    name TEXT PRIMARY KEY,        -- ours, sent along as metadata
    id TEXT,                      -- the endpoint's; NULL until it has answered
    status TEXT NOT NULL,         -- as the endpoint reports it; 'submitting' before that
    requests INTEGER NOT NULL,
    endpoint TEXT NOT NULL        -- its address
) STRICT""",
)


_OPEN = "name IN (SELECT batch FROM calls WHERE status = 'sent')"


class Usage(NamedTuple):
    """Tokens that a reply was charged for; None when the endpoint did not say."""

    prompt: int | None = None
    cached: int | None = None
    """Of the prompt."""
    completion: int | None = None


class Request(NamedTuple):
    """One call: what it is for, and the whole body."""

    stage: str
    slot: str
    attempt: int
    """1 for the first try; later ones carry the reasons against the last reply."""
    body: dict[str, Any]

    @property
    def key(self) -> str:
        """Hash of the whole body."""
        return hashlib.sha256(self.payload()).hexdigest()

    def payload(self) -> bytes:
        """The body as canonical JSON."""
        return json.dumps(self.body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


class Asked(NamedTuple):
    """What a recorded call was for."""

    stage: str
    model: str
    promised: float
    """Dollars that it is expected to cost at most."""


class BatchRow(NamedTuple):
    """A batch on record."""

    name: str
    id: str | None
    """None when the build died before the endpoint had answered."""


class Calls:
    """The calls in a ledger. What is recorded as answered survives a crash of the machine."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger
        self._written = self._flushed = 0
        self._flushing = asyncio.Lock()
        for table in _TABLES:
            ledger.execute(table)

    def reply(self, key: str) -> str | None:
        """The recorded reply to the body of this key; None if it has not been answered."""
        sql = "SELECT reply FROM calls WHERE key = ? AND status = 'answered'"
        row = self._ledger.execute(sql, (key,)).fetchone()
        return row[0] if row else None

    def batch_of(self, key: str) -> str | None:
        """The open batch that carries this body, if one does."""
        sql = "SELECT batch FROM calls WHERE key = ? AND status = 'sent' AND batch IS NOT NULL"
        row = self._ledger.execute(sql, (key,)).fetchone()
        return row[0] if row else None

    def sent(self, key: str, request: Request, promised: float, batch: str | None = None) -> None:
        """Put down that the body is on its way, and what it may cost."""
        who = (key, request.stage, request.slot, request.attempt, str(request.body["model"]))
        self._ledger.execute(
            "INSERT INTO calls (key, stage, slot, try, model, status, attempts, batch, promised, doubt) "
            "VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, 0.0) "
            "ON CONFLICT (key) DO UPDATE SET doubt = doubt + iif(status = 'sent', promised, 0.0), "  # it was killed
            "status = excluded.status, attempts = attempts + 1, batch = excluded.batch, promised = excluded.promised",
            (*who, SENT, batch, promised),
        )

    def answered(
        self, key: str, reply: str, usage: Usage, cost: float | None, latency: float | None, request_id: str | None
    ) -> None:
        """Put down a reply; `settled` makes sure of it."""
        self._ledger.execute(
            "UPDATE calls SET status = ?, reply = ?, tokens_in = ?, tokens_cached = ?, tokens_out = ?, cost = ?, "
            "latency = ?, request_id = ?, error = NULL, doubt = doubt + iif(?, promised, 0.0) WHERE key = ?",
            (ANSWERED, reply, *usage, cost, latency, request_id, cost is None, key),
        )

    async def settled(self) -> None:
        """Wait until what is put down so far has reached the disk, so that no crash of the machine can take it back.

        A kill of the process cannot anyway. One flush serves everybody who waits.
        """
        self._written = mine = self._written + 1
        async with self._flushing:
            if self._flushed < mine:
                written = self._written
                await asyncio.to_thread(self._ledger.flush)
                self._flushed = written

    def failed(self, key: str, error: str, charged: bool) -> None:
        """Put down that an attempt brought no reply; `charged` if it may have been charged for all the same."""
        self._ledger.execute(
            "UPDATE calls SET status = ?, error = ?, doubt = doubt + iif(?, promised, 0.0) WHERE key = ?",
            (FAILED, error, charged, key),
        )

    def judged(self, key: str, reasons: list[str]) -> None:
        """Put down what is wrong with a reply; an empty list accepts it."""
        verdict = json.dumps(reasons, ensure_ascii=False)
        self._ledger.execute("UPDATE calls SET verdict = ? WHERE key = ? AND verdict IS NOT ?", (verdict, key, verdict))

    def spent(self) -> float:
        """Dollars on record; calls in doubt and those that nothing came back from yet count as much as was promised."""
        sql = "SELECT coalesce(sum(coalesce(cost, 0.0) + doubt + iif(status = 'sent', promised, 0.0)), 0.0) FROM calls"
        return self._ledger.execute(sql).fetchone()[0]

    def largest(self) -> dict[str, int]:
        """The most tokens that a reply on record has, by stage."""
        sql = "SELECT stage, max(tokens_out) FROM calls WHERE tokens_out > 0 GROUP BY stage"
        return dict(self._ledger.execute(sql).fetchall())

    def asked(self, key: str) -> Asked | None:
        """What the body of this key was for; None if it was never sent."""
        row = self._ledger.execute("SELECT stage, model, promised FROM calls WHERE key = ?", (key,)).fetchone()
        return Asked(*row) if row else None

    # -- batches

    def open_batch(
        self, name: str, requests: Mapping[str, Request], endpoint: str, promised: Mapping[str, float]
    ) -> None:
        """Put down a batch that is about to be submitted, the bodies that it carries, and what each may cost."""
        self._ledger.execute("BEGIN")
        self._ledger.execute(
            "INSERT INTO batches VALUES (?, NULL, 'submitting', ?, ?)", (name, len(requests), endpoint)
        )
        for key, request in requests.items():
            self.sent(key, request, promised[key], name)
        self._ledger.execute("COMMIT")
        self._ledger.flush()

    def note_batch(self, name: str, ident: str, status: str) -> None:
        """Put down what the endpoint calls a batch, and how far it is."""
        self._ledger.execute("UPDATE batches SET id = ?, status = ? WHERE name = ?", (ident, status, name))

    def open_batches(self, endpoint: str) -> list[BatchRow]:
        """Batches at this address that have not been collected."""
        sql = f"SELECT name, id FROM batches WHERE endpoint = ? AND {_OPEN} ORDER BY rowid"
        return [BatchRow(*row) for row in self._ledger.execute(sql, (endpoint,)).fetchall()]

    def addresses(self) -> list[str]:
        """Where there are batches that have not been collected."""
        sql = f"SELECT DISTINCT endpoint FROM batches WHERE {_OPEN} ORDER BY endpoint"
        return [address for (address,) in self._ledger.execute(sql).fetchall()]

    def close_batch(self, name: str, status: str, charged: bool) -> int:
        """Put down that a batch is over; its bodies without a reply are free again, and are counted.

        `charged` if replies to them may have been charged for, and are lost.
        """
        self._ledger.flush()
        self._ledger.execute("UPDATE batches SET status = ? WHERE name = ?", (status, name))
        sql = (
            "UPDATE calls SET status = 'failed', error = ?, doubt = doubt + iif(?, promised, 0.0) "
            "WHERE batch = ? AND status = 'sent'"
        )
        return self._ledger.execute(sql, (f"batch {status}", charged, name)).rowcount
