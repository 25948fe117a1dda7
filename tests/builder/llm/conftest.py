"""The loopback endpoint as a fixture, and the real command line against it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

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
        yield Loopback(process.stdout.readline().strip(), log)
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


Generate = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """`generate("--max-cost", 5)`: the command, for 20 people without pictures, written by the model `gpt-4o`."""

    def run(*options: object, n: int = 20, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command(n, *options), cwd=tmp_path, env=safe(), capture_output=True, text=True, timeout=300
        )
        assert expect is None or done.returncode == expect, done.stdout + done.stderr
        return done

    return run


def safe() -> dict[str, str]:
    """The environment, in which the folder `mllmu` of a build is not mistaken for the package."""
    return {**os.environ, "PYTHONSAFEPATH": "1"}


def command(n: int, *options: object) -> list[str]:
    """The command line of a build."""
    fixed = ("--n", n, "--portraits", "none", "--celebrities", "none", "--writer", "openai", "--model", "gpt-4o")
    words = (sys.executable, "-m", "mllmu.builder.cli", "generate", *fixed, *options)
    return [str(word) for word in words]
