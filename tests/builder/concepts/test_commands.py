"""The commands that read a release, on one of concepts: they work, or say in a line that it holds no people."""

import json
import shutil
from pathlib import Path

import pytest
from commandline import build


@pytest.fixture
def copy(things, tmp_path) -> Path:
    """A copy of the release, to be damaged."""
    return shutil.copytree(things / "mllmu/concepts", tmp_path / "copy")


def shard(folder: Path, part: str = "concept_teach") -> Path:
    return next((folder / "data" / part).iterdir())


def flip(path: Path) -> None:
    """Change one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_validate_passes_what_was_built(things):
    done = build("validate", "mllmu/concepts", cwd=things)
    assert done.stdout.endswith("All checks passed.\n")
    found = json.loads(build("validate", "mllmu/concepts", "--only", "counts", "--json", cwd=things).stdout)
    assert [(check["name"], check["tried"]) for check in found["checks"]] == [("counts", 12)]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda f: (f / "README.md").write_text("x"), "README.md: has 1 bytes"),
        (lambda f: (f / "README.md").unlink(), "README.md: is missing"),
        (lambda f: (f / "thesis.tex").write_text("mine"), "thesis.tex: is no file of this release"),
        (lambda f: flip(shard(f)), "has changed since it was built"),
        (lambda f: shard(f).unlink(), "is missing"),
        (lambda f: shard(f).write_bytes(b"PAR1"), "cannot be read"),
    ],
)
def test_validate_finds_what_is_damaged(copy, spoil, says):
    spoil(copy)
    done = build("validate", copy, "--only", "files", "--json", cwd=copy, check=False)
    assert done.returncode == 3, done.stderr
    [files] = json.loads(done.stdout)["checks"]
    assert any(says in f"{where}: {what}" for where, what in files["examples"]), files


def test_a_shard_that_is_gone_does_not_end_the_other_checks(copy):
    shard(copy).unlink()
    done = build("validate", copy, "--json", cwd=copy, check=False)
    assert done.returncode == 3, done.stderr
    assert {c["name"] for c in json.loads(done.stdout)["checks"] if c["failed"]} == {"counts", "files", "pictures"}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("validate", "CONCEPTS", "--identity"), "no faces for --identity"),
        (("validate", "CONCEPTS", "--only", "balance"), "balance is no check of"),
        (("validate", "PEOPLE", "--only", "counts"), "counts is no check of"),
        (("preview", "CONCEPTS"), "holds concepts, not people"),
        (("stats", "CONCEPTS"), "holds concepts, not people"),
        (("diff", "PEOPLE", "CONCEPTS"), "holds concepts, not people"),
        (("export", "CONCEPTS", "out", "--layout", "original"), "holds concepts, not people"),
        (("generate", "--out", "CONCEPTS"), "holds concepts, not people"),
        (("generate", "--out", "CONCEPTS", "--fresh"), "holds concepts, not people"),
        (("concepts", "--out", "PEOPLE", "--fresh"), "holds people, not concepts"),
        (("concepts", "--out", "PEOPLE"), "holds people, not concepts"),
    ],
)
def test_what_is_for_the_other_kind_is_one_line(things, make_release, tmp_path, args, says):
    folders = {"CONCEPTS": things / "mllmu/concepts", "PEOPLE": make_release(n=20)}
    done = build(*(folders.get(arg, arg) for arg in args), cwd=tmp_path, check=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())
