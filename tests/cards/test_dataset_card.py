"""The card's metadata is what `load_dataset` reads; its text is what people read."""

import pytest
import yaml
from datasets import get_dataset_config_names, load_dataset
from mllmu.schemas.splits import CONFIGS, config_sizes


@pytest.fixture(scope="module")
def folder(make_release):
    return make_release(n=20)


@pytest.fixture(scope="module")
def metadata(folder):
    return yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])


@pytest.mark.parametrize("config", CONFIGS)
def test_every_config_loads_from_the_folder(folder, tmp_path, config):
    dataset = load_dataset(str(folder), config, split="train", cache_dir=str(tmp_path))
    assert len(dataset) == config_sizes(20, 3)[config]


def test_a_load_without_a_name_gives_everybody(folder, tmp_path):
    assert len(load_dataset(str(folder), split="train", cache_dir=str(tmp_path))) == 20


def test_a_wrong_count_is_refused(tmp_path, make_release):
    """Counts in `dataset_info` make every load a check of what arrived."""
    from datasets.exceptions import NonMatchingSplitsSizesError

    copy = make_release(tmp_path / "copy", n=20)
    card = copy / "README.md"
    card.write_text(card.read_text().replace("num_examples: 20", "num_examples: 21"))
    with pytest.raises(NonMatchingSplitsSizesError):
        load_dataset(str(copy), "full", cache_dir=str(tmp_path / "cache"))


def test_a_release_without_celebrities_lists_no_such_config(make_release, tmp_path):
    """`datasets` cannot read a parquet file without rows."""
    folder = make_release(tmp_path / "none", n=20, celebrities=0)
    assert get_dataset_config_names(str(folder)) == [c for c in CONFIGS if c != "celebrity"]
