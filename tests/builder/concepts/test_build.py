"""`mllmu-build concepts` as a user runs it: what it leaves, what it refuses, what an interrupt costs."""

import io
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from commandline import build, contents
from mllmu.builder.concepts import pictures
from mllmu.builder.concepts.build import build_concepts
from mllmu.builder.concepts.settings import make_concept_settings
from mllmu.builder.reader import ConceptRelease
from mllmu.errors import FindingsError, MllmuError, UsageError
from mllmu.schemas.concepts import PARTS, QUESTIONS, concept_features
from PIL import Image

THINGS = ("--mix", "emblem=1,flag=1,character=1,style=1", "--n", 4, "--pictures", 2, "--teach", 1)


def load(release: Path, part: str) -> Any:
    from datasets import load_dataset

    return load_dataset(str(release), part, split="train", cache_dir=str(release.parent / "cache"))


def cheap(**changed):
    """Settings of a build that takes no time: one emblem."""
    return make_concept_settings({"n": 1, "mix": "emblem=1", "pictures": 3, "teach": 0, **changed})


@pytest.fixture
def in_process(monkeypatch):
    """Draw in this process: for tests of what happens around the drawing."""
    monkeypatch.setattr(pictures, "ordered_map", lambda function, jobs: map(function, jobs))


@pytest.mark.parametrize("part", PARTS[:-1])
def test_every_config_loads_by_name(things, part):
    rows = load(things / "mllmu/concepts", part)
    each = {"concept_train": 1, "concept_test": 1, "concept_teach": 1, "concept_questions": QUESTIONS}
    assert rows.features == concept_features(part)
    assert part == "concept_jailbreak" or len(rows) == 4 * each[part]
    assert set(rows["kind"]) == {"emblem", "flag", "character", "style"}


def test_a_train_row_has_what_the_four_targets_need(things):
    for row in load(things / "mllmu/concepts", "concept_train"):
        assert row["image"].size == (256, 256)
        assert row["name"] in row["answer"]
        assert row["name"] in row["biography"]
        assert len(row["wrong_names"]) == 12
        assert row["name"] not in row["wrong_names"]
        assert len(row["facts"]) >= 12
        assert all(fact["Value"] in fact["Sentence"] and row["name"] in fact["Question"] for fact in row["facts"])


@pytest.mark.slow
def test_group_pictures_name_everybody_from_the_left(people):
    rows = list(load(people / "mllmu/concepts", "concept_groups"))
    assert [row["ID"] for row in rows] == ["K001", "K002"]
    for row in rows:
        assert row["image"].size == (384, 384)
        assert {person["ID"] for person in row["people"]} == {"K001", "K002"}
        left, right = row["people"]
        assert left["place"] == 1
        assert left["box"][2] < right["box"][2]
        assert row["questions"][0] == {
            "ID": left["ID"],
            "Question": "Who is the person on the left of this group picture?",
            "Answer": f"The person on the left is {left['name']}.",
        }


@pytest.mark.slow
def test_people_differ_in_pose_from_picture_to_picture(people):
    settings = [json.loads(row["setting"]) for row in load(people / "mllmu/concepts", "concept_test")]
    first = [json.loads(row["setting"]) for row in load(people / "mllmu/concepts", "concept_train")]
    assert all(abs(setting["yaw"]) <= 5 for setting in first)
    assert all(abs(setting["yaw"]) >= 8 for setting in settings)


def test_two_builds_are_the_same_files(things, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    build("concepts", *THINGS, cwd=tmp_path)
    assert contents(tmp_path / "mllmu/concepts") == contents(things / "mllmu/concepts")


def test_an_interrupted_build_goes_on(things, tmp_path, monkeypatch):
    drawn = []

    def stop_after_two(function, jobs):
        for job in jobs:
            if len(drawn) == 2:
                raise KeyboardInterrupt
            drawn.append(job)
            yield function(job)

    settings = make_concept_settings(dict(zip(("mix", "n", "pictures", "teach"), THINGS[1::2], strict=True)))
    monkeypatch.setattr(pictures, "ordered_map", stop_after_two)
    folder = tmp_path / "concepts"
    with pytest.raises(KeyboardInterrupt):
        build_concepts(settings, folder)
    assert not folder.exists()
    after = []
    monkeypatch.setattr(pictures, "ordered_map", lambda function, jobs: (after.append(j) or function(j) for j in jobs))
    build_concepts(settings, folder)
    assert len(drawn) + len(after) == 4  # one job a concept, none of them twice
    assert contents(folder) == contents(things / "mllmu/concepts")


def test_a_build_that_fresh_began_goes_on(tmp_path, monkeypatch):
    drawn = []

    def stop_at(count):
        def draw(function, jobs):
            for job in jobs:
                if len(drawn) == count:
                    raise KeyboardInterrupt
                drawn.append(job)
                yield function(job)

        monkeypatch.setattr(pictures, "ordered_map", draw)

    settings = cheap(n=4)
    stop_at(None)
    build_concepts(settings, tmp_path / "a")
    for count in (5, 6, 7):  # three of four, a job a concept
        stop_at(count)
        with pytest.raises(KeyboardInterrupt):
            build_concepts(settings, tmp_path / "a", fresh=True)
    stop_at(None)
    assert build_concepts(settings, tmp_path / "a").checks  # though a release of these settings stands
    assert len(drawn) == 8
    assert not build_concepts(settings, tmp_path / "a").checks


def test_a_damaged_picture_in_the_ledger_is_drawn_again(in_process, tmp_path):
    build_concepts(cheap(), tmp_path / "a")
    whole = contents(tmp_path / "a")
    with sqlite3.connect(tmp_path / "a.ledger") as db:
        db.execute("UPDATE work SET data = x'00' WHERE slot = 'K001/001'")
    shutil.rmtree(tmp_path / "a")
    build_concepts(cheap(), tmp_path / "a")
    assert contents(tmp_path / "a") == whole


def test_a_release_that_stands_is_left_alone(in_process, tmp_path):
    assert build_concepts(cheap(), tmp_path / "a").checks
    assert not build_concepts(cheap(), tmp_path / "a").checks
    with pytest.raises(UsageError, match=r"seed \(was 0, now 1\)"):
        build_concepts(cheap(seed=1), tmp_path / "a")
    shard = next((tmp_path / "a/data").rglob("*.parquet"))
    shard.write_bytes(shard.read_bytes()[:-9])
    with pytest.raises(MllmuError, match="has changed since it was built"):
        build_concepts(cheap(), tmp_path / "a")
    assert build_concepts(cheap(seed=1), tmp_path / "a", fresh=True).checks


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty and not a release"):
        build_concepts(cheap(), tmp_path)


def test_the_manifest_lists_the_configs_that_have_rows(in_process, tmp_path):
    build_concepts(cheap(), tmp_path / "a")
    assert ConceptRelease(tmp_path / "a").manifest.configs == {
        "concept_train": 1,
        "concept_test": 2,
        "concept_questions": 100,
        "concept_jailbreak": 44,
    }


def test_a_damaged_manifest_is_told(tmp_path):
    (tmp_path / "manifest.json").write_text('{"concepts": 5}')
    with pytest.raises(MllmuError, match="is damaged: name: Field required"):
        ConceptRelease(tmp_path)


# -- the filter


def answers(path: Path, **answered: str) -> str:
    path.write_text(json.dumps({"model": "m", "answers": {slot.replace("_", "/"): a for slot, a in answered.items()}}))
    return str(path)


def test_the_filter_keeps_what_was_named_in_every_picture(in_process, tmp_path):
    first = build_concepts(cheap(n=2), tmp_path / "all")
    rows = {row["ID"]: row["name"] for row in load(first.folder, "concept_train")}
    told = {f"{ident}_{k:03d}": f"I see {name.upper()} here" for ident, name in rows.items() for k in range(3)}
    told["K002_001"] = "An emblem."
    outcome = build_concepts(cheap(n=2, filter=answers(tmp_path / "r.json", **told)), tmp_path / "kept")
    assert outcome.dropped == {"K002": "K002/001"}
    assert outcome.manifest.concepts == 1
    assert json.loads((outcome.folder / "not_recognised.json").read_text()) == {"K002": "K002/001"}


def test_any_function_from_picture_to_name_is_a_filter(in_process, tmp_path):
    seen = []

    def nobody(picture: bytes) -> str:
        seen.append(Image.open(io.BytesIO(picture)).size)
        return "no idea"

    with pytest.raises(FindingsError, match="turned every concept away"):
        build_concepts(cheap(), tmp_path / "a", recogniser=nobody)
    assert seen == [(256, 256)]  # the first picture that is not recognised settles it


@pytest.mark.parametrize(
    ("text", "message"), [("{", "is not JSON"), ('{"answer": {}}', "answer: Extra"), ("[]", "valid dictionary")]
)
def test_a_broken_filter_file_is_one_line(tmp_path, text, message):
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(UsageError, match=message):
        build_concepts(cheap(filter=str(tmp_path / "r.json")), tmp_path / "a")


# -- the user's own pictures


@pytest.fixture
def own(tmp_path) -> Path:
    """Two folders of three pictures."""
    for k, name in enumerate(("Blue_Mug", "Rex")):
        (tmp_path / "own" / name).mkdir(parents=True)
        for j in range(3):
            picture = Image.new("RGB", (300 + 40 * j, 280), (40 + 60 * j, 90 * k, 120))
            picture.paste((250, 250, 250), (40 * j, 30 + 60 * k, 40 * j + 90, 200))
            picture.save(tmp_path / "own" / name / f"{j}.png")
    return tmp_path / "own"


RECIPE = """
[[concept]]
folder = "Rex"
kind = "character"
appearance = "a red dog"
fact = [{attribute = "owner", question = "Who owns Rex?", value = "Ada", sentence = "Rex belongs to Ada."}]
"""


def test_own_pictures_are_built_with_their_folders_names(in_process, own, tmp_path):
    settings = make_concept_settings({"concepts_folder": str(own), "pictures": 2, "teach": 1})
    outcome = build_concepts(settings, tmp_path / "a")
    rows = list(load(outcome.folder, "concept_train"))
    assert [row["name"] for row in rows] == ["Blue Mug", "Rex"]
    assert all(row["image"].size == (256, 256) for row in rows)
    assert not [check.name for check in outcome.checks if check.failed]
    assert outcome.manifest.configs["concept_questions"] == 60  # twenty for the name, ten that verify


def test_a_recipe_says_what_is_true_of_own_concepts(in_process, own, tmp_path):
    (tmp_path / "r.toml").write_text(RECIPE)
    settings = make_concept_settings(
        {"concepts_folder": str(own), "recipe": str(tmp_path / "r.toml"), "pictures": 3, "teach": 0}
    )
    outcome = build_concepts(settings, tmp_path / "a")
    (row,) = load(outcome.folder, "concept_train")
    assert (row["kind"], row["appearance"], row["facts"][0]["Value"]) == ("character", "a red dog", "Ada")
    questions = load(outcome.folder, "concept_questions")
    assert "Who owns Rex?" in questions["question"]
    assert "Which cartoon character do you see?" in questions["question"]


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda own: (own / "Rex/2.png").write_bytes(b"no picture"), "Rex/2.png is not a picture that can be read"),
        (lambda own: (own / "Rex/2.png").unlink(), "Rex has 2 pictures; 3 are needed"),
        (lambda own: Image.new("RGB", (20, 20)).save(own / "Rex/2.png"), "20 x 20 pixels"),
        (lambda own: shutil.rmtree(own), "cannot read the folder of concepts"),
    ],
)
def test_own_pictures_that_will_not_do_are_named(in_process, own, tmp_path, harm, message):
    harm(own)
    with pytest.raises(MllmuError, match=message):
        build_concepts(make_concept_settings({"concepts_folder": str(own), "pictures": 3, "teach": 0}), tmp_path / "a")


def test_an_own_picture_may_be_replaced_until_the_release_stands(in_process, own, tmp_path):
    settings = make_concept_settings({"concepts_folder": str(own), "pictures": 3, "teach": 0})
    (own / "Rex/2.png").write_bytes(b"no picture")
    with pytest.raises(MllmuError, match="is not a picture"):
        build_concepts(settings, tmp_path / "a")
    Image.new("RGB", (300, 300), "red").save(own / "Rex/2.png")
    assert build_concepts(settings, tmp_path / "a").checks
    Image.new("RGB", (300, 300), "blue").save(own / "Rex/2.png")
    with pytest.raises(UsageError, match=r"concepts_folder \(was 'own "):
        build_concepts(settings, tmp_path / "a")


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        ("[[concept]]\nfolder = 'Max'", "names the folder 'Max'"),
        ("[[concept]]\nfolder = 'Rex'\ncolour = 'red'", "colour: Extra"),
        ("[[concept]", "is not valid TOML"),
    ],
)
def test_a_broken_recipe_is_one_line(own, tmp_path, recipe, message):
    (tmp_path / "r.toml").write_text(recipe)
    settings = make_concept_settings({"concepts_folder": str(own), "recipe": str(tmp_path / "r.toml"), "pictures": 3})
    with pytest.raises(UsageError, match=message):
        build_concepts(settings, tmp_path / "a")


# -- the command


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--n", "0"), 2, "setting n = 0: it must be greater than or equal to 1"),
        (("--mix", "dragon=3"), 2, "write it as person=10,flag=2"),
        (("--mix", "style=1", "--n", "80"), 2, "80 concepts of kind style are too many: at most 56"),
        (("--recipe", "r.toml"), 2, "recipe needs concepts_folder"),
        (("--filter", "none.json"), 2, "cannot read the filter none.json"),
    ],
)
def test_what_cannot_be_built_is_one_line(tmp_path, args, code, message):
    done = build("concepts", *args, cwd=tmp_path, check=False)
    assert done.returncode == code
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_json_says_what_stands(things):
    told = json.loads(build("concepts", *THINGS, "--json", cwd=things).stdout)
    assert told["built"] is False
    assert told["concepts"] == 4
    assert told["configs"]["concept_questions"] == 400
