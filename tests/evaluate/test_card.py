"""Scores in a checkpoint's card: of this very model, beside floors and references alone."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mllmu.cards.eval_results import RESULTS_FILE
from mllmu.errors import UsageError
from mllmu.evaluate.commands.card import command
from mllmu.evaluate.report.card import named, write_card
from mllmu.evaluate.report.gather import find
from mllmu.unlearn.models import identity


@pytest.fixture
def checkpoint(tmp_path) -> Path:
    """A model's folder, as far as a card needs one."""
    folder = tmp_path / "npo"
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"request": {"job": "unlearn", "method": "npo", "forget": 5}}))
    return folder


@pytest.fixture
def evaluated(checkpoint, maker, study, tmp_path) -> Path:
    """A study's results, with those of the checkpoint, whose data were read from the Hub."""
    root = tmp_path / "results"
    shutil.copytree(study, root)
    for run in root.rglob("run.json"):
        told = json.loads(run.read_text())
        run.write_text(json.dumps(told | {"request": {"weights": ["another"], "release": "abc"}}))
    known = {"forget": 0.5, "test": 0.5, "retain": 0.9, "celebrity": 0.6}
    of_this(maker, checkpoint, root / "own", maker.make_records(7, skill=known))
    return root


def of_this(maker, model: Path, folder: Path, records, **run: object) -> None:
    told = {
        "seed": 9, "label": "mine", "protocol": "mllmu", "choice": "text", "celebrity_pictures": "stand-in",
        "data": {"source": "you/bench", "revision": "v1.0.0"},
        "request": {"weights": [identity(str(model))], "release": None},
    }  # fmt: skip
    maker.write_run(folder, records, **{**told, **run})


def test_the_card_shows_this_model_beside_floors_and_references(checkpoint, evaluated):
    (checkpoint / "README.md").write_text("# Mine\n\nWords of my own.\n")
    found = CliRunner().invoke(command, [str(evaluated), "--model", str(checkpoint)], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    assert found.stdout.split() == [str(checkpoint / "README.md"), str(checkpoint / RESULTS_FILE)]
    text = (checkpoint / "README.md").read_text()
    assert "Words of my own." in text
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    assert rows == ["", "---", "Chance", "Blind", "Base", "Retain-only x2", "Vanilla x2", "mine"]


def test_the_leaderboard_gets_this_models_accuracy_of_every_set(checkpoint, evaluated):
    write_card(checkpoint, find([evaluated]))
    entries = yaml.safe_load((checkpoint / RESULTS_FILE).read_text())
    assert [entry["dataset"] for entry in entries] == [
        {"id": "you/bench", "task_id": name, "revision": "v1.0.0"}
        for name in ("forget_05", "test_05", "retain_95", "celebrity")
    ]
    (own,) = find([evaluated / "own"])
    for entry, name in zip(entries, ("forget", "test", "retain", "celebrity"), strict=True):
        scores = [one.scores["accuracy"] for one in own.records if one.set == name and "accuracy" in one.scores]
        assert entry["value"] == pytest.approx(100 * sum(scores) / len(scores), abs=0.01)
        assert f"{len(scores)} questions about 8 people" in entry["notes"]
        assert ("stand-in" in entry["notes"]) == (name == "celebrity")


def test_a_folder_has_no_place_on_the_leaderboard_unless_it_is_named(checkpoint, evaluated, maker):
    shutil.rmtree(evaluated / "own")
    request = {"weights": [identity(str(checkpoint))], "release": "abc"}
    of_this(maker, checkpoint, evaluated / "own", maker.make_records(7), request=request)
    found = CliRunner().invoke(command, [str(evaluated), "--model", str(checkpoint)], catch_exceptions=False)
    assert not (checkpoint / RESULTS_FILE).exists()
    assert "--dataset says its name on the Hub" in found.stderr
    write_card(checkpoint, find([evaluated]), named("you/other"))
    entries = yaml.safe_load((checkpoint / RESULTS_FILE).read_text())
    assert {tuple(entry["dataset"]) for entry in entries} == {("id", "task_id")}
    assert entries[0]["dataset"]["id"] == "you/other"


def test_scores_of_weights_that_were_made_anew_are_refused(checkpoint, evaluated):
    (checkpoint / "run.json").write_text("{}")
    with pytest.raises(UsageError, match=r"as it is now\. Make one: mllmu-evaluate run --model"):
        write_card(checkpoint, find([evaluated]))
    assert not (checkpoint / "README.md").exists()


def test_two_evaluations_of_one_model_are_one_too_many_but_a_blind_floor_is_none(checkpoint, evaluated, maker):
    of_this(maker, checkpoint, evaluated / "blind-own", maker.make_records(8), role="floor", method="blind")
    write_card(checkpoint, find([evaluated]))
    of_this(maker, checkpoint, evaluated / "again", maker.make_records(8), label="other")
    with pytest.raises(UsageError, match=r"are both of .*Leave one out"):
        write_card(checkpoint, find([evaluated]))


@pytest.mark.parametrize("card", [b"---\n[: no\n---\n# Mine\n", b"---\n- a list\n---\n# Mine\n", b"\xff\xfe"])
def test_a_card_that_cannot_be_read_is_left_as_it_is(checkpoint, evaluated, card):
    (checkpoint / "README.md").write_bytes(card)
    with pytest.raises(UsageError, match="cannot be read"):
        write_card(checkpoint, find([evaluated]))
    assert (checkpoint / "README.md").read_bytes() == card


@pytest.mark.parametrize("text", ["bench", "a/b/c", "a/b@", "@v1", ""])
def test_what_is_no_name_on_the_hub_is_refused(text):
    with pytest.raises(UsageError, match="owner/name@tag"):
        named(text)
