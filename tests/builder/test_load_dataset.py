"""`load_dataset("mllmu/bench", …)` from the folder it was built in: every config, as a researcher reads it."""

import json

import pytest
from commandline import build
from datasets import get_dataset_config_names, load_dataset
from mllmu.schemas import columns
from mllmu.schemas.splits import CONFIGS, PROFILE_CONFIGS, RATIOS, TEST_CONFIGS, config_sizes


@pytest.fixture(scope="module")
def configs(picture_build):
    """All twelve configs, by name; loading by the Hub's name finds the folder."""
    patch = pytest.MonkeyPatch()
    patch.chdir(picture_build)
    patch.setattr("datasets.config.HF_DATASETS_CACHE", str(picture_build / "cache"))
    try:
        return {
            name: load_dataset("mllmu/bench", name, split="train", cache_dir=str(picture_build / "cache"))
            for name in CONFIGS
        }
    finally:
        patch.undo()


def ids(dataset):
    return set(dataset["ID"])


def test_rows_are_as_many_as_the_splits_say(configs):
    sizes = config_sizes(20, 153)
    assert {name: len(dataset) for name, dataset in configs.items()} == sizes


def test_column_types_are_the_schema(configs):
    for name, dataset in configs.items():
        kind = "profiles" if name in PROFILE_CONFIGS else "test" if name in TEST_CONFIGS else "celebrity"
        assert dataset.features == columns.features_of(kind), name


def test_forget_sets_are_nested_and_retain_sets_their_complements(configs):
    everyone = ids(configs["full"])
    previous: set[str] = set()
    for ratio in RATIOS:
        forget, retain = ids(configs[f"forget_{ratio:02d}"]), ids(configs[f"retain_{100 - ratio}"])
        assert previous < forget
        assert forget | retain == everyone
        assert not forget & retain
        assert ids(configs[f"test_{ratio:02d}"]) == forget
        previous = forget


def test_images_decode(configs):
    for row in [*configs["full"], *configs["celebrity"]]:
        assert row["image"].mode == "RGB"
        assert min(row["image"].size) >= 256
    for row in configs["test"]:
        assert len(row["images"]) == 3
        assert all(min(image.size) >= 256 for image in row["images"])


def test_every_person_row_brings_its_fine_tuning_pairs(configs):
    for name in PROFILE_CONFIGS:
        for row in configs[name]:
            pairs = json.loads(row["metadata"])
            assert {"ID", "Question", "Answer"} <= set(pairs[0])
            assert {pair["Anchor"] for pair in pairs} == {"image", "name"}


def test_default_config_is_full(picture_build, monkeypatch):
    monkeypatch.chdir(picture_build)
    assert len(load_dataset("mllmu/bench", split="train", cache_dir=str(picture_build / "cache"))) == 20


def test_streaming_gives_the_same_rows(configs, picture_build, monkeypatch):
    monkeypatch.chdir(picture_build)
    streamed = load_dataset("mllmu/bench", "forget_15", split="train", streaming=True)
    assert [row["ID"] for row in streamed] == configs["forget_15"]["ID"][:]


def test_a_benchmark_without_celebrities_has_no_such_config(tmp_path):
    build("generate", "--n", 20, "--portraits", "none", "--celebrities", "none", cwd=tmp_path)
    folder = tmp_path / "mllmu/bench"
    assert not (folder / "data/celebrity").exists()
    assert get_dataset_config_names(str(folder)) == [name for name in CONFIGS if name != "celebrity"]
    assert len(load_dataset(str(folder), "test_15", split="train", cache_dir=str(tmp_path / "cache"))) == 3
    build("validate", folder, cwd=tmp_path)
