"""Runs from end to end on a tiny LLaVA: what moves, what stays, what is written, and that it can be repeated."""

import json
import shutil
from dataclasses import replace

import pytest
import torch
from click.testing import CliRunner
from mllmu.errors import UsageError
from mllmu.unlearn import methods
from mllmu.unlearn.ask import answer_logps, recall
from mllmu.unlearn.callbacks import WATCH_EVERY, Watch
from mllmu.unlearn.cli import group
from mllmu.unlearn.data import pair_examples
from mllmu.unlearn.encode import Encoder
from mllmu.unlearn.fit import last_checkpoint
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
    plain = finetune(job(family("llava"), release, tmp_path / "plain"), "full")
    share = 4 / plain["data"]["configs"]["full"]["examples"]
    record = finetune(job(family("llava"), release, tmp_path / "out", rehearse=share), "full")
    assert record["data"]["configs"]["full"] == plain["data"]["configs"]["full"]
    assert record["data"]["configs"]["rehearsed"]["examples"] == 7
    assert record["steps"] == plain["steps"] + record["request"]["settings"]["epochs"]


@pytest.mark.parametrize("accumulate", [2, 4])
def test_accumulated_steps_are_the_same_steps(accumulate, vanilla, release, tmp_path):
    """Token means are over the whole step, so cutting it into parts changes nothing."""
    whole = unlearn(job(vanilla, release, tmp_path / "whole"), "kl_min", 10, {})["losses"]
    parts = unlearn(job(vanilla, release, tmp_path / "parts", accumulate=accumulate), "kl_min", 10, {})["losses"]
    assert [row["loss"] for row in parts] == pytest.approx([row["loss"] for row in whole], abs=1e-4)
    assert [row["retain"] for row in parts] == pytest.approx([row["retain"] for row in whole], abs=1e-4)


@pytest.mark.parametrize(
    ("method", "more", "why"),
    [
        ("kl_min", {"reference": "m"}, "--reference means nothing to kl_min"),
        ("siu", {"compat": True}, "siu is in none"),
        ("ga_kl", {"modality": "text"}, "leave out --modality text"),
    ],
)
def test_options_that_a_method_has_no_use_for_are_refused(method, more, why, vanilla, release, tmp_path):
    spec = replace(job(vanilla, release, tmp_path / "out"), modality=more.pop("modality", "multimodal"))
    with pytest.raises(UsageError, match=why):
        unlearn(spec, method, 10, {}, **more)
    assert not (tmp_path / "out").exists()


def test_a_method_that_leaves_nothing_to_forget_is_refused(vanilla, release, tmp_path):
    path = tmp_path / "nothing.py"
    path.write_text("class Method:\n    def rewrite(self, forgetting): return []\n    def loss(self, forget): ...\n")
    with pytest.raises(UsageError, match="leaves nothing to forget"):
        unlearn(job(vanilla, release, tmp_path / "out"), str(path), 10, {})


def test_a_checkpoint_that_was_cut_off_is_passed_over(tmp_path):
    for number, text in ((9, "{}"), (10, '{"global_st')):
        folder = tmp_path / f"checkpoints/checkpoint-{number}"
        folder.mkdir(parents=True)
        (folder / "trainer_state.json").write_text(text)
    (tmp_path / "checkpoints/checkpoint-11").mkdir()
    assert last_checkpoint(tmp_path) == str(tmp_path / "checkpoints/checkpoint-9")
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["checkpoint-9"]
    assert last_checkpoint(tmp_path / "nowhere") is None


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


def nll(model, release, config: str) -> float:
    """Mean loss over the answers of a config; all of them are in the watched sample of so small a release."""
    return recall(load_model(str(model)), Encoder(load_processor(str(model))), examples(release, config))["nll"]


def test_ga_stops_once_retain_is_lost(vanilla, release, tmp_path):
    limit = nll(vanilla, release, "retain_90") + 0.2
    done = unlearn(job(vanilla, release, tmp_path / "run", epochs=20, stop_retain_nll=limit), "ga", 10, {})
    assert done["stopped_by"] == "retain"
    assert done["steps"] == done["stopped_at"] < 30
    assert [*done["watched"]] == ["retain"]
    *before, last = done["watched"]["retain"].values()
    assert last > limit
    assert all(loss <= limit for loss in before)


@pytest.mark.parametrize("name", ["ga", "grad_diff", "kl_min", "npo"])
def test_a_run_stops_at_the_first_look_that_has_forgotten_enough(name, vanilla, release, tmp_path):
    limit = nll(vanilla, release, "forget_10") + 0.2
    done = unlearn(job(vanilla, release, tmp_path, epochs=20, stop_forget_nll=limit), name, 10, {})
    assert done["stopped_by"] == "forget"
    assert done["steps"] == done["stopped_at"] == len(done["losses"]) < 30
    looks = done["watched"]["forget"]
    assert [*looks] == [*range(WATCH_EVERY, done["steps"] + 1, WATCH_EVERY)]
    *before, last = looks.values()
    assert last >= limit
    assert all(loss < limit for loss in before)
    assert nll(tmp_path, release, "forget_10") == pytest.approx(last, rel=1e-3)


@pytest.mark.parametrize(
    "more", [{"modality": "text"}, {"settings": {"accumulate": 2}}, {"compat": True}, {"method": "po"}]
)
def test_whatever_is_trained_the_loss_of_the_answers_is_watched(more, vanilla, release, tmp_path):
    """Of the release's own answers, not of the question before them, nor of what `po` says in their place.

    A limit that vanilla is beyond before it starts ends the run at its first look.
    """
    spec = job(vanilla, release, tmp_path, stop_forget_nll=1e-3, epochs=4, **more.get("settings", {}))
    spec = replace(spec, modality=more.get("modality", "multimodal"))
    done = unlearn(spec, more.get("method", "kl_min"), 10, {}, compat=more.get("compat", False))
    assert done["steps"] == WATCH_EVERY
    asked = pair_examples(training_rows(spec.source, "forget_10"), spec.modality)
    found = recall(load_model(str(tmp_path)), Encoder(load_processor(str(vanilla))), asked)["nll"]
    assert done["watched"]["forget"][WATCH_EVERY] == pytest.approx(found, rel=1e-3)


def test_a_limit_that_is_never_met_changes_nothing(vanilla, release, tmp_path):
    """Not even the draws of dropout."""
    plain = unlearn(job(vanilla, release, tmp_path / "plain", lora_dropout=0.1), "ga", 10, {})
    far = {"stop_forget_nll": float("inf"), "stop_retain_nll": 1e9, "lora_dropout": 0.1}
    watched = unlearn(job(vanilla, release, tmp_path / "watched", **far), "ga", 10, {})
    assert watched["losses"] == plain["losses"]
    assert plain["watched"] is plain["stopped_at"] is plain["stopped_by"] is watched["stopped_at"] is None
    assert [*watched["watched"]["forget"]] == [*watched["watched"]["retain"]] == [2]


@pytest.mark.parametrize(("above", "by"), [((0.2, 1e9), "forget"), ((1e9, 0.2), "retain"), ((0.2, 0.2), None)])
def test_of_two_limits_the_first_that_is_met_ends_the_run(above, by, vanilla, release, tmp_path):
    forget, retain = (
        nll(vanilla, release, c) + more for c, more in zip(("forget_10", "retain_90"), above, strict=True)
    )
    done = unlearn(
        job(vanilla, release, tmp_path, epochs=20, stop_forget_nll=forget, stop_retain_nll=retain), "ga", 10, {}
    )
    seen = done["watched"]
    met = [step for step in seen["forget"] if seen["forget"][step] >= forget or seen["retain"][step] > retain]
    assert met == [done["stopped_at"]] == [done["steps"]]
    assert done["stopped_by"] == (by or ("retain" if seen["retain"][met[0]] > retain else "forget"))


def test_a_loss_that_is_not_a_number_meets_any_limit():
    met = Watch(None, {}, {"forget": 1e9, "retain": 1e9}, 4)._met  # type: ignore[arg-type]
    assert met({"forget": float("nan")}) == met({"forget": float("nan"), "retain": 1.0}) == "forget"
    assert met({"forget": 1.0, "retain": float("nan")}) == "retain"
    assert met({"forget": 1.0, "retain": 1.0}) is None


def test_a_run_killed_after_its_stop_does_not_go_past_it(vanilla, release, tmp_path, monkeypatch):
    """No checkpoint is made of the step on which a run stops, though every step else has one."""
    limit = nll(vanilla, release, "forget_10") + 0.2
    spec = job(vanilla, release, tmp_path / "run", epochs=20, stop_forget_nll=limit, save_every=1)
    with monkeypatch.context() as patch:
        patch.setattr("mllmu.unlearn.train.finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            unlearn(spec, "ga", 10, {})
    assert [*(tmp_path / "run/checkpoints").iterdir()]
    resumed = unlearn(spec, "ga", 10, {})
    whole = unlearn(replace(spec, out=tmp_path / "whole"), "ga", 10, {})
    for key in ("stopped_at", "stopped_by", "losses", "watched"):
        assert resumed[key] == whole[key]


def test_the_options_of_a_stop_belong_to_run(vanilla, release, tmp_path):
    """Each job is offered what it has a use for; the printed line says which option ended a run."""
    helps = {name: CliRunner().invoke(group, [name, "--help"]).output for name in ("run", "finetune")}
    for option, where in (("--stop-forget-nll", "run"), ("--stop-retain-nll", "run"), ("--rehearse", "finetune")):
        assert [name for name, text in helps.items() if option in text] == [where]
    line = ["run", "--method", "ga", "--forget", "10", "--model", vanilla, "--data", release, "--lr", "1e-3"]
    for limit, ending in (
        ("0.001", "stopped at step 2 by --stop-forget-nll"),
        ("1e3", "ended before --stop-forget-nll 1000 was reached"),
    ):
        done = CliRunner().invoke(group, [*map(str, line), "--out", str(tmp_path / limit), "--stop-forget-nll", limit])
        assert done.stdout.endswith(f"; {ending}\n")


@pytest.mark.parametrize("value", ["0", "-1", "nan"])
def test_a_stop_that_is_no_loss_is_named(value):
    with pytest.raises(UsageError, match=r"^--stop-forget-nll .*greater than 0\.$"):
        training({"stop_forget_nll": float(value)})


def test_another_stop_is_another_run(vanilla, release, tmp_path):
    unlearn(job(vanilla, release, tmp_path, epochs=1), "ga", 10, {})
    with pytest.raises(UsageError, match=r"holds another run \(settings differ"):
        unlearn(job(vanilla, release, tmp_path, epochs=1, stop_forget_nll=3.0), "ga", 10, {})


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
    records = [json.loads((tmp_path / name / "run.json").read_text())["parameters"] for name in ("False", "True")]
    assert records[0] == records[1]
    assert records[0]["trained"] > 0


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


def test_a_model_or_release_made_anew_in_the_same_place_is_another(family, release, tmp_path):
    model, data = tmp_path / "model", tmp_path / "release"
    shutil.copytree(family("llava"), model)
    shutil.copytree(release, data)
    spec = job(model, data, tmp_path / "run", epochs=1)
    unlearn(spec, "ga", 10, {})
    manifest = (data / "manifest.json").read_text()
    (data / "manifest.json").write_text(manifest.replace('"seed": 0', '"seed": 1'))
    with pytest.raises(UsageError, match=r"holds another run \(release differ"):
        unlearn(spec, "ga", 10, {})
    (data / "manifest.json").write_text(manifest)
    (model / "run.json").write_text("{}")
    with pytest.raises(UsageError, match=r"holds another run \(weights differ"):
        unlearn(spec, "ga", 10, {})


def test_record_says_what_made_the_run(vanilla, release):
    record = json.loads((vanilla / "run.json").read_text())
    assert record["data"]["manifest"] == {
        "name": "mllmu/bench",
        "settings": {"seed": 0},
        "made_with": {"mllmu-bench": "1"},
    }
    assert record["data"]["configs"]["full"]["examples"] == 24
    assert record["request"]["settings"]["seed"] == 0
    assert len(record["losses"]) == record["steps"] == 24
    assert {"torch", "transformers", "peft"} <= set(record["versions"])
    assert str(release.parent) not in json.dumps(record["data"])
    card = (vanilla / "README.md").read_text()
    assert "# Fine-tuned on full" in card
    assert "library_name: peft" in card
    assert "base_model" not in card  # it is a folder, and no name on the Hub
    assert sorted(p.name for p in vanilla.iterdir()) == [
        "README.md", "adapter_config.json", "adapter_model.safetensors", "run.json",
    ]  # fmt: skip


def test_batch_that_cannot_be_cut_is_refused(vanilla, release, tmp_path):
    with pytest.raises(UsageError, match="cannot be cut"):
        unlearn(job(vanilla, release, tmp_path / "run", accumulate=3), "ga", 10, {})
