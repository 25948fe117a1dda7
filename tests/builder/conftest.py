"""Real builds, made once a session by the real command line."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "mllmu.builder.cli"]


def build(*args: object, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run `mllmu-build` as a user would, in the folder `cwd`."""
    done = subprocess.run([*COMMAND, *map(str, args)], cwd=cwd, capture_output=True, text=True, timeout=600)
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="session")
def text_build(tmp_path_factory):
    """The folder in which `mllmu/bench` of 20 people was built, without pictures."""
    folder = tmp_path_factory.mktemp("text")
    build("generate", "--n", 20, "--portraits", "none", cwd=folder)
    return folder


@pytest.fixture(scope="session")
def picture_build(tmp_path_factory):
    """The folder in which `mllmu/bench` of 20 people was built, with pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    build("generate", "--n", 20, "--seed", 3, cwd=folder)
    return folder
