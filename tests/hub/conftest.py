"""A loopback Hub in a process of its own, and clients in theirs: the client's settings are read at import."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import MLLMU_BUILD

SERVER = Path(__file__).parent / "server.py"
TOKEN = "hf_loopback"


class Hub:
    """A running loopback Hub."""

    def __init__(self, root: Path):
        self.root = root
        self.home = root / "home"
        self.port = 0
        self.start()

    def start(self) -> None:
        """On the port of before, if it ran before."""
        command = [sys.executable, str(SERVER), "--root", str(self.root), "--port", str(self.port)]
        env = {k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}  # its modules lie beside it
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def faults(self, **faults: float) -> None:
        """Switch on these faults and no others."""
        body = json.dumps(faults).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/_faults", body, method="PUT")).read()

    def log(self) -> list[dict]:
        """Every request since the last `forget`."""
        path = self.root / "log.ndjson"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def forget(self) -> None:
        (self.root / "log.ndjson").unlink(missing_ok=True)

    def repo(self, name: str = "mllmu/bench") -> dict:
        return json.loads((self.root / "repos" / (name.replace("/", "--") + ".json")).read_text())

    def uploads(self) -> list[dict]:
        """Contents that arrived whole."""
        return [r for r in self.log() if r["path"].startswith("/_lfs/") and r["status"] == 200]

    def env(self, token: str | None = TOKEN) -> dict[str, str]:
        """The environment of a client of this Hub."""
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING"))}
        keep["PYTHONSAFEPATH"] = "1"  # a folder `mllmu/` where the program runs must not hide the package
        given = {"HF_TOKEN": token} if token else {"HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}
        return {**keep, **given, "HF_ENDPOINT": self.url, "HF_HOME": str(self.home), "HF_HUB_DISABLE_XET": "1"}

    def run(self, *args: object, token: str | None = TOKEN, cwd: Path | None = None, **env: str):
        """`mllmu-build …` as a user of this Hub."""
        command = [*MLLMU_BUILD, *map(str, args)]
        env = {**self.env(token), **env}
        return subprocess.run(command, cwd=cwd or self.root, env=env, capture_output=True, text=True, timeout=120)

    def python(self, code: str, cwd: Path | None = None, **env: str) -> str:
        """What a program of a user of this Hub prints."""
        command = [sys.executable, "-c", code]
        env = {**self.env(), **env}
        done = subprocess.run(command, cwd=cwd or self.root, env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A Hub with nothing on it."""
    (tmp_path / "hub").mkdir()
    hub = Hub(tmp_path / "hub")
    yield hub
    hub.stop()


@pytest.fixture(scope="session")
def pushed(tmp_path_factory, release) -> Iterator[Hub]:
    """A Hub that has the release as v1.0.0, for tests that only read."""
    hub = Hub(tmp_path_factory.mktemp("pushed"))
    done = hub.run("push", release, "--repo", "mllmu/bench", "--tag", "v1.0.0", "--allow-findings")
    assert done.returncode == 0, done.stderr
    yield hub
    hub.stop()


@pytest.fixture(scope="session")
def release(make_release) -> Path:
    """A release to push; do not change it."""
    return make_release(n=20)
