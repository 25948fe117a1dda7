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


def test_a_pushed_release_is_found_whole(pushed, tmp_path):
    (tmp_path / "mllmu" / "bench").mkdir(parents=True)  # a folder of that name must not be taken for the Hub's
    (tmp_path / "mllmu" / "bench" / "README.md").write_text("---\n---\n")
    home = tmp_path / "home"
    done = pushed.run("verify", "mllmu/bench@v1.0.0", "--json", "--fresh-cache", cwd=tmp_path, HF_HOME=str(home))
    assert done.returncode == 0, done.stderr + done.stdout
    checks = json.loads(done.stdout)["checks"]
    assert [c["name"] for c in checks] == CHECKS
    assert {c["name"]: c["tried"] for c in checks}["pictures"] == 20 + 2 * 20 + 3
    assert not any(home.rglob("*.parquet"))  # thrown away with the fresh cache


def test_a_folder_is_found_whole(pushed, release):
    done = pushed.run("verify", release)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "All checks passed" in done.stdout


def test_a_changed_shard_is_named(pushed, copy):
    shard = next((copy / "data" / "celebrity").iterdir())
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    done = pushed.run("verify", copy, "--json")
    assert done.returncode == 3
    assert failed(done)["files"][0][0].startswith("data/celebrity/")


def test_a_missing_shard_is_named(pushed, copy):
    next((copy / "data" / "test").glob("00-05*")).unlink()
    done = pushed.run("verify", copy, "--json")
    assert done.returncode == 3
    assert {"files", "loading"} <= failed(done).keys()


def test_swapped_shards_break_the_splits(pushed, copy):
    """Counts alone would not show it: both shards have one row."""
    first, second = sorted((copy / "data" / "profiles").glob("0*"))[:2]
    swap = copy / "swap"
    first.rename(swap)
    second.rename(first)
    swap.rename(second)
    done = pushed.run("verify", copy, "--json")
    assert done.returncode == 3
    assert "splits" in failed(done)


def test_a_picture_that_does_not_decode_is_named(pushed, tmp_path, make_release):
    folder = make_release(tmp_path / "broken", n=20, broken_picture="007")
    done = pushed.run("verify", folder, "--json")
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
def test_what_is_not_there_is_told_in_one_line(pushed, target, code, word):
    done = pushed.run("verify", target)
    assert done.returncode == code
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_network_is_told_in_one_line(hub):
    hub.stop()
    done = hub.run("verify", "mllmu/bench@v1.0.0")
    assert done.returncode == 1
    assert "cannot reach the Hub" in done.stderr
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
        done = hub.run("verify", "mllmu/bench@v1.0.0", HF_HOME=str(tiny))
        assert done.returncode == 1, done.stdout + done.stderr
        assert "disk is full" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    finally:
        subprocess.run(["umount", str(tiny)], check=True)
