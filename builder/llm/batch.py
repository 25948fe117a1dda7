"""The batch API: submit, leave, collect later, at a share of the price.

A batch carries the very bodies that would be sent live, so its replies land under the same keys; what comes back
unanswered is free to be asked again, live or in the next batch. A batch is put down before it is submitted, with a
name that travels as its metadata: should the build die in between, or the line, the next run finds it at the endpoint.
"""

import json
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import BudgetError, MllmuError
from .budget import Budget
from .calls import BatchRow, Calls, Request
from .client import InBatchError
from .endpoint import Endpoint
from .halt import Halt
from .reply import usage_of
from .trouble import trouble_of

if TYPE_CHECKING:
    from openai import OpenAI

MOST_REQUESTS, MOST_BYTES = 50_000, 180_000_000
"""Of one batch; the endpoint's own limits are 50,000 and 200 MB."""
_OVER = frozenset({"completed", "failed", "expired", "cancelled"})
_NAME = "mllmu"
"""Key of a batch's metadata."""


class Collected(NamedTuple):
    """What a look at the open batches brought."""

    replies: int
    unanswered: int
    open: int
    """Batches that are still at work."""


class BatchClient:
    """Answers from the record, and gathers what is not there for the next batch."""

    def __init__(self, endpoint: Endpoint, calls: Calls, budget: Budget, halt: Halt):
        self.endpoint, self.calls, self.budget, self.halt = endpoint, calls, budget, halt
        self._wanted: dict[str, Request] = {}
        self._promised: dict[str, float] = {}

    async def ask(self, request: Request) -> str:
        """The recorded reply to this body.

        Raises:
            InBatchError: There is none yet.
        """
        key = request.key
        known = self.calls.reply(key)
        if known is not None:
            return known
        if self.calls.batch_of(key) is None and key not in self._wanted:
            self._promised[key] = self._promise(request)
            self._wanted[key] = request
        raise InBatchError("waits for a batch")

    def _promise(self, request: Request) -> float:
        self.halt.check()
        try:
            return self.budget.promise(request, batch=True)
        except BudgetError as error:
            raise self.halt.stop(error) from error

    # -- with the endpoint

    def collect(self) -> Collected:
        """Put down the replies of every batch that is over."""
        replies = unanswered = still = 0
        with self.endpoint.connect_plainly() as sdk:
            for row in self.calls.open_batches(self.endpoint.base_url):
                batch = self._find(sdk, row)
                if batch is None:
                    unanswered += self.calls.close_batch(row.name, "lost", charged=row.id is not None)
                elif batch.status in _OVER:
                    came, missing = self._take(sdk, row, batch)
                    replies, unanswered = replies + came, unanswered + missing
                else:
                    self.calls.note_batch(row.name, batch.id, batch.status)
                    still += 1
        return Collected(replies, unanswered, still)

    def submit(self) -> int:
        """Send what was wanted, in as few batches as the limits allow; returns the number of requests."""
        with self.endpoint.connect_plainly() as sdk:
            for part in _parts(self._wanted):
                self._submit(sdk, part)
        count = len(self._wanted)
        self._wanted.clear()
        return count

    def _submit(self, sdk: "OpenAI", part: dict[str, Request]) -> None:
        from openai import OpenAIError

        name = uuid.uuid4().hex
        lines = (_line(key, request) for key, request in part.items())
        try:
            file = sdk.files.create(file=("batch.jsonl", b"\n".join(lines)), purpose="batch")
            self.calls.open_batch(name, part, self.endpoint.base_url, self._promised)  # first: no crash can lose it now
            batch = sdk.with_options(max_retries=0).batches.create(  # sent twice, it may be charged twice
                input_file_id=file.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_NAME: name},
            )
        except OpenAIError as error:
            raise self._cannot(error) from error
        self.calls.note_batch(name, batch.id, batch.status)

    def _find(self, sdk: "OpenAI", row: BatchRow) -> Any:
        """The batch as the endpoint has it; None if it never arrived there, or is gone."""
        from openai import NotFoundError, OpenAIError

        try:
            if row.id:
                return sdk.batches.retrieve(row.id)
            return next((b for b in sdk.batches.list() if (b.metadata or {}).get(_NAME) == row.name), None)
        except OpenAIError as error:
            if row.id and isinstance(error, NotFoundError):
                return None
            raise self._cannot(error) from error

    def _take(self, sdk: "OpenAI", row: BatchRow, batch: Any) -> tuple[int, int]:
        from openai import NotFoundError, OpenAIError

        replies, gone = 0, False
        for file in filter(None, (batch.output_file_id, batch.error_file_id)):
            try:
                text = sdk.files.content(file).text
            except NotFoundError:
                gone = True
                continue
            except OpenAIError as error:
                raise self._cannot(error) from error
            replies += sum(self._book(_read(line)) for line in text.split("\n"))  # JSON may hold other line ends
        charged = gone or batch.status == "completed"  # which has dealt with all: what is not there got lost
        return replies, self.calls.close_batch(row.name, batch.status, charged)

    def _book(self, line: dict[str, Any]) -> bool:
        """Put down one line of a batch's files; whether it was a reply."""
        key, response = str(line.get("custom_id")), _table(line.get("response"))
        request = self.calls.asked(key)
        if request is None:
            return False  # somebody else's line, or nobody's
        body, good = response.get("body"), response.get("status_code") == 200
        if body is None or not good:
            why = line.get("error") or _table(body).get("error") or "no reply"
            why = _table(why).get("message") or _table(why).get("code") or why
            self.calls.failed(key, self.endpoint.clean(f"in a batch: {why}"), charged=good)
            return False
        raw = self.endpoint.clean(json.dumps(body, ensure_ascii=False))
        usage = usage_of(raw)
        cost = self.budget.book(request.stage, request.model, usage, request.promised, batch=True)
        request_id = response.get("request_id")
        self.calls.answered(key, raw, usage, cost, None, None if request_id is None else str(request_id))
        return True

    def _cannot(self, error: Any) -> MllmuError:
        trouble = trouble_of(error, self.endpoint)
        return MllmuError(f"{self.endpoint.base_url} {trouble.what}. Replies are kept; the same command goes on.")


def _read(line: str) -> dict[str, Any]:
    """A line of a batch's files; empty when it is none."""
    try:
        return _table(json.loads(line))
    except ValueError:
        return {}


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _line(key: str, request: Request) -> bytes:
    head = json.dumps({"custom_id": key, "method": "POST", "url": "/v1/chat/completions"})
    return head[:-1].encode() + b', "body": ' + request.payload() + b"}"


def _parts(wanted: dict[str, Request]) -> Iterator[dict[str, Request]]:
    part: dict[str, Request] = {}
    size = 0
    for key, request in wanted.items():
        length = len(request.payload()) + 200
        if part and (len(part) == MOST_REQUESTS or size + length > MOST_BYTES):
            yield part
            part, size = {}, 0
        part[key] = request
        size += length
    if part:
        yield part
