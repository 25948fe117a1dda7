"""`mllmu-build generate` as a user runs it: what it leaves, what it refuses, what a kill costs."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from commandline import MLLMU_BUILD, build, contents
from mllmu.builder.celebrities.table import TABLE
from mllmu.builder.drawing import Drawing
from mllmu.builder.generate import generate
from mllmu.builder.ledger import Ledger, Work
from mllmu.builder.settings import make_settings
from mllmu.errors import UsageError

TEXT = ("generate", "--n", 20, "--portraits", "none")
PICTURES = ("generate", "--n", 20, "--seed", 3)


def kill_and_resume(args, cwd: Path, kills: int, longest: float, rng: random.Random) -> list[int]:
    """Start the build, `kill -9` it at a random moment, `kills` times; then let it finish. Exit codes."""
    codes = []
    for _ in range(kills):
        with subprocess.Popen(
            [*MLLMU_BUILD, *map(str, args)], cwd=cwd, stdout=-3, stderr=-3, start_new_session=True
        ) as run:
            time.sleep(rng.uniform(0, longest))
            run.send_signal(signal.SIGKILL)
        codes.append(run.returncode)
        folder = cwd / "mllmu" / "bench"
        assert not folder.exists() or (folder / "manifest.json").exists(), "half a release was seen"
    build(*args, cwd=cwd)
    return codes


def test_two_builds_are_the_same_files(text_build, tmp_path):
    build(*TEXT, cwd=tmp_path)
    assert contents(tmp_path / "mllmu/bench") == contents(text_build / "mllmu/bench")


def test_another_seed_makes_other_people(text_build, tmp_path):
    build(*TEXT, "--seed", 1, cwd=tmp_path)
    names = [json.loads((f / "mllmu/bench/manifest.json").read_text())["files"] for f in (tmp_path, text_build)]
    assert not {p for p in names[0] if "profiles" in p} & {p for p in names[1] if "profiles" in p}


def test_killed_at_ten_moments_text_build_is_the_same(text_build, tmp_path):
    codes = kill_and_resume(TEXT, tmp_path, 10, 2.0, random.Random(5))
    assert -9 in codes
    assert contents(tmp_path / "mllmu/bench") == contents(text_build / "mllmu/bench")


@pytest.mark.slow
def test_killed_at_ten_moments_picture_build_is_the_same(picture_build, tmp_path):
    codes = kill_and_resume(PICTURES, tmp_path, 10, 12.0, random.Random(6))
    assert -9 in codes
    assert contents(tmp_path / "mllmu/bench") == contents(picture_build / "mllmu/bench")


@pytest.mark.slow
def test_an_interrupt_leaves_no_worker_and_says_how_to_go_on(tmp_path):
    with subprocess.Popen(
        [*MLLMU_BUILD, *map(str, PICTURES)],
        cwd=tmp_path,
        stdout=-3,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        ledger = tmp_path / "mllmu/bench.ledger"
        while run.poll() is None and recorded(ledger) == 0:
            time.sleep(0.2)
        run.send_signal(signal.SIGTERM)
        _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "goes on where it stopped" in errors
    assert "Traceback" not in errors
    deadline = time.time() + 20
    while alive(run.pid) and time.time() < deadline:
        time.sleep(0.2)
    assert not alive(run.pid)


def recorded(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as db:
            count = db.execute("SELECT count(*) FROM work").fetchone()[0]
        db.close()
    except sqlite3.OperationalError:
        return 0
    return count


def alive(group: int) -> list[int]:
    """Processes of a session that have not ended."""
    import psutil

    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and __import__("os").getsid(process.pid) == group:
                found.append(process.pid)
        except (psutil.Error, ProcessLookupError):
            continue
    return found


def test_a_finished_build_is_not_built_again(text_build):
    before = contents(text_build)
    done = json.loads(build(*TEXT, "--json", cwd=text_build).stdout)
    assert done["built"] is False
    assert contents(text_build) == before


def test_a_changed_setting_is_refused_by_name(text_build):
    before = contents(text_build)
    refused = build(*TEXT, "--seed", 7, cwd=text_build, check=False)
    assert refused.returncode == 2
    assert "seed (was 0, now 7)" in refused.stderr
    assert contents(text_build) == before


def test_fresh_builds_anew_over_an_old_one(text_build, tmp_path):
    shutil.copytree(text_build, tmp_path, dirs_exist_ok=True)
    build(*TEXT, "--seed", 7, "--fresh", cwd=tmp_path)
    manifest = json.loads((tmp_path / "mllmu/bench/manifest.json").read_text())
    assert manifest["settings"]["seed"] == 7
    assert sorted(p.name for p in (tmp_path / "mllmu").iterdir() if not p.name.startswith("bench.ledger")) == ["bench"]


def test_a_hand_edited_shard_is_named_and_nothing_is_lost(text_build, tmp_path):
    shutil.copytree(text_build, tmp_path, dirs_exist_ok=True)
    shard = next((tmp_path / "mllmu/bench/data/test").glob("00-05-*"))
    shard.write_bytes(shard.read_bytes() + b"x")
    before = contents(tmp_path)
    refused = build(*TEXT, cwd=tmp_path, check=False)
    assert refused.returncode == 1
    assert shard.name in refused.stderr
    assert contents(tmp_path) == before


@pytest.mark.slow
def test_a_hand_edited_picture_in_the_ledger_is_drawn_again(picture_build, tmp_path):
    shutil.copytree(picture_build, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "mllmu/bench")
    db = sqlite3.connect(tmp_path / "mllmu/bench.ledger")
    db.execute("UPDATE work SET data = x'00' WHERE slot = '003/1'")
    db.commit()
    db.close()
    build(*PICTURES, cwd=tmp_path)
    assert contents(tmp_path / "mllmu/bench") == contents(picture_build / "mllmu/bench")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["--n", 19], 2, "setting n = 19"),
        (["--writer", "templat"], 2, "template"),
        (["--portraits", "renderd"], 2, "rendered"),
        (["--celebrities", "missing.toml"], 2, "missing.toml"),
        (["--celebrities", "broken.json"], 2, "broken.json"),
        (["--config", "broken.json"], 2, "not valid TOML"),
        (["--out", "occupied"], 2, "not a release"),
        (["--out", "file"], 2, "is a file"),
        (["--out", "/proc/bench"], 1, "cannot write"),
        (["--portraits", "folder"], 2, "--faces"),
    ],
)
def test_bad_input_is_one_or_two_lines(tmp_path, args, code, message):
    (tmp_path / "broken.json").write_text('{"people": [')
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "thesis.tex").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = contents(tmp_path)
    refused = build("generate", "--n", 20, *args, cwd=tmp_path, check=False)
    assert refused.returncode == code, refused.stderr
    assert message in refused.stderr
    assert len(refused.stderr.strip().splitlines()) <= 2, refused.stderr
    assert "Traceback" not in refused.stderr
    assert {path: data for path, data in contents(tmp_path).items() if path in before} == before


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"portraits": "renderd"}, "rendered"),
        ({"writer": "templat"}, "template"),
        ({"celebrities": "missing.tsv"}, "missing.tsv"),
        ({"faces": "."}, "does not read your faces"),
        ({"writer": "openai", "model": "gpt-4o"}, "no key"),
        ({"writer": "openai", "model": "unheard-of", "base_url": "http://localhost/v1", "max_cost": 1.0}, "--prices"),
    ],
)
def test_what_is_refused_leaves_no_work_and_the_corrected_command_builds(tmp_path, monkeypatch, wrong, message):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setattr(Drawing, "draw", lambda *_: pytest.fail("drawn"))
    with pytest.raises(UsageError, match=message):
        generate(make_settings({"n": 20, "celebrities": "none", **wrong}), tmp_path / "bench")
    assert generate(make_settings({"n": 20, "portraits": "none", "celebrities": "none"}), tmp_path / "bench").checks


def test_fresh_with_a_mistake_throws_nothing_away(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    plain = {"n": 20, "portraits": "none", "celebrities": "none"}
    with Ledger(tmp_path / "bench") as ledger:
        ledger.record("picture", [Work("001/0", "key", {}, b"picture")])
    for wrong in ({"writer": "templat"}, {"writer": "openai", "model": "gpt-4o"}):
        with pytest.raises(UsageError):
            generate(make_settings({**plain, **wrong}), tmp_path / "bench", fresh=True)
    with Ledger(tmp_path / "bench") as ledger:
        assert ledger.get("picture", "001/0")


def test_an_edited_table_of_celebrities_is_not_the_same_build(tmp_path):
    table = tmp_path / "mine.tsv"
    shutil.copy(TABLE, table)
    settings = make_settings({"n": 20, "portraits": "none", "celebrities": str(table)})
    assert generate(settings, tmp_path / "bench").checks
    assert not generate(settings, tmp_path / "bench").checks
    table.write_text(table.read_text() + "\n")
    with pytest.raises(UsageError, match=r"celebrities \(was 'mine.tsv "):
        generate(settings, tmp_path / "bench")


def test_a_full_disk_is_one_line_and_the_build_goes_on_after(text_build, tmp_path):
    """A limit on file size is what a full disk looks like to a program, without needing to be root."""
    limited = ["bash", "-c", 'ulimit -f 64; trap "" XFSZ; exec "$@"', "bash", *MLLMU_BUILD, *map(str, TEXT)]
    full = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True)
    assert full.returncode == 1, full.stderr
    assert "cannot write" in full.stderr
    assert len(full.stderr.strip().splitlines()) <= 2
    assert not (tmp_path / "mllmu/bench").exists()
    build(*TEXT, cwd=tmp_path)
    assert contents(tmp_path / "mllmu/bench") == contents(text_build / "mllmu/bench")


def test_validate_passes_a_sound_release_and_finds_an_edited_one(text_build, tmp_path):
    assert build("validate", cwd=text_build).stdout.endswith("All checks passed.\n")
    shutil.copytree(text_build, tmp_path, dirs_exist_ok=True)
    (tmp_path / "mllmu/bench/README.md").write_text("edited")
    found = build("validate", "--json", cwd=tmp_path, check=False)
    assert found.returncode == 3
    assert "files" in {c["name"] for c in json.loads(found.stdout)["checks"] if c["failed"]}
