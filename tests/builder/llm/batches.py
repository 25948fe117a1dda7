"""Files and batches of the loopback endpoint."""

import hashlib
import json
import time
from typing import Any


class Batches:
    """Files in memory, and batches that are done after a while; `server` answers their lines.

    One of these goes wrong once, if `server` says so: the line breaks after a batch was accepted (`cut`), lines of the
    output say nothing (`garbled`), a batch is forgotten (`gone`), or the file of its output is (`lost`).
    """

    def __init__(self, server: Any) -> None:
        self.server = server
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.fault = server.args.batch_fault

    def handle(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        """Status and JSON value, or bytes, of a request; status 0 breaks the line."""
        parts = path.strip("/").split("/")[1:]
        match (method, *parts):
            case ("POST", "files"):
                return 200, self.store(upload(headers, body))
            case ("GET", "files", name, "content") if name in self.files:
                return 200, self.files[name]
            case ("POST", "batches"):
                accepted = self.submit(json.loads(body))
                return (0 if self.strikes("cut") else 200), accepted
            case ("GET", "batches"):
                found = [self.look(name) for name in self.batches]
                return 200, {"object": "list", "data": found, "has_more": False}
            case ("GET", "batches", name) if name in self.batches and not self.strikes("gone"):
                return 200, self.look(name)
        return 404, {"error": {"message": f"no {path}", "code": None}}

    def strikes(self, fault: str) -> bool:
        """Whether it is time for this fault, which then is over."""
        if self.fault != fault:
            return False
        self.fault = ""
        return True

    def store(self, data: bytes) -> dict[str, Any]:
        name = f"file-{len(self.files)}"
        self.files[name] = data
        return {"id": name, "object": "file", "bytes": len(data), "created_at": 0, "filename": "b", "purpose": "batch"}

    def submit(self, asked: dict[str, Any]) -> dict[str, Any]:
        name = f"batch-{len(self.batches)}"
        self.batches[name] = {
            "id": name,
            "object": "batch",
            "endpoint": asked["endpoint"],
            "input_file_id": asked["input_file_id"],
            "completion_window": asked["completion_window"],
            "metadata": asked.get("metadata"),
            "status": "in_progress",
            "created_at": int(time.time()),
            "due": time.monotonic() + self.server.args.batch_delay,
        }
        return self.look(name)

    def look(self, name: str) -> dict[str, Any]:
        batch = self.batches[name]
        if batch["status"] == "in_progress" and time.monotonic() >= batch["due"]:
            self.finish(batch)
        return {key: value for key, value in batch.items() if key != "due"}

    def finish(self, batch: dict[str, Any]) -> None:
        """Answer every line; now and then a whole batch fails, or expires with half of its lines unanswered."""
        draw, faults = self.server.draw, self.server.args.faults
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        fate = draw.random()
        if fate < faults / 4:
            batch["status"] = "failed"
            return
        batch["status"] = "expired" if fate < faults / 2 else "completed"
        done, failed = [], []
        for line in lines:
            body = json.dumps(line["body"], sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
            if batch["status"] == "expired" and draw.random() < 0.5:
                failed.append({"custom_id": line["custom_id"], "response": None, "error": {"code": "batch_expired"}})
                continue
            answer = self.server.answer(body)
            if answer.fault in ("drop", "timeout", "cut"):
                answer = answer._replace(status=500)
            paid = answer.status == 200
            self.server.note(hashlib.sha256(body).hexdigest(), answer.fault or "ok", paid)
            try:
                value = json.loads(answer.body)
            except ValueError:
                value = {"torn": True}
            response = {"status_code": answer.status, "request_id": "req-batch", "body": value}
            entry = {"custom_id": line["custom_id"], "response": response, "error": None}
            (done if paid else failed).append(entry)
        draw.shuffle(done)  # the order of the output is not that of the input
        for key, entries in (("output_file_id", done), ("error_file_id", failed)):
            if entries:
                lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
                if self.strikes("garbled"):
                    lines = garble(lines)
                batch[key] = self.store("\n".join(lines).encode())["id"]
        if self.strikes("lost"):
            del self.files[batch["output_file_id"]]


def garble(lines: list[str]) -> list[str]:
    """The first four say nothing; the others are sound, with line ends within them that JSON allows."""
    entry = json.loads(lines[0])
    nothing = ["<html>Bad Gateway</html>", json.dumps([entry]), json.dumps({**entry, "custom_id": None})]
    error = json.loads(lines[3]) | {"response": None, "error": "it broke"}
    return [*nothing, json.dumps(error), *(line.replace("quick brown", "quick\u2028\u0085brown") for line in lines[4:])]


def upload(headers: dict[str, str], body: bytes) -> bytes:
    """The file in a multipart form."""
    boundary = headers["content-type"].split("boundary=")[1].strip('"').encode()
    for part in body.split(b"--" + boundary):
        head, _, data = part.partition(b"\r\n\r\n")
        if b'name="file"' in head:
            return data.removesuffix(b"\r\n")
    raise ValueError("no file in the form")
