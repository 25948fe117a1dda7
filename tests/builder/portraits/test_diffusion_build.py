"""A whole build by the command line: painted by a tiny Stable Diffusion, re-posed by a tiny Arc2Face."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandline import MLLMU_BUILD, build, contents

pytestmark = pytest.mark.slow

SETTINGS = ("generate", "--n", 20, "--celebrities", "none", "--portraits", "diffusion", "--repose", "arc2face")
SMALL = ("--steps", 3, "--candidates", 8, "--paint-batch", 8, "--likeness", 0.1)


def arguments(home: Path) -> list[str]:
    models = ("--model", home / "sd", "--repose-model", home / "arc2face", "--repose-base", home / "sd")
    return [str(x) for x in (*SETTINGS, *SMALL, *models)]


@pytest.fixture(scope="session")
def painted(tiny_home, tmp_path_factory) -> Path:
    """The folder in which `mllmu/bench` was painted."""
    folder = tmp_path_factory.mktemp("painted")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in tiny_home[1].items():
            patch.setenv(name, value)
        done = build(*arguments(tiny_home[0]), cwd=folder)
    assert "No GPU: a picture takes" in done.stderr
    return folder


def test_load_dataset_reads_a_painted_release(painted, tmp_path):
    code = (
        "from datasets import load_dataset; import json;"
        "full = load_dataset('mllmu/bench', 'full', split='train');"
        "test = load_dataset('mllmu/bench', 'test_05', split='train');"
        "row = test[0];"
        "print(json.dumps([len(full), full[0]['portrait_source'], full[0]['image'].size,"
        " [image.size for image in row['images']], row['views']]))"
    )
    env = {**os.environ, "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=painted, env=env, capture_output=True, text=True, check=True, timeout=300
    )
    rows, source, portrait, sizes, views = json.loads(done.stdout.splitlines()[-1])
    assert (rows, source, portrait, sizes) == (20, "diffusion", [256, 256], [[256, 256]] * 3)
    assert all(view["similarity"] >= 0.1 for view in views)
    assert len({view["yaw"] for view in views}) == 3


def test_the_card_says_who_painted_and_under_which_licence(painted):
    card = (painted / "mllmu/bench/README.md").read_text()
    assert "the models are for **non-commercial research only**" in card
    assert "insightface" in card
    assert "painted by a model** that was trained on photographs" in card
    assert "drawn by a program" not in card
    assert card.splitlines()[1:3] == ["license: other", "license_name: mixed"]
    manifest = json.loads((painted / "mllmu/bench/manifest.json").read_text())
    assert manifest["settings"]["portrait_model"] == "sd"
    assert manifest["made_with"]["re-posed pictures"] == "arc2face 1"


def test_what_was_not_used_is_on_record_without_its_picture(painted):
    rows = work(painted, "SELECT stage, count(*), sum(length(data)) FROM work GROUP BY stage")
    assert {stage for stage, _, size in rows if size} == {"picture"}
    verdicts = work(painted, "SELECT DISTINCT json_extract(meta, '$.verdict') FROM work WHERE stage = 'candidate'")
    assert ("turned too little",) in verdicts


def test_killed_while_painting_the_build_is_the_same(painted, home, tmp_path):
    for stage, enough in (("attempt", 8), ("candidate", 16), ("candidate", 80)):
        with subprocess.Popen(
            [*MLLMU_BUILD, *arguments(home)], cwd=tmp_path, stdout=-3, stderr=-3, start_new_session=True
        ) as run:
            while run.poll() is None and on_record(tmp_path, stage) < enough:
                time.sleep(0.01)
            run.send_signal(signal.SIGKILL)
        assert run.returncode == -9
        assert not (tmp_path / "mllmu/bench").exists()
    build(*arguments(home), cwd=tmp_path)
    assert contents(tmp_path / "mllmu/bench") == contents(painted / "mllmu/bench")


def test_two_processes_share_the_work(painted, home, tmp_path):
    runs = two_processes(arguments(home), tmp_path)
    results = [run.communicate(timeout=600) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], results
    assert results[0][0].startswith("check")
    assert results[1][0] == ""  # the first process reports
    assert "so 10 take" in results[1][1]
    tables = [json.loads((f / "mllmu/bench/manifest.json").read_text())["configs"] for f in (painted, tmp_path)]
    assert tables[0] == tables[1]


def test_who_cannot_be_reposed_stops_nobody_in_either_process(home, tmp_path):
    nobody = [*arguments(home), "--likeness", "1", "--candidates", "1"]
    runs = two_processes(nobody, tmp_path)
    told = [run.communicate(timeout=600)[1] for run in runs]
    assert runs[0].returncode == 3, told
    assert "has no re-posed pictures" in told[0]
    assert "and so for 19 more" in told[0]
    assert "process 0 ended without a release" in told[1]
    (painted_of,) = work(tmp_path, "SELECT count(DISTINCT substr(slot, 1, 3)) FROM work WHERE stage = 'candidate'")
    assert painted_of == (20,)


def test_a_helper_of_a_finished_build_is_done_at_once(painted, home):
    env = {**os.environ, "RANK": "1", "WORLD_SIZE": "2"}
    done = subprocess.run(
        [*MLLMU_BUILD, *arguments(home)], cwd=painted, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_build_by_one_process_takes_over_from_a_dead_helper(painted, home, tmp_path):
    """The first process alone, told of a helper that never comes."""
    env = {"RANK": "0", "WORLD_SIZE": "2"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        build(*arguments(home), cwd=tmp_path)
    assert (tmp_path / "mllmu/bench/manifest.json").exists()


def two_processes(asked: list[str], folder: Path) -> list[subprocess.Popen[str]]:
    """The same command twice, as `accelerate launch` starts it."""
    return [
        subprocess.Popen(
            [*MLLMU_BUILD, *asked],
            cwd=folder,
            env={**os.environ, "RANK": str(k), "WORLD_SIZE": "2"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for k in range(2)
    ]


def on_record(folder: Path, stage: str) -> int:
    if not (folder / "mllmu/bench.ledger").exists():
        return 0
    try:
        return work(folder, "SELECT count(*) FROM work WHERE stage = ?", stage)[0][0]
    except sqlite3.OperationalError:
        return 0


def work(folder: Path, sql: str, *values: str) -> list[tuple]:
    db = sqlite3.connect(f"file:{folder / 'mllmu/bench.ledger'}?mode=ro", uri=True)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()
