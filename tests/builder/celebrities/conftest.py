"""A loopback server that speaks Wikidata's query service and Wikimedia Commons, with faults on demand."""

import io
import json
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from mllmu.builder.celebrities.record import Record
from mllmu.builder.celebrities.table import TABLE, read_records
from mllmu.builder.celebrities.web import Web
from PIL import Image

ITEM = "http://www.wikidata.org/entity/"


class Services:
    """What the two services know, and how they misbehave."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, list[str]]] = {}
        """Wikidata id -> fact -> values."""
        self.labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
        """Name -> ids and dates of birth of the items that bear it."""
        self.files: dict[str, dict[str, Any]] = {}
        """File name -> extmetadata."""
        self.pictures: dict[str, bytes] = {}
        self.faults: dict[str, list[str]] = defaultdict(list)
        """`sparql`, `api` or `picture` -> faults of the next answers, first to last."""
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.url = ""

    def know(self, record: Record, item: str, picture: str | None = None) -> None:
        """A person as the table has them."""
        facts = record.facts
        self.people[item] = {
            "gender": [facts.gender],
            "date_of_birth": [f"{facts.date_of_birth}T00:00:00Z"],
            "city": [facts.birthplace.city],
            "country": [facts.birthplace.country],
            "citizenship": [facts.citizenship],
            "occupation": ["human being", facts.occupation],
            "education": [facts.education],
        }
        self.labels[facts.name].append((item, str(facts.date_of_birth)))
        if picture:
            self.people[item]["picture"] = [f"http://commons.wikimedia.org/wiki/Special:FilePath/{picture}"]
            self.offer(picture)

    def offer(self, file: str, license: str = "CC BY-SA 4.0", author: str = '<a href="x">Ann &amp; Bo</a>') -> None:
        """A picture on Commons."""
        told = {"LicenseShortName": {"value": license}, "Artist": {"value": author}}
        self.files[unquote(file).replace("_", " ")] = told
        self.pictures[unquote(file).replace("_", " ")] = jpeg()

    def sparql(self, query: str) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        for item in re.findall(r"wd:(Q\d+)", query.split("}")[0]):
            for fact, values in self.people.get(item, {}).items():
                for value in values:
                    cells = {"person": {"type": "uri", "value": ITEM + item}, "fact": {"value": fact}}
                    rows.append({**cells, "value": {"value": value}, "valueLabel": {"value": value}})
        for name in re.findall(r'"([^"]+)"@en', query):
            for item, born in self.labels[name]:
                cells = {"person": {"value": ITEM + item}, "name": {"value": name}}
                rows.append({**cells, "value": {"value": f"{born}T00:00:00Z"}})
        return {"head": {"vars": []}, "results": {"bindings": rows}}

    def api(self, titles: str) -> dict[str, Any]:
        pages: list[dict[str, Any]] = []
        for title in titles.split("|"):
            file = title.removeprefix("File:")
            if file in self.files:
                page = {"thumburl": f"{self.url}/picture/{file}", "descriptionurl": f"https://commons.example/{file}"}
                pages.append({"title": title, "imageinfo": [{**page, "extmetadata": self.files[file]}]})
            else:
                pages.append({"title": title, "missing": True})
        return {"query": {"pages": pages}}


class Handler(BaseHTTPRequestHandler):
    services: Services

    def do_GET(self) -> None:
        services, split = self.services, urlsplit(self.path)
        kind = split.path.strip("/").split("/")[0]
        params = {name: values[0] for name, values in parse_qs(split.query).items()}
        services.asked.append(kind)
        services.agents.add(self.headers.get("User-Agent", ""))
        fault = services.faults[kind].pop(0) if services.faults[kind] else ""
        if fault.startswith("status"):  # `status 429 7`: with a Retry-After of 7
            _, status, *wait = fault.split(maxsplit=2)
            self.send(b"no", int(status), {"Retry-After": wait[0]} if wait else {})
            return
        if kind == "sparql":
            body = json.dumps(services.sparql(params["query"])).encode()
        elif kind == "api":
            body = json.dumps(services.api(params["titles"])).encode()
        else:
            body = services.pictures[unquote(split.path).split("/", 2)[2]]
        if fault == "cut":
            body = body[: len(body) // 2]
        elif fault == "not a table":
            body = b'{"error": "timeout"}'
        self.send(body if fault != "hang up" else b"", 200, {"Content-Length": str(len(body))})

    def send(self, body: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def jpeg(size: tuple[int, int] = (300, 400)) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    services = Services()
    handler = type("OwnHandler", (Handler,), {"services": services})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    services.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("MLLMU_WIKIDATA_URL", f"{services.url}/sparql")
    monkeypatch.setenv("MLLMU_COMMONS_URL", f"{services.url}/api")
    yield services
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    """How long the client waited, in place of waiting."""
    return []


@pytest.fixture
def web(tmp_path, waits: list[float]) -> Iterator[Web]:
    with Web(tmp_path / "cache", pause=0, sleep=waits.append) as web:
        yield web


@pytest.fixture(scope="session")
def records() -> list[Record]:
    return read_records(TABLE)
