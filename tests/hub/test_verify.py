"""`mllmu-build verify`: what arrives is what was made, and every kind of damage is named."""

import json
import os
import shutil
import subprocess

import pytest

CHECKS = ["files", "loading", "counts", "columns", "splits", "pictures"]


@pytest.fixture
def copy(release, tmp_path):
    """A copy of the release, to be damaged."""
    return shutil.copytree(release, tmp_path / "copy")


def failed(done):
    """The checks that found something."""
    return {c["name"]: c["examples"] for c in json.loads(done.stdout)["checks"] if c["failed"]}


def test_a_pushed_release_is_found_whole(hub, release):
    assert hub.run("push", release, "--repo", "mllmu/bench", "--tag", "v1.0.0", "--allow-findings").returncode == 0
    (hub.root / "mllmu" / "bench").mkdir(parents=True)  # a folder of that name must not be taken for the Hub's
    (hub.root / "mllmu" / "bench" / "README.md").write_text("---\n---\n")
    done = hub.run("verify", "mllmu/bench@v1.0.0", "--json", "--fresh-cache")
    assert done.returncode == 0, done.stderr + done.stdout
    checks = json.loads(done.stdout)["checks"]
    assert [c["name"] for c in checks] == CHECKS
    assert {c["name"]: c["tried"] for c in checks}["pictures"] == 20 + 2 * 20 + 3
    assert not hub.home.exists() or not any(hub.home.rglob("*.parquet"))  # thrown away with the fresh cache


def test_a_folder_is_found_whole(hub, release):
    done = hub.run("verify", release)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "All checks passed" in done.stdout
    assert not hub.log()


def test_a_changed_shard_is_named(hub, copy):
    shard = next((copy / "data" / "celebrity").iterdir())
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    done = hub.run("verify", copy, "--json")
    assert done.returncode == 3
    assert failed(done)["files"][0][0].startswith("data/celebrity/")


def test_a_missing_shard_is_named(hub, copy):
    next((copy / "data" / "test").glob("00-05*")).unlink()
    done = hub.run("verify", copy, "--json")
    assert done.returncode == 3
    assert {"files", "loading"} <= failed(done).keys()


def test_swapped_shards_break_the_splits(hub, copy):
    """Counts alone would not show it: both shards have one row."""
    first, second = sorted((copy / "data" / "profiles").glob("0*"))[:2]
    swap = copy / "swap"
    first.rename(swap)
    second.rename(first)
    swap.rename(second)
    done = hub.run("verify", copy, "--json")
    assert done.returncode == 3
    assert "splits" in failed(done)


def test_a_picture_that_does_not_decode_is_named(hub, tmp_path, make_release, monkeypatch):
    folder = make_release(tmp_path / "broken", n=20, broken_picture="007")
    done = hub.run("verify", folder, "--json")
    assert done.returncode == 3
    found = failed(done)
    assert list(found) == ["pictures"]
    assert found["pictures"][0][0] == "007"


@pytest.mark.parametrize(
    ("target", "code", "word"),
    [
        ("nowhere", 2, "neither a folder"),
        ("mllmu/absent@v1.0.0", 2, "not on the Hub"),
        ("mllmu/bench@v9.9.9", 2, "no such tag"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(hub, release, target, code, word):
    hub.run("push", release, "--repo", "mllmu/bench", "--tag", "v1.0.0", "--allow-findings")
    done = hub.run("verify", target)
    assert done.returncode == code
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_full_disk_is_told_in_one_line(hub, make_release, tmp_path):
    tiny = tmp_path / "tiny"
    tiny.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(tiny)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("needs leave to mount a small disk")
    try:
        folder = make_release(tmp_path / "large", n=60, side=256)
        hub.run("push", folder, "--repo", "mllmu/bench", "--tag", "v1.0.0", "--allow-findings")
        for env in ({"HF_HOME": str(tiny)}, {"TMPDIR": str(tiny)}):
            done = hub.run("verify", "mllmu/bench@v1.0.0", **env)
            assert done.returncode == 1, done.stdout + done.stderr
            assert "disk is full" in done.stderr
            assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    finally:
        subprocess.run(["umount", str(tiny)], check=True)
