"""Whole evaluations by the command line's own function: twice, killed, in parts, by two processes; floors."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the train extra is not installed")

from mllmu.errors import UsageError
from mllmu.evaluate.cli import main
from mllmu.evaluate.records import RECORDS, RUN, read_results
from mllmu.evaluate.run import Request, evaluate
from mllmu.unlearn.release import Source


@pytest.fixture(scope="module")
def asked(family, release, tmp_path_factory):
    """options -> the folder of an evaluation of the tiny LLaVA."""

    def ask(**options) -> Path:
        out = options.pop("out", None) or tmp_path_factory.mktemp("evaluated")
        request = {"source": Source(str(release)), "ratio": 10, "model": str(family("llava")), "quiet": True}
        return evaluate(Request(**{**request, "out": out, "choice": "text", **options}))

    return ask


@pytest.fixture(scope="module")
def whole(asked) -> Path:
    return asked()


def bytes_of(folder: Path) -> bytes:
    return (folder / RECORDS).read_bytes()


def test_two_runs_and_any_batch_give_one_file(asked, whole):
    assert bytes_of(asked(batch=1)) == bytes_of(whole)
    assert bytes_of(asked(batch=64)) == bytes_of(whole)


def test_run_json_says_what_was_done(whole):
    found = read_results(whole)
    assert len(found.records) == 39
    run = found.run
    assert (run["role"], run["forget"], run["choice"], run["engine"], run["dtype"]) == (
        "base", 10, "text", "packed", "float64",
    )  # fmt: skip
    assert run["data"]["questions"] == 39
    assert json.loads((whole / "summary.json").read_text())
    assert sorted(path.name for path in whole.iterdir()) == [RECORDS, RUN, "summary.json"]


def test_every_task_has_its_scores(whole):
    expected = {
        "classification": {"accuracy", "accuracy_normalised", "probability"},
        "generation": {"rouge_l_f1", "rouge_l_recall", "probability", "truth_ratio", "extraction_strength",
                       "exact_memorisation"},
        "cloze": {"exact", "contains", "probability", "truth_ratio", "extraction_strength", "exact_memorisation"},
    }  # fmt: skip
    for record in read_results(whole).records:
        assert set(record.scores) == expected[record.task]


def test_multiple_choice_about_nobody_is_asked_where_it_is_wanted(asked, whole):
    plain, more = read_results(whole).records, read_results(asked(pmi=True)).records
    assert [one.answer for one in plain] == [one.answer for one in more]
    for record in more:
        assert ("accuracy_pmi" in record.scores) == (record.task == "classification")
    with pytest.raises(UsageError, match="--compat original has none"):
        asked(pmi=True, compat=True)
    with pytest.raises(UsageError, match="Leave --choice out"):
        asked(compat=True)


def test_what_is_finished_is_not_begun_and_other_requests_are_refused(asked, whole, monkeypatch):
    monkeypatch.setattr("mllmu.evaluate.run.load", None)
    assert asked(out=whole, batch=3) == whole
    with pytest.raises(UsageError, match="holds another run \\(seed"):
        asked(out=whole, seed=1)


def test_a_model_or_release_made_anew_is_not_taken_for_the_old(asked, family, release, tmp_path, monkeypatch):
    shutil.copytree(family("llava"), tmp_path / "model")
    shutil.copytree(release, tmp_path / "data")
    told = {"model": str(tmp_path / "model"), "source": Source(str(tmp_path / "data")), "out": tmp_path / "out"}
    asked(**told)
    (tmp_path / "data/manifest.json").write_text('{"seed": 5}')
    with pytest.raises(UsageError, match="holds another run \\(release differ"):
        asked(**told)
    (tmp_path / "data/manifest.json").unlink()
    (tmp_path / "model/run.json").write_text('{"request": {}}')
    with pytest.raises(UsageError, match="holds another run \\(weights differ"):
        asked(**told)


@pytest.mark.parametrize(
    ("job", "why"), [({"job": "finetune", "on": "retain_95"}, "--forget 05"), ({"job": "unlearn", "forget": 15}, "15")]
)
def test_a_model_of_another_forget_set_is_refused(job, why, asked, family, tmp_path):
    shutil.copytree(family("llava"), tmp_path / "model")
    (tmp_path / "model/run.json").write_text(json.dumps({"request": {"method": "npo", **job}}))
    with pytest.raises(UsageError, match=f"is about .*{why}, not 10"):
        asked(model=str(tmp_path / "model"), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_label_and_role_can_be_given_later(asked, whole, tmp_path):
    shutil.copytree(whole, tmp_path / "again")
    asked(out=tmp_path / "again", label="mine", role="vanilla")
    run = read_results(tmp_path / "again").run
    assert (run["label"], run["role"], run["method"]) == ("mine", "vanilla", "vanilla")


def test_a_broken_off_evaluation_goes_on(asked, whole, tmp_path, monkeypatch):
    from mllmu.evaluate.results import Keeper

    add, count = Keeper.add, []

    def breaking(self, records):
        add(self, records)
        count.append(len(records))
        if len(count) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(Keeper, "add", breaking)
    with pytest.raises(KeyboardInterrupt):
        asked(out=tmp_path, batch=4)
    monkeypatch.undo()
    assert not (tmp_path / RUN).exists()
    with (tmp_path / RECORDS).open("a") as file:
        file.write('{"set": "for')  # as a kill in the middle of a write leaves it
    seen: list[int] = []
    monkeypatch.setattr(Keeper, "add", lambda self, records: seen.append(len(records)) or add(self, records))
    assert bytes_of(asked(out=tmp_path)) == bytes_of(whole)
    assert sum(seen) == 39 - sum(count)


def command(family, release, out: Path, *more: str) -> list[str]:
    return [
        "run", "--model", str(family("llava")), "--data", str(release), "--forget", "10", "--out", str(out),
        "--choice", "text", *more,
    ]  # fmt: skip


@pytest.mark.slow
def test_killed_by_nine_and_run_again_gives_the_same_file(family, release, whole, tmp_path):
    line = [sys.executable, "-m", "mllmu.evaluate", *command(family, release, tmp_path, "-q", "--batch", "1")]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONSAFEPATH": "1"}
    process = subprocess.Popen(line, env=environment, cwd=tmp_path)
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        if (tmp_path / RECORDS).exists() and (tmp_path / RECORDS).stat().st_size > 1000:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.005)
    process.wait()
    with pytest.raises(SystemExit) as ended:
        main(command(family, release, tmp_path, "-q"))
    assert ended.value.code == 0
    assert bytes_of(tmp_path) == bytes_of(whole)


@pytest.mark.slow
def test_two_processes_give_the_same_file(family, release, whole, tmp_path):
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    line = [*launch, "-m", "mllmu.evaluate", *command(family, release, tmp_path, "-q")]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONSAFEPATH": "1"}
    done = subprocess.run(line, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert bytes_of(tmp_path) == bytes_of(whole)
    assert json.loads((tmp_path / RUN).read_text())["processes"] == 2


def test_a_prompting_run_is_asked_under_its_system_prompt(family, asked, whole, tmp_path):
    record = {"model": str(family("llava")), "system_prompt": "Be kind.",
              "request": {"job": "unlearn", "method": "prompting"}}  # fmt: skip
    (tmp_path / "run.json").write_text(json.dumps(record))
    found = asked(model=str(tmp_path))
    assert bytes_of(found) != bytes_of(whole)
    assert read_results(found).run["method"] == "prompting"
    assert read_results(found).run["role"] == "unlearned"


def test_floors(asked, whole):
    chance, blind = read_results(asked(floor="chance", model=None)), read_results(asked(floor="blind"))
    assert {record.scores["accuracy"] for record in chance.records} == {0.25}
    assert [record.key for record in blind.records] == [record.key for record in read_results(whole).records]
    assert chance.run["role"] == blind.run["role"] == "floor"
    views = [record for record in blind.records if record.set == "test" and record.modality == "image"]
    assert {record.scores["probability"] for record in views if record.view == 0} == {
        record.scores["probability"] for record in views if record.view == 1
    }  # one who sees nothing cannot tell them apart


def test_the_authors_protocol_runs(asked):
    found = read_results(asked(compat=True, choice="auto", sets=("forget",)))
    assert found.run["protocol"] == "original"
    assert {tuple(record.scores) for record in found.records} == {("accuracy",), ("contains",), ("rouge_l_f1",)}


def test_the_command_prints_a_summary_and_refuses_nonsense(family, release, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(command(family, release, tmp_path / "out", "--json", "--sets", "forget"))
    assert ended.value.code == 0
    assert "forget" in json.loads(capsys.readouterr().out)
    for wrong in (["--sets", "forgotten"], ["--batch", "0"]):
        with pytest.raises(SystemExit) as ended:
            main(command(family, release, tmp_path / "other", *wrong))
        assert ended.value.code == 2
