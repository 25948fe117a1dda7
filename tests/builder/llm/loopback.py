"""A chat-completions endpoint on the loopback, in a process of its own, with faults drawn at random.

    python loopback.py --people 100 --seed 0 --faults 0.2 --log calls.jsonl

It prints its address and serves until its standard input closes. Its log has a line for each request body it has
dealt with: what became of it, and whether it would have been charged for. A body is charged for when the whole of a
reply was handed to a connection that still stood. Standard library only, but for the replies (see `replies.py`).
"""

import argparse
import asyncio
import hashlib
import json
import os
import random
import sys
from pathlib import Path
from typing import NamedTuple

from batches import Batches

UNPAID = ("busy", "busy_after", "error", "timeout", "drop", "cut")
PAID = ("torn", "half", "schema", "refusal", "length", "facts")
"""Faults of replies that came, and were charged for."""
SILENT = "silent"
"""No fault to all but a budget: a reply that does not say what it was charged."""


class Answer(NamedTuple):
    """What becomes of a request."""

    status: int
    body: bytes
    headers: tuple[str, ...] = ()
    fault: str = ""


class Server:
    """State and behaviour; see the options of `main`."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.draw = random.Random(args.fault_seed)
        self.under_way = self.most = self.served = 0
        self.kept: dict[str, bytes] = {}  # replies by idempotency key
        self.paid: set[str] = set()
        self.log = args.log.open("a", buffering=1) if args.log else None
        self.batches = Batches(self)
        self.replies = None
        if args.people:
            from replies import Replies

            self.replies = Replies(args.people, args.seed, args.picky)

    # -- HTTP

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")
                method, path, _ = first.split(" ")
                headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                if not await self.handle(method, path.split("?")[0], headers, body, reader, writer):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def handle(self, method, path, headers, body, reader, writer) -> bool:
        """Deal with one request; False ends the connection."""
        if path.endswith("/chat/completions"):
            return await self.complete(headers, body, reader, writer)
        if self.args.key and headers.get("authorization") != f"Bearer {self.args.key}":
            answer = error(401, f"Incorrect API key provided: {headers.get('authorization')}")
        elif path.endswith("/stats"):
            answer = Answer(200, json.dumps({"most": self.most, "served": self.served}).encode())
        else:
            status, value = self.batches.handle(method, path, headers, body)
            if not status:
                return False
            answer = Answer(status, value if isinstance(value, bytes) else json.dumps(value).encode())
        await send(writer, answer)
        return True

    # -- chat completions

    async def complete(self, headers, body, reader, writer) -> bool:
        digest = headers.get("idempotency-key") or hashlib.sha256(body).hexdigest()
        if self.args.key and headers.get("authorization") != f"Bearer {self.args.key}":
            await send(writer, error(401, f"Incorrect API key provided: {headers.get('authorization')}"))
            return True
        if self.args.limit and self.under_way >= self.args.limit:
            extra = (f"retry-after: {self.args.retry_after:g}",) if self.args.retry_after else ()
            self.note(digest, "limit", False)
            await send(writer, error(429, "Rate limit reached", extra))
            return True
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            return await self.reply(digest, body, reader, writer)
        finally:
            self.under_way -= 1

    async def reply(self, digest: str, body: bytes, reader, writer) -> bool:
        if self.args.idempotent and digest in self.kept:
            self.note(digest, "replayed", False)
            await send(writer, Answer(200, self.kept[digest]))
            return True
        answer = self.answer(body)
        if answer.fault == "drop":
            self.note(digest, "drop", False)
            return False
        if answer.fault == "timeout":
            await reader.read(1)  # until the client hangs up
        else:
            await asyncio.sleep(self.args.latency)
        if reader.at_eof() or writer.is_closing():
            self.note(digest, "gone", False)
            return False
        if answer.fault == "cut":
            self.note(digest, "cut", False)
            await send(writer, answer, cut=True)
            return False
        paid = answer.status == 200
        if paid and self.args.idempotent:
            self.kept[digest] = answer.body
        await send(writer, answer)
        self.served += paid
        self.note(digest, answer.fault or "ok", paid)
        return True

    def answer(self, body: bytes) -> Answer:
        """The response to a body, good or bad."""
        request = json.loads(body)
        fault = self.draw.choice(self.args.kinds) if self.draw.random() < self.args.faults else ""
        if fault == "error":
            return error(500, "The server had an error", fault=fault)
        if fault in ("busy", "busy_after"):
            return error(429, "Rate limit reached", ("retry-after: 0.1",) if fault == "busy_after" else (), fault)
        content = self.replies.fill(request, fault) if self.replies else '{"text": "The quick brown fox."}'
        message = {"role": "assistant", "content": content, "refusal": None}
        finish = "stop"
        if fault == "half":
            message["content"] = content[: len(content) // 2]
        elif fault == "schema":
            message["content"] = json.dumps({"reply": [content[:40]]})
        elif fault == "refusal":
            message |= {"content": None, "refusal": "I cannot help with that."}
        elif fault == "length":
            message["content"], finish = content[: len(content) // 3], "length"
        reply = completion(request, message, finish)
        if fault == SILENT:
            del reply["usage"]
        whole = json.dumps(reply).encode()
        return Answer(200, whole[: len(whole) // 2] if fault == "torn" else whole, fault=fault)

    def note(self, digest: str, outcome: str, paid: bool) -> None:
        """A line of the log."""
        if self.log:
            twice = paid and digest in self.paid
            self.log.write(json.dumps({"body": digest, "outcome": outcome, "paid": paid, "twice": twice}) + "\n")
        if paid:
            self.paid.add(digest)


def completion(request: dict, message: dict, finish: str) -> dict:
    """The envelope of a reply."""
    prompt = len(json.dumps(request["messages"])) // 4
    said = len(message["content"] or "") // 4 + 5
    return {
        "id": "chatcmpl-loopback",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": said, "total_tokens": prompt + said},
    }


def error(status: int, message: str, headers: tuple[str, ...] = (), fault: str = "") -> Answer:
    """An error as OpenAI words it."""
    body = {"error": {"message": message, "type": "loopback", "param": None, "code": None}}
    return Answer(status, json.dumps(body).encode(), headers, fault)


async def send(writer: asyncio.StreamWriter, answer: Answer, cut: bool = False) -> None:
    """Write a response; `cut` leaves out the second half of its body."""
    body = answer.body[: len(answer.body) // 2] if cut else answer.body
    lines = (f"HTTP/1.1 {answer.status} -", "content-type: application/json", "x-request-id: req-loopback")
    head = "\r\n".join((*lines, *answer.headers, f"content-length: {len(answer.body)}"))
    writer.write(f"{head}\r\n\r\n".encode() + body)
    await writer.drain()


async def run(args: argparse.Namespace) -> None:
    """Serve until standard input closes."""
    server = await asyncio.start_server(Server(args).serve, "127.0.0.1", args.port, limit=2**24, backlog=2048)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)  # with no ado about connections that are still open; the log is written line by line


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--people", type=int, default=0, help="fill replies for a build of so many people")
    parser.add_argument("--seed", type=int, default=0, help="of that build")
    parser.add_argument("--picky", action="store_true", help="as a judge, reject what is first said of every third")
    parser.add_argument("--faults", type=float, default=0.0, help="share of requests that go wrong")
    parser.add_argument("--kinds", nargs="+", default=UNPAID + PAID, help="how they go wrong")
    parser.add_argument("--fault-seed", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--limit", type=int, default=0, help="calls at once; more get a 429")
    parser.add_argument("--retry-after", type=float, default=0.0, help="seconds, told with that 429")
    parser.add_argument("--idempotent", action="store_true", help="honour Idempotency-Key, as some gateways do")
    parser.add_argument("--batch-delay", type=float, default=0.0, help="seconds until a batch is done")
    parser.add_argument("--batch-fault", default="", help="cut, garbled, gone or lost: once; see `batches.py`")
    parser.add_argument("--key", default="", help="the only key that is let in")
    parser.add_argument("--log", type=Path)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
