"""`concepts run`, `table`, `judge` and `recognise`, from end to end on a tiny LLaVA."""

import json
import shutil
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from mllmu.errors import MllmuError, UsageError
from mllmu.evaluate.concepts import judge as judging
from mllmu.evaluate.concepts.items import load
from mllmu.evaluate.concepts.records import PARTS, read_records, read_results
from mllmu.evaluate.concepts.run import Request, evaluate
from mllmu.evaluate.concepts.score import name_mask
from mllmu.evaluate.concepts.table import columns, find, render
from mllmu.evaluate.judge.judge import Graded
from mllmu.evaluate.judge.rubric import UnreadableError
from mllmu.unlearn.chat import Chat
from mllmu.unlearn.models import load_processor
from mllmu.unlearn.release import Source


@pytest.fixture(scope="module")
def source(concept_release):
    return Source(str(concept_release))


@pytest.fixture(scope="module")
def done(family, source, tmp_path_factory):
    """An evaluation of a tiny model with random weights, and the same of another number format."""
    root = tmp_path_factory.mktemp("concept_runs")
    evaluate(Request(source, "1-2", str(family("llava")), root / "base", quiet=True))
    return root


def test_every_question_has_its_part(source):
    asked = load(source, "1-2")
    assert asked.forgotten == ["K001", "K002"]
    counts = {part: sum(one.part == part for one in asked.items) for part in PARTS}
    assert counts == {
        "efficacy": 2, "generality": 4, "wording": 2, "by_picture": 2, "by_name": 4, "multilingual": 2, "multi_hop": 2,
        "kept": 6, "kept_by_picture": 3, "kept_by_name": 6, "self": 2, "neighbour": 1,
    }  # fmt: skip
    assert len({one.key for one in asked.items}) == len(asked.items)
    (neighbour,) = (one for one in asked.items if one.part == "neighbour")  # K001's is K002, which is forgotten too
    assert (neighbour.id, neighbour.about, neighbour.value) == ("K002", "K003", "Cem Aksoy")
    assert all((one.data is None) == (one.part in ("by_name", "kept_by_name")) for one in asked.items)


def test_generality_never_shows_the_training_picture(source):
    training = {one.data for one in load(source, "1-5").items if one.part == "efficacy"}
    assert not training & {one.data for one in load(source, "1-5").items if one.part not in ("efficacy", "self")}


def test_name_mask_is_the_name(source, family):
    chat = Chat(load_processor(str(family("llava"))))
    item = next(one for one in load(source, "1").items if one.part == "by_name")
    ids = chat.tokenizer(chat.answer(item.expected), add_special_tokens=False)["input_ids"]
    mask = name_mask(chat, item)
    assert len(mask) == len(ids)
    found = chat.tokenizer.decode([token for token, name in zip(ids, mask, strict=True) if name])
    assert found.strip() == "Ada Ohler"


def test_a_run_is_whole_and_the_same_twice(done, source, family, tmp_path):
    found = read_results(done / "base")
    assert len(found.records) == len(load(source, "1-2").items)
    assert found.run["concepts"] == ["K001", "K002"]
    assert not found.run["original"]
    assert json.loads((done / "base/summary.json").read_text())["specificity"]["concepts"] == 3
    evaluate(Request(source, "1-2", str(family("llava")), tmp_path / "again", batch=3, quiet=True))
    assert (tmp_path / "again/records.jsonl").read_text() == (done / "base/records.jsonl").read_text()


def test_a_killed_run_goes_on(done, source, family, tmp_path):
    lines = (done / "base/records.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "r").mkdir()
    (tmp_path / "r/records.jsonl").write_bytes("".join([*lines[3:9], lines[10][:40], "é"]).encode()[:-1])
    evaluate(Request(source, "1-2", str(family("llava")), tmp_path / "r", quiet=True))
    assert (tmp_path / "r/records.jsonl").read_text() == "".join(lines)


def test_another_request_is_refused(done, source, family):
    with pytest.raises(UsageError, match="another run"):
        evaluate(Request(source, "1", str(family("llava")), done / "base", quiet=True))


def test_a_label_can_be_given_later(done, source, family, tmp_path):
    shutil.copytree(done / "base", tmp_path / "base")
    evaluate(Request(source, "1-2", str(family("llava")), tmp_path / "base", label="other", quiet=True))
    assert read_results(tmp_path / "base").run["label"] == "other"


def test_a_model_that_was_to_forget_others_is_refused(source, family, tmp_path):
    shutil.copytree(family("llava"), tmp_path / "model")
    (tmp_path / "model/run.json").write_text(json.dumps({"request": {"job": "unlearn", "concepts": ["K001"]}}))
    with pytest.raises(UsageError, match="was to forget K001"):
        evaluate(Request(source, "1-2", str(tmp_path / "model"), tmp_path / "out", quiet=True))


def copied(done, root, name: str, **run: object):
    shutil.copytree(done / "base", root / name)
    told = json.loads((root / name / "run.json").read_text())
    (root / name / "run.json").write_text(json.dumps(told | run))


def test_table_has_the_original_first_and_pools_seeds(done, tmp_path):
    copied(done, tmp_path, "v", label="vanilla", original=True)
    for seed in (0, 1):
        copied(done, tmp_path, f"s{seed}", label="siu", seed=seed)
    made = columns(find([tmp_path]))
    assert [(one.label, one.seeds) for one in made] == [("vanilla", 1), ("siu", 2)]
    c_dis, suspicious = made[1].cells["c_dis"], made[1].cells["suspicious"]
    assert c_dis is not None
    assert c_dis.mean == 0  # the same model
    assert suspicious is not None
    assert suspicious.mean == 1
    lines = render("markdown", made).splitlines()
    assert "siu x2" in lines[0]
    assert {len(line.split("|")) for line in lines} == {5}
    assert 'Generality EM ↑,"100.0 [' in render("csv", made)
    assert json.loads(render("json", made))["siu"]["seeds"] == 2
    assert "Efficacy ↑" in render("terminal", made)


def test_table_refuses_what_makes_none(done, tmp_path):
    with pytest.raises(UsageError, match="no finished evaluation"):
        find([tmp_path])
    copied(done, tmp_path, "a")
    copied(done, tmp_path, "b")
    with pytest.raises(UsageError, match="a second run"):
        columns(find([tmp_path]))
    copied(done, tmp_path / "two", "taught", label="taught", original=True)
    copied(done, tmp_path / "two", "vanilla", label="vanilla", original=True)
    with pytest.raises(UsageError, match="second model before forgetting"):
        columns(find([tmp_path / "two"]))
    copied(done, tmp_path / "three", "a")
    copied(done, tmp_path / "three", "c", concepts=["K003"], seed=1)
    with pytest.raises(UsageError, match="other concepts"):
        columns(find([tmp_path / "three"]))
    copied(done, tmp_path / "four", "a")
    copied(done, tmp_path / "four", "b", seed=1)
    records = tmp_path / "four/b/records.jsonl"
    records.write_text(records.read_text().replace("Ada Ohler", "Eva Ohler"))
    with pytest.raises(UsageError, match=r"four/b is of another release than .*four/a"):
        columns(find([tmp_path / "four"]))
    with pytest.raises(MllmuError, match="holds no finished"):
        read_results(tmp_path)


def test_what_forgot_nothing_is_the_original_where_nothing_was_fine_tuned(done, tmp_path):
    copied(done, tmp_path, "hub")
    copied(done, tmp_path, "siu", label="siu", model_request={"job": "unlearn", "concepts": ["K001", "K002"]})
    made = columns(find([tmp_path]))
    assert [one.label for one in made] == ["base", "siu"]
    assert made[1].cells["c_dis"] is not None


def test_a_corrected_command_takes_over_a_folder_in_which_nothing_was_made(source, family, tmp_path):
    with pytest.raises(UsageError, match="there is no K006"):
        evaluate(Request(source, "1-9", str(family("llava")), tmp_path / "out", quiet=True))
    evaluate(Request(source, "1-2", str(family("llava")), tmp_path / "out", quiet=True))
    with pytest.raises(UsageError, match=r"holds another run \(concepts differ"):
        evaluate(Request(source, "1-3", str(family("llava")), tmp_path / "out", quiet=True))


def test_a_summary_with_a_score_that_is_infinite_is_printed(source, family, done, tmp_path):
    from mllmu.evaluate.commands.concepts import command

    copied(done, tmp_path, "r")
    summary = json.loads((tmp_path / "r/summary.json").read_text())
    (tmp_path / "r/summary.json").write_text(
        json.dumps({**summary, "fluency": {"mean": None, "low": 1.0, "high": None}})
    )
    args = ["run", "--model", str(family("llava")), "--data", source.data, "--concepts", "1-2", "--out", tmp_path / "r"]
    told = CliRunner().invoke(command, [str(one) for one in args], catch_exceptions=False)
    assert "- [1.000, -]" in told.output


def test_grades_stand_among_the_scores(done, tmp_path):
    copied(done, tmp_path, "r")
    asked = []

    def ask(turns, read):
        case = json.loads(turns[-1]["content"])
        asked.append(case)
        return Graded(read('{"score": 4}'), "", 1) if case["shows"] == "Ada Ohler" else Graded(None, "no score", 1)

    stub = SimpleNamespace(
        each=lambda items, work: ((name, work(value)) for name, value in items), ask=ask,
        settings=SimpleNamespace(model="m"),
    )  # fmt: skip
    with nullcontext():
        found = judging.judge_results(tmp_path / "r", stub)  # type: ignore[arg-type]
    assert found == judging.Graded(3, {"no score": 3}, 6)  # two pictures and one question in German, each
    assert set(asked[0]) == {"shows", "question", "right_answer", "answer_to_grade"}
    scored = [one for one in read_records(tmp_path / "r/records.jsonl") if "g_eval" in one.scores]
    assert {(one.part, one.id) for one in scored} == {("generality", "K001"), ("multilingual", "K001")}
    assert json.loads((tmp_path / "r/summary.json").read_text())["generality_g_eval"]["mean"] == 4


@pytest.mark.parametrize(("reply", "score"), [('{"score": 5}', 5), ('Well: {"score": "1"}', 1), ('{"score": 4.0}', 4)])
def test_grade_is_read(reply, score):
    assert judging.grade(reply) == score


@pytest.mark.parametrize("reply", ['{"score": 0}', '{"score": 6}', '{"score": true}', "four", '{"score": 2.5}'])
def test_what_is_no_grade_is_not_read(reply):
    with pytest.raises(UnreadableError):
        judging.grade(reply)


def test_recognised_names_are_what_the_filter_takes(source, family, tmp_path):
    from mllmu.builder.concepts.recognised import by_file, read_answers
    from mllmu.evaluate.commands.concepts import command

    out = tmp_path / "names.json"
    args = ["recognise", "--model", str(family("llava")), "--data", source.data, "--out", str(out)]
    told = CliRunner().invoke(command, args, catch_exceptions=False)
    answers = read_answers(out)
    assert len(answers.answers) == 15
    assert "15 pictures" in told.output
    assert not by_file(answers)("K001/000", "Ada Ohler", b"")
    assert set(answers.answers) >= {"K001/000", "K005/002"}
