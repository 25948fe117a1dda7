"""`run --concepts`: what is made of a release of concepts, what is forgotten, what is refused."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from mllmu.errors import UsageError
from mllmu.unlearn.ask import answer_logps, recall
from mllmu.unlearn.cli import group
from mllmu.unlearn.concepts import chosen, kept_examples, name_examples, subjects, taught_examples, unlearn_concepts
from mllmu.unlearn.encode import Encoder
from mllmu.unlearn.forgetting import Forgetting
from mllmu.unlearn.jobs import Job, finetune, unlearn
from mllmu.unlearn.models import load_model, load_processor
from mllmu.unlearn.release import Source, rows
from mllmu.unlearn.settings import training
from mllmu.unlearn.siu import names


def job(model, release, out, **settings) -> Job:
    values = {"batch": 4, "lr": 1e-2, "lora_dropout": 0.0, **settings}
    return Job(str(model), Source(str(release)), out, training(values), quiet=True)


@pytest.fixture(scope="module")
def vanilla(family, concept_release, tmp_path_factory):
    out = tmp_path_factory.mktemp("concept_runs") / "vanilla"
    finetune(job(family("llava"), concept_release, out, epochs=6), "concept_teach")
    return out


@pytest.fixture(scope="module")
def known(concept_release):
    return subjects(Source(str(concept_release)))


def test_options_that_concepts_have_no_use_for_are_refused(family, concept_release, tmp_path):
    spec = job(family("llava"), concept_release, tmp_path / "out")
    with pytest.raises(UsageError, match="leave out --modality text"):
        finetune(replace(spec, modality="text"), "concept_teach")
    line = ["finetune", "--data", str(concept_release), "--on", "concept_teach", "--out", str(tmp_path), "-q"]
    done = CliRunner().invoke(group, [*line, "--model", str(family("llava")), "--rehearse", "0.1"])
    assert "a release of concepts has none" in done.output


def test_teaching_shows_no_test_picture(concept_release):
    taught = taught_examples(Source(str(concept_release)), "concept_teach")
    assert {one.picture for one in taught if one.picture and one.picture.startswith("K001")} == {"K001.0", "K001.3"}
    assert {one.question for one in taught if one.picture is None} >= {"Where does Ada Ohler live?"}
    assert len({one.key for one in taught}) == len(taught)


def test_group_pictures_can_be_taught_beside_the_others(concept_release):
    source = Source(str(concept_release))
    single, groups = (taught_examples(source, config) for config in ("concept_test", "concept_groups"))
    more = [one for one in groups if one.key not in {other.key for other in single}]
    shown = rows(source, "concept_groups")
    assert len(more) == len(groups) - len(single) == sum(len(row["questions"]) for row in shown)
    assert {one.picture for one in more} == {row["group"] for row in shown}


def test_what_cannot_be_taught_is_said_in_a_line(concept_release):
    with pytest.raises(UsageError, match="--on concept_jailbreak: of a release of concepts, concept_train, concept_te"):
        taught_examples(Source(str(concept_release)), "concept_jailbreak")


def test_siu_prefers_the_wrong_name(vanilla, concept_release, known, tmp_path):
    unlearn_concepts(job(vanilla, concept_release, tmp_path, epochs=2), "siu", "1", {})
    wrong = names.wrong_names(Forgetting([], known[:1], known[1:], str(vanilla), 0))["K001"]
    right = name_examples(known[0])
    others = [replace(one, key=f"x{one.key}", answer=one.answer.replace("Ada Ohler", wrong)) for one in right]
    encoder = Encoder(load_processor(str(vanilla)))
    gaps = [
        sum(answer_logps(model, encoder, others, 8)) - sum(answer_logps(model, encoder, right, 8))
        for model in (load_model(str(vanilla)), load_model(str(tmp_path)))
    ]
    assert gaps[1] > gaps[0]


@pytest.mark.parametrize("method", ["po", "ga", "ga_kl"])
def test_the_name_is_forgotten(method, vanilla, concept_release, known, tmp_path):
    record = unlearn_concepts(job(vanilla, concept_release, tmp_path, epochs=2), method, "1", {})
    assert record["request"]["concepts"] == ["K001"]
    encoder, asked = Encoder(load_processor(str(vanilla))), name_examples(known[0])
    before = recall(load_model(str(vanilla)), encoder, asked)["nll"]
    assert recall(load_model(str(tmp_path)), encoder, asked)["nll"] > before
    assert json.loads((tmp_path / "run.json").read_text())["request"] == record["request"]


def test_siu_takes_six_steps_a_concept_and_is_the_same_twice(vanilla, concept_release, tmp_path):
    """Nine facts short in this release: 8 + 2 + 2 + 7 records make five steps."""
    runs = [unlearn_concepts(job(vanilla, concept_release, tmp_path / str(k)), "siu", "K002", {}) for k in range(2)]
    assert runs[0]["steps"] == 5
    assert runs[0]["losses"] == runs[1]["losses"]


def test_an_adapter_that_changes_nothing_yet_has_no_divergence(vanilla, concept_release, tmp_path):
    record = unlearn_concepts(job(vanilla, concept_release, tmp_path), "siu", "1", {"alpha": "0"})
    assert record["losses"][0]["loss"] == pytest.approx(0, abs=1e-6)


def test_masks_change_what_is_learned(vanilla, concept_release, tmp_path):
    """The ablation: each mask taken away gives another second step."""
    switches = ({}, {"token_mask": "false"}, {"vocabulary_mask": "false"}, {"impl": "released"})
    found = [
        unlearn_concepts(job(vanilla, concept_release, tmp_path / str(k)), "siu", "1", knobs)["losses"][2]["loss"]
        for k, knobs in enumerate(switches)
    ]
    assert len(set(found)) == len(switches)


def test_wrong_names_come_from_the_model_or_from_the_pool(vanilla, known, monkeypatch):
    forgetting = Forgetting([], known[:1], known[1:], str(vanilla), 0)
    monkeypatch.setattr(names, "_asked", lambda *_: {"person": ["Ada Ohler", "Bo", "Ivo Brandt", "Bo Lindqvist"]})
    assert names.wrong_names(forgetting) == {"K001": "Ivo Brandt"}
    monkeypatch.setattr(names, "_asked", lambda *_: {"person": ["Cem Aksoy"]})  # somebody of the release
    assert names.wrong_names(forgetting)["K001"] in ("Eli Marsh", "Fay Okoro")


def test_the_model_is_asked_about_blends_and_about_a_folder(vanilla, known, tmp_path, picture):
    made = names.blends(known[1:4], 0)
    assert len(made) == 3
    assert made == names.blends(known[1:4], 0)
    (tmp_path / "one.jpg").write_bytes(picture(7))
    forgetting = Forgetting([], known[:1], known[1:], str(vanilla), 0)
    assert names.wrong_names(forgetting, str(tmp_path)) == names.wrong_names(forgetting, str(tmp_path))
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="has no pictures"):
        names.wrong_names(forgetting, str(tmp_path / "none"))
    (tmp_path / "two.jpg").write_bytes(picture(7)[:200])
    with pytest.raises(UsageError, match=r"knob unseen: .*two\.jpg \(.*\) is not a picture"):
        names.wrong_names(forgetting, str(tmp_path))


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("This is Ada Ohler.", "Ada Ohler"),
        ("The picture shows Élise Ñandú, who sings.", "Élise Ñandú"),
        ("It is a man.", None),
        ("I don't know.", None),
        ("", None),
        ("I'm sorry, I don't know.", None),
        ("Based on the image, it is hard to say.", None),
        ("Unfortunately, I cannot tell.", None),
        ("It's Ada Ohler.", "Ada Ohler"),
        ("That’s Ada.", "Ada"),
        ("Ada.", "Ada"),
        ("Ada", "Ada"),
        ("Ada is her name.", "Ada"),
        ("Ada Ohler, a bell founder.", "Ada Ohler"),
    ],
)
def test_name_in_an_answer(answer, name):
    assert names.name_in(answer) == name


def test_kept_examples_are_of_pictures_and_of_facts(known):
    kept = kept_examples(known[1:])
    assert {one.picture for one in kept} == {None, "K002", "K003", "K004", "K005"}
    assert not any("Ada Ohler" in one.question + one.answer for one in kept)


@pytest.mark.parametrize(
    ("text", "ids"), [("1-3", ["K001", "K002", "K003"]), ("K002, 1", ["K001", "K002"]), ("3", ["K003"])]
)
def test_concepts_are_chosen(text, ids):
    assert chosen(["K001", "K002", "K003"], text) == ids


@pytest.mark.parametrize("text", ["0", "2-9", "first", "", "K1-", "3-1"])
def test_concepts_that_are_not_there_are_named(text):
    with pytest.raises(UsageError, match="--concepts"):
        chosen(["K001", "K002", "K003"], text)


@pytest.mark.parametrize("given", ["", "--forget 05 --concepts 1", "--concepts 1 --compat original"])
def test_forget_or_concepts(given):
    args = ["run", "--method", "siu", "--model", "m", "--data", "d", "--out", "o", *given.split()]
    done = CliRunner().invoke(group, args)
    assert done.exit_code == 2


def test_methods_that_need_something_to_keep_say_so(vanilla, concept_release, tmp_path):
    with pytest.raises(UsageError, match="leave some out"):
        unlearn_concepts(job(vanilla, concept_release, tmp_path), "kl_min", "1-5", {})


def test_people_are_forgotten_from_their_portraits(family, release, tmp_path):
    """Two people of a benchmark: 8 + 2 + 1 + 6 targets each, for they have one pair by name."""
    record = unlearn(job(family("llava"), release, tmp_path), "siu", 10, {})
    assert record["request"]["forget"] == 10
    assert record["data"]["configs"]["forget_10"]["examples"] == 6  # what they were taught
    assert record["steps"] == -(-2 * (8 + 2 + 1 + 6) // 4)
