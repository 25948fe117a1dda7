"""The loopback endpoint as a fixture, and the real command line against it."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from commandline import MLLMU_BUILD

LOOPBACK = Path(__file__).with_name("loopback.py")
KEY = "sk-loopback-3f9c1a7be2d84c60"


class Loopback:
    """A running endpoint."""

    def __init__(self, url: str, log: Path) -> None:
        self.url, self._log = url, log

    @property
    def log(self) -> list[dict[str, Any]]:
        """What became of every request body so far."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    @property
    def paid(self) -> list[str]:
        """The bodies that were charged for, in order, each as often as it was."""
        return [entry["body"] for entry in self.log if entry["paid"]]


@contextmanager
def serve(log: Path, *options: object):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    process = subprocess.Popen(
        [sys.executable, str(LOOPBACK), "--log", str(log), *map(str, options)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdin
    assert process.stdout
    try:
        url = process.stdout.readline().strip()
        assert url, "the loopback endpoint did not start"
        yield Loopback(url, log)
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@pytest.fixture
def loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`loopback("--faults", 0.2, …)`: an endpoint; the environment points to it, and has a key."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with ExitStack() as stack:

        def start(*options: object) -> Loopback:
            running = stack.enter_context(serve(tmp_path / "loopback.jsonl", *options))
            monkeypatch.setenv("OPENAI_BASE_URL", running.url)
            return running

        yield start


class Build:
    """Builds of one folder by the command line: people without pictures, written by the model `gpt-4o`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "mllmu" / "bench"

    def start(self, *options: object, n: int = 20, sub: str = "generate") -> subprocess.Popen[str]:
        """Start a build and leave it running."""
        fixed = ("--n", n, "--portraits", "none", "--celebrities", "none", "--writer", "openai", "--model", "gpt-4o")
        words = (*MLLMU_BUILD, sub, *(fixed if sub == "generate" else ()), *options)
        return subprocess.Popen(
            [str(word) for word in words],
            cwd=self.home,
            env={**os.environ, "PYTHONSAFEPATH": "1"},  # the build's folder `mllmu` is not the package
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *options: object, n: int = 20, expect: int | None = 0, sub: str = "generate") -> str:
        """Run a command to its end; what it printed."""
        process = self.start(*options, n=n, sub=sub)
        out, err = process.communicate(timeout=300)
        assert expect is None or process.returncode == expect, f"exit code {process.returncode}\n{out}\n{err}"
        return out + err

    @property
    def people(self) -> list[dict[str, Any]]:
        """The rows of the fictitious people."""
        from mllmu.builder.reader import Release

        return list(Release(self.folder).rows("profiles"))

    def calls(self, columns: str, where: str = "1") -> list[tuple[Any, ...]]:
        """Rows of the record of calls."""
        from mllmu.builder.ledger import read_only

        with closing(read_only(self.folder)) as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone():
                return []
            return db.execute(f"SELECT {columns} FROM calls WHERE {where}").fetchall()


@pytest.fixture
def build(tmp_path: Path, loopback: object) -> Build:
    """A folder to build in; take `loopback` too, and start it before the first build."""
    return Build(tmp_path)
