"""A request of the loopback Hub: finding its route, reading its body, answering, and keeping the log."""

import json
import re
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, unquote, urlsplit

from store import Refused, Store

TOKEN = "hf_loopback"
READER = "hf_reader"
"""A token that may read only."""


class Plumbing(BaseHTTPRequestHandler):
    """All that does not depend on what is asked."""

    protocol_version = "HTTP/1.1"
    store: Store
    routes: Sequence[tuple[str, str, str]]
    """Methods, pattern of the path, name of the handler's method."""

    def log_message(self, format: str, *args: object) -> None: ...

    def do_GET(self) -> None:
        self._serve()

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - the names that http.server looks for

    # -- plumbing

    def _serve(self) -> None:
        self.sent = self.received = 0
        self.status = 0
        url = urlsplit(self.path)
        self.query = parse_qs(url.query)
        path = url.path
        try:
            for method, pattern, name in self.routes:
                match = re.fullmatch(pattern, path)
                if match and self.command in method.split("|"):
                    getattr(self, name)(*(unquote(g or "") for g in match.groups()))
                    break
            else:
                self._body()
                raise Refused(404, f"no such route: {self.command} {path}")
        except Refused as refused:
            headers = {"X-Error-Message": refused.message, **refused.headers}
            if refused.code:
                headers["X-Error-Code"] = refused.code
            self._answer({"error": refused.message}, refused.status, headers)
        except ConnectionError:
            self.close_connection = True
        self._log(path)

    def _log(self, path: str) -> None:
        if path == "/_faults":
            return
        line = {"method": self.command, "path": path, "status": self.status, "in": self.received, "out": self.sent}
        with self.store.lock, (self.store.root / "log.ndjson").open("a") as log:
            log.write(json.dumps(line) + "\n")

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            data = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.received = len(data)
        return data

    def _json(self) -> dict:
        return json.loads(self._body() or b"{}")

    def _answer(self, value: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self._send(json.dumps(value).encode(), status, {"Content-Type": "application/json", **(headers or {})})

    def _send(self, data: bytes, status: int, headers: dict[str, str], length: int | None = None) -> None:
        self.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
            self.sent = len(data)

    def _user(self, required: bool = True) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if given and given not in (TOKEN, READER):
            self._body()
            raise Refused(401, "Invalid credentials in Authorization header")
        if given == READER and self.command in ("POST", "PUT"):
            self._body()
            raise Refused(403, "You don't have the rights to write")
        if required and not given:
            self._body()
            raise Refused(401, "Invalid username or password.")
        return bool(given)

    def _repo(self, repo: str) -> dict:
        user = self._user(required=False)
        state = self.store.repo(repo)
        if state["private"] and not user:
            raise Refused(401, "Invalid username or password.", "RepoNotFound")
        return state
