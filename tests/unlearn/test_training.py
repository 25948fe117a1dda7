"""Runs from end to end on a tiny LLaVA: what moves, what stays, what is written, and that it can be repeated."""

import json

import pytest
import torch
from mllmu.errors import UsageError
from mllmu.unlearn import methods
from mllmu.unlearn.ask import answer_logps, recall
from mllmu.unlearn.data import pair_examples
from mllmu.unlearn.encode import Encoder
from mllmu.unlearn.jobs import Job, finetune, unlearn
from mllmu.unlearn.models import load_model, load_processor, system_prompt
from mllmu.unlearn.release import Source, training_rows
from mllmu.unlearn.settings import training
from mllmu.unlearn.train import prepare

TRAINED = [name for name in methods.names() if name not in ("prompting", "siu")]
"""`siu` learns other answers and keeps what is asked by name: see test_siu_run.py."""


def job(model, release, out, **settings) -> Job:
    values = {"batch": 4, "lr": 1e-2, "lora_dropout": 0.0, "epochs": 2, **settings}
    return Job(str(model), Source(str(release)), out, training(values), quiet=True)


@pytest.fixture(scope="module")
def vanilla(family, release, tmp_path_factory):
    """An adapter that has learned something, on a tiny LLaVA."""
    out = tmp_path_factory.mktemp("runs") / "vanilla"
    finetune(job(family("llava"), release, out, epochs=4), "full")
    return out


def weights(path) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in load_model(str(path)).state_dict().items()}


def examples(release, config: str) -> list:
    return pair_examples(training_rows(Source(str(release)), config))


def test_finetuning_learns_and_moves_the_language_model_only(vanilla, family, release):
    record = json.loads((vanilla / "run.json").read_text())
    assert record["losses"][-1]["retain"] < record["losses"][0]["retain"] - 0.5
    before, after = weights(family("llava")), weights(vanilla)
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert moved
    assert all(".language_model.layers." in name for name in moved)


@pytest.mark.parametrize("name", TRAINED)
def test_each_method_forgets_and_is_the_same_twice(name, vanilla, release, tmp_path):
    records = [unlearn(job(vanilla, release, tmp_path / str(k)), name, 10, {}) for k in range(2)]
    assert records[0]["losses"] == records[1]["losses"]
    assert all(torch.isfinite(torch.tensor(row["loss"])) for row in records[0]["losses"])
    one, two = weights(tmp_path / "0"), weights(tmp_path / "1")
    assert all(torch.equal(one[key], two[key]) for key in one)
    encoder, forget = Encoder(load_processor(str(vanilla))), examples(release, "forget_10")
    before = recall(load_model(str(vanilla)), encoder, forget)["nll"]
    assert recall(load_model(str(tmp_path / "0")), encoder, forget)["nll"] > before


def test_another_seed_is_another_run(vanilla, release, tmp_path):
    losses = [unlearn(job(vanilla, release, tmp_path / str(s), seed=s), "ga", 10, {})["losses"] for s in (0, 1)]
    assert losses[0] != losses[1]


def test_rehearsed_celebrities_are_learned_beside_the_people(family, release, tmp_path):
    record = finetune(job(family("llava"), release, tmp_path / "out", rehearse=4), "full")
    plain = finetune(job(family("llava"), release, tmp_path / "plain"), "full")
    assert record["data"]["configs"]["full"] == plain["data"]["configs"]["full"]
    assert record["data"]["configs"]["celebrity"]["examples"] == 7
    assert record["steps"] == plain["steps"] + record["request"]["settings"]["epochs"]


@pytest.mark.parametrize("accumulate", [2, 4])
def test_accumulated_steps_are_the_same_steps(accumulate, vanilla, release, tmp_path):
    """Token means are over the whole step, so cutting it into parts changes nothing."""
    whole = unlearn(job(vanilla, release, tmp_path / "whole"), "kl_min", 10, {})["losses"]
    parts = unlearn(job(vanilla, release, tmp_path / "parts", accumulate=accumulate), "kl_min", 10, {})["losses"]
    assert [row["loss"] for row in parts] == pytest.approx([row["loss"] for row in whole], abs=1e-4)
    assert [row["retain"] for row in parts] == pytest.approx([row["retain"] for row in whole], abs=1e-4)


def test_checkpointing_changes_memory_and_nothing_else(vanilla, release, tmp_path):
    plain = unlearn(job(vanilla, release, tmp_path / "plain"), "grad_diff", 10, {})["losses"]
    again = unlearn(job(vanilla, release, tmp_path / "again", checkpointing=True), "grad_diff", 10, {})["losses"]
    assert [row["loss"] for row in again] == pytest.approx([row["loss"] for row in plain], abs=1e-5)


def test_reference_is_the_start_and_there_is_no_second_model(vanilla, release):
    """A fresh adapter changes nothing; a trained one is switched off for the reference."""
    model = prepare(str(vanilla), training({"lora_dropout": 0.0}))
    start = load_model(str(vanilla))
    encoder, forget = Encoder(load_processor(str(vanilla))), examples(release, "forget_10")
    expected = answer_logps(start, encoder, forget, 4)
    assert answer_logps(model, encoder, forget, 4) == pytest.approx(expected, abs=1e-4)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter)
    assert answer_logps(model, encoder, forget, 4) != pytest.approx(expected, abs=1e-1)
    with model.disable_adapter():
        assert answer_logps(model, encoder, forget, 4) == pytest.approx(expected, abs=1e-4)


def test_npo_against_another_model_uses_what_that_model_says(vanilla, family, release, tmp_path):
    """The base as reference: at the start the ratio is vanilla's answers over base's."""
    record = unlearn(job(vanilla, release, tmp_path / "run", batch=6), "npo", 10, {}, reference=str(family("llava")))
    encoder, forget = Encoder(load_processor(str(vanilla))), examples(release, "forget_10")
    policy, reference = (
        torch.tensor(answer_logps(load_model(str(path)), encoder, forget, 6)) for path in (vanilla, family("llava"))
    )
    expected = -2 / 0.4 * torch.nn.functional.logsigmoid(-0.4 * (policy - reference)).mean()
    assert record["losses"][0]["loss"] == pytest.approx(float(expected), rel=1e-3)


def test_ga_stops_once_retain_is_lost(vanilla, release, tmp_path):
    encoder = Encoder(load_processor(str(vanilla)))
    limit = recall(load_model(str(vanilla)), encoder, examples(release, "retain_90"))["nll"] + 0.2
    done = unlearn(job(vanilla, release, tmp_path / "run", epochs=20, stop_retain_nll=limit), "ga", 10, {})
    assert done["stopped_at"] is not None
    assert done["steps"] == done["stopped_at"] < 30
    *before, last = done["retain_watched"].values()
    assert last > limit
    assert all(loss <= limit for loss in before)


def test_prompting_trains_nothing_and_carries_its_prompt(vanilla, release, tmp_path):
    unlearn(job(vanilla, release, tmp_path / "run"), "prompting", 10, {})
    assert "honest assistant" in (system_prompt(str(tmp_path / "run")) or "")
    one, two = weights(vanilla), weights(tmp_path / "run")
    assert all(torch.equal(one[key], two[key]) for key in one)


def test_merged_weights_are_the_adapter_on_its_base(vanilla, release, tmp_path):
    for merge in (False, True):
        spec = job(vanilla, release, tmp_path / str(merge))
        unlearn(Job(spec.model, spec.source, spec.out, spec.settings, merge=merge, quiet=True), "ga", 10, {})
    one, two = weights(tmp_path / "False"), weights(tmp_path / "True")
    assert all(torch.allclose(one[key], two[key]) for key in one)
    assert not (tmp_path / "True" / "adapter_config.json").exists()
    load_processor(str(tmp_path / "True"))


def test_compat_original_runs_phases_with_the_loss_on_the_question(vanilla, release, tmp_path):
    done = unlearn(job(vanilla, release, tmp_path / "run", epochs=1), "grad_diff", 10, {}, compat=True)
    sides = ["forget" if "forget" in row else "retain" for row in done["losses"]]
    assert sides == ["forget"] * 2 + ["retain"] * 5  # 6 and 18 examples, 4 a step
    joint = unlearn(job(vanilla, release, tmp_path / "joint", epochs=1), "grad_diff", 10, {})
    assert done["losses"][0]["forget"] != pytest.approx(joint["losses"][0]["forget"], abs=0.1)


def test_finished_run_is_not_done_again_and_another_is_refused(vanilla, release, tmp_path):
    spec = job(vanilla, release, tmp_path / "run")
    first = unlearn(spec, "ga", 10, {})
    stamp = (tmp_path / "run" / "run.json").stat().st_mtime_ns
    assert unlearn(spec, "ga", 10, {}) == json.loads(json.dumps(first))
    assert (tmp_path / "run" / "run.json").stat().st_mtime_ns == stamp
    with pytest.raises(UsageError, match=r"holds another run \(knobs, method differ"):
        unlearn(spec, "grad_diff", 10, {})


def test_record_says_what_made_the_run(vanilla, release):
    record = json.loads((vanilla / "run.json").read_text())
    assert record["data"]["manifest"]["version"] == "1.0.0"
    assert record["data"]["configs"]["full"]["examples"] == 24
    assert record["request"]["settings"]["seed"] == 0
    assert len(record["losses"]) == record["steps"] == 24
    assert {"torch", "transformers", "peft"} <= set(record["versions"])
    assert str(release.parent) not in json.dumps(record["data"])
    assert "Fine-tuned on full" in (vanilla / "README.md").read_text()
    assert sorted(p.name for p in vanilla.iterdir()) == [
        "README.md", "adapter_config.json", "adapter_model.safetensors", "run.json",
    ]  # fmt: skip


def test_batch_that_cannot_be_cut_is_refused(vanilla, release, tmp_path):
    with pytest.raises(UsageError, match="cannot be cut"):
        unlearn(job(vanilla, release, tmp_path / "run", accumulate=3), "ga", 10, {})
