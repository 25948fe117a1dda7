"""What only whole processes can show: kill -9 and go on; two processes give what one gives; `--help` is instant."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mllmu.errors import UsageError
from mllmu.unlearn.models import load_model, load_processor

ENV = {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
RUN = [sys.executable, "-m", "mllmu.unlearn"]
FAST = ["--batch", "4", "--lr", "1e-2", "--lora-dropout", "0.1", "--json"]


def command(kind: str, model: Path, release: Path, out: Path, *more: str) -> list[str]:
    return [*RUN, kind, "--model", str(model), "--data", str(release), "--out", str(out), *FAST, *more]


def run(line: list[str], cwd: Path) -> dict:
    done = subprocess.run(line, cwd=cwd, env=ENV, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def kill(line: list[str], out: Path, at: int) -> None:
    """Begins a run, and ends it by kill -9 once the checkpoint of step `at` is there."""
    process = subprocess.Popen(line, cwd=out.parent, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not (out / f"checkpoints/checkpoint-{at}/trainer_state.json").exists():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "file"),
    [([], "adapter_model.safetensors"), (["--full"], "model.safetensors")],
    ids=["adapter", "full"],
)
def test_killed_run_goes_on_to_the_same_end(more, file, family, release, tmp_path):
    """Weights, optimiser, schedule, dropout's random state and the place in the plan all come back."""
    more = ["--on", "full", "--epochs", "20", "--save-every", "10", *more]
    whole = run(command("finetune", family("llava"), release, tmp_path / "whole", *more), tmp_path)
    line = command("finetune", family("llava"), release, tmp_path / "killed", *more)
    for at in (20, 70):
        kill(line, tmp_path / "killed", at)
    resumed = run(line, tmp_path)
    assert resumed["losses"] == whole["losses"]
    weights = [(tmp_path / name / file).read_bytes() for name in ("whole", "killed")]
    assert weights[0] == weights[1]


@pytest.mark.slow
def test_killed_and_spread_runs_stop_where_one_that_was_let_run_does(family, release, tmp_path):
    """On the same step, with the same looks on record: those before the kill too."""
    more = ["--method", "ga", "--forget", "10", "--epochs", "200", "--lr", "1e-3", "--lora-dropout", "0"]
    more += ["--save-every", "10", "--stop-forget-nll", "7.5"]
    whole, killed, two = (
        command("run", family("llava"), release, tmp_path / name, *more) for name in ("whole", "killed", "two")
    )
    stopped = run(whole, tmp_path)
    assert 30 < stopped["stopped_at"] == stopped["steps"] < 250
    kill(killed, tmp_path / "killed", 20)
    resumed = run(killed, tmp_path)
    for key in ("stopped_at", "stopped_by", "watched", "losses"):
        assert resumed[key] == stopped[key]
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    assert run([*launch, *two[1:]], tmp_path)["stopped_at"] == stopped["stopped_at"]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["kl_min", "npo"])
def test_two_processes_give_the_losses_of_one(method, family, release, tmp_path):
    more = ["--method", method, "--forget", "10", "--epochs", "3", "--lora-dropout", "0"]
    one = run(command("run", family("llava"), release, tmp_path / "one", *more), tmp_path)
    line = command("run", family("llava"), release, tmp_path / "two", *more)
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    two = run([*launch, *line[1:]], tmp_path)
    assert two["processes"] == 2
    for side in ("loss", "forget", *(["retain"] if method == "kl_min" else [])):
        assert [row[side] for row in two["losses"]] == pytest.approx([row[side] for row in one["losses"]], rel=1e-4)


@pytest.mark.slow
def test_adapters_and_what_they_stand_on_can_move_together(family, release, tmp_path):
    (tmp_path / "study").mkdir()
    shutil.copytree(family("llava"), tmp_path / "study/base")
    for line in (["finetune", "--model", "base", "--out", "vanilla"],
                 ["run", "--method", "ga", "--forget", "10", "--model", "vanilla", "--out", "ga"]):  # fmt: skip
        run([*RUN, *line, "--data", str(release), *FAST], tmp_path / "study")
    (tmp_path / "study").rename(tmp_path / "moved")
    run([*RUN, "recall", "--model", "moved/ga", "--data", str(release), "--on", "forget_10", "--json"], tmp_path)


@pytest.mark.parametrize("name", ["base", "finetune", "run", "recall", "methods"])
def test_help_loads_nothing_heavy(name):
    code = (
        "import sys; from click.testing import CliRunner; from mllmu.unlearn.cli import group; "
        f"done = CliRunner().invoke(group, [{name!r}, '--help']); assert done.exit_code == 0, done.output; "
        "print({'torch', 'transformers', 'datasets', 'numpy', 'peft'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["run", "--method", "npoo", "--forget", "05"], "Did you mean 'npo'"),
        (["run", "--method", "npo", "--forget", "05"], "no model folder x"),
        (["run", "--method", "ga", "--forget", "20"], "'05', '10', '15'"),
        (["run", "--method", "npo", "--forget", "05", "--set", "beta"], "KNOB=VALUE"),
        (["finetune", "--epochs", "many"], "'many' is not a valid integer"),
        (["run", "--method", "ga", "--forget", "05", "--stop-forget-nll", "much"], "'much' is not a valid float"),
        (["run", "--method", "ga", "--forget", "05", "--rehearse", "0.2"], "No such option"),
        (["finetune", "--stop-forget-nll", "3"], "No such option"),
    ],
)
def test_mistakes_are_one_line_and_exit_2(line, words, tmp_path):
    whole = [*RUN, *line, "--model", "x", "--data", "y", "--out", "z"]
    done = subprocess.run(whole, cwd=tmp_path, env=ENV, capture_output=True, text=True)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_model_is_one_line(tmp_path):
    """As a killed fine-tuning leaves it."""
    (tmp_path / "vanilla" / "checkpoints").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"no processor at .*vanilla"):
        load_processor(str(tmp_path / "vanilla"))
    with pytest.raises(UsageError, match=r"no image-text-to-text model at .*vanilla"):
        load_model(str(tmp_path / "vanilla"))


def test_a_folder_of_another_run_is_refused_before_base_is_made(release, tmp_path):
    out, cache = tmp_path / "out", tmp_path / "cache"
    (out / "checkpoints").mkdir(parents=True)  # where nothing was made yet, another command may have the folder
    (out / "request.json").write_text(json.dumps({"job": "finetune", "on": "retain_95", "data": str(release)}))
    line = [*RUN, "finetune", "--data", str(release), "--out", str(out), "--on", "full", "-q"]
    done = subprocess.run(line, env={**ENV, "MLLMU_CACHE": str(cache)}, capture_output=True, text=True, timeout=300)
    assert done.returncode != 0
    assert "holds another run (on differ)" in done.stderr
    assert not cache.exists()
