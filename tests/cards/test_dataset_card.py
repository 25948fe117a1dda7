"""The card's metadata is what `load_dataset` reads; its text is what people read."""

import itertools
import json
import re
import shlex

import pytest
import yaml
from datasets import get_dataset_config_names, load_dataset
from huggingface_hub import DatasetCard
from mllmu.builder.reader import Release
from mllmu.cards.metadata import own_pictures
from mllmu.schemas.columns import features_of
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


def test_metadata_is_read_back_by_the_hub_client(folder, metadata):
    data = DatasetCard((folder / "README.md").read_text()).data.to_dict()
    assert data == metadata
    required = {"license", "language", "size_categories", "task_categories", "tags", "pretty_name", "configs"}
    assert required <= data.keys()
    assert data["size_categories"] == ["n<1K"]
    assert [c["config_name"] for c in data["configs"] if c.get("default")] == ["full"]


def test_the_same_release_gives_the_same_card(folder, make_release, tmp_path):
    again = make_release(tmp_path / "elsewhere", n=20)
    for name in ("README.md", "report.html", "eval.yaml", "contact_sheet.jpg"):
        assert (again / name).read_bytes() == (folder / name).read_bytes()


def test_the_card_knows_nothing_of_the_machine(folder):
    text = (folder / "README.md").read_text() + (folder / "report.html").read_text()
    assert str(folder.parent) not in text
    assert not re.search(r"/(tmp|home|root)/", text)


def test_every_column_is_explained(folder):
    tables = re.findall(r"^\| `(\w+)` \| ([^|]*) \|", (folder / "README.md").read_text(), re.MULTILINE)
    explained = dict(tables)
    names = {n for kind in ("profiles", "test", "celebrity") for n in features_of(kind)}
    assert names <= explained.keys()
    assert all(explained[name].strip() for name in names)


def test_tables_have_as_many_cells_in_every_row(folder):
    lines = (folder / "README.md").read_text().splitlines()
    for above, below in itertools.pairwise(lines):
        if above.startswith("|") and below.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", above)) == len(re.findall(r"(?<!\\)\|", below)), below


def test_the_rebuild_command_is_the_one_that_made_it(folder):
    """Its options, read by the command line, are the recorded settings."""
    from mllmu.builder.commands.generate import command

    text = (folder / "README.md").read_text()
    (line,) = re.findall(r"mllmu-build generate (.*?)\n```", text, re.DOTALL)
    parsed = command.make_context("generate", shlex.split(line.replace("\\\n", " "))).params
    settings = json.loads((folder / "manifest.json").read_text())["settings"]
    assert {name: parsed[name] for name in settings} == settings


@pytest.mark.parametrize("look", [False, True])
def test_the_command_of_a_release_by_a_model_can_be_given(look):
    from mllmu.builder.commands.generate import command
    from mllmu.builder.settings import make_settings
    from mllmu.cards.commands import rebuild_command

    made = make_settings({"writer": "openai", "model": "gpt-4o", "look_at_portrait": look, "name_pairs": look})
    line = rebuild_command(made.recorded()).removeprefix("mllmu-build generate ").replace("\\\n", " ")
    parsed = command.make_context("generate", shlex.split(line)).params
    given = {name: parsed[name] for name in made.recorded() if parsed[name] is not None}
    assert make_settings(given).recorded() == made.recorded()


def test_own_pictures_are_not_given_our_licence(make_release):
    manifest = Release(make_release(n=20)).manifest
    own = manifest.model_copy(update={"settings": {**manifest.settings, "portraits": "folder"}})
    assert own_pictures(own)
    assert not own_pictures(manifest)


def test_eval_yaml_names_configs_that_exist(folder, metadata):
    content = yaml.safe_load((folder / "eval.yaml").read_text())
    assert content.keys() == {"name", "description", "evaluation_framework", "tasks"}
    configs = {c["config_name"] for c in metadata["configs"]}
    assert {task["config"] for task in content["tasks"]} <= configs
    assert len({task["id"] for task in content["tasks"]}) == len(content["tasks"]) == 10


def test_files_of_ones_own_are_named_without_their_hash():
    from mllmu.cards.commands import rebuild_command

    line = rebuild_command({"faces": "my faces 0123456789ab", "celebrities": "default"})
    assert line == "mllmu-build generate --faces 'my faces' --celebrities default"
