"""`mllmu-build export`: what code written for the published benchmark opens, as it opens it."""

import io
import json
import subprocess
import sys

import pandas as pd
import pyarrow.parquet as pq
import pytest
from datasets import load_dataset
from mllmu.builder.export import TABLES, export_original
from mllmu.builder.reader import Release
from mllmu.errors import MllmuError, UsageError
from PIL import Image

PLAIN = ["ID", "biography", "question", "answer", "Classification_Task", "Generation_Task", "Mask_Task"]
ROWS = {
    "Full_Set": 40,
    "ft_Data": 40,
    "Test_Set": 40,
    "Retain_Set": 3,  # the celebrities
    "forget_5": 2,
    "forget_10": 4,
    "forget_15": 6,
    "retain_95": 38,
    "retain_90": 36,
    "retain_85": 34,
}


@pytest.fixture(scope="module")
def release(make_release):
    return make_release(n=40)


@pytest.fixture(scope="module")
def original(release, tmp_path_factory):
    out = tmp_path_factory.mktemp("export") / "original"
    export_original(Release(release), out)
    return out


def table(original, name):
    return original / name / "train-00000-of-00001.parquet"


def test_the_tree_is_the_published_one(original):
    rows = {name: pq.read_metadata(table(original, name)).num_rows for name in ROWS}
    assert rows == ROWS
    split = original / "baseline_train_split"
    assert {p.name for p in split.iterdir()} == {name for name in ROWS if name[0] in "fr" and name[-1] in "05"}


@pytest.mark.parametrize("name", ROWS)
def test_columns_are_the_published_ones(original, name):
    columns = pq.read_schema(table(original, name)).names
    first = "images" if name == "Test_Set" else "image"
    assert columns == [first, *PLAIN, *(["metadata"] if name == "ft_Data" else [])]


def test_every_person_is_where_they_belong(release, original):
    """In order of their ids, and in the same sets as in the release."""
    ids = {name: list(pd.read_parquet(table(original, name), columns=["ID"])["ID"]) for name in ROWS}
    assert ids["Full_Set"] == ids["Test_Set"] == ids["ft_Data"] == [f"{k:03d}" for k in range(1, 41)]
    for ratio, keep in ((5, 95), (10, 90), (15, 85)):
        forget = load_dataset(str(release), f"forget_{ratio:02d}", split="train", cache_dir=str(original.parent))
        assert ids[f"forget_{ratio}"] == sorted(forget["ID"])
        assert sorted(ids[f"forget_{ratio}"] + ids[f"retain_{keep}"]) == ids["Full_Set"]


def test_rows_read_as_the_published_scripts_read_them(original):
    """pandas, bytes under `image`, letters under `Options`, pairs as JSON with these three keys and no other."""
    row = pd.read_parquet(table(original, "ft_Data")).iloc[0]
    assert Image.open(io.BytesIO(row["image"]["bytes"])).convert("RGB").size == (64, 64)
    question = row["Classification_Task"]["Image_Textual_Questions"][0]
    assert question["Options"][question["Correct_Answer"]]
    assert {q["Type"] for q in row["Mask_Task"]} == {"Image_Textual", "Pure_Text"}
    assert all("__" in q["Question"] for q in row["Mask_Task"])
    assert {tuple(pair) for pair in json.loads(row["metadata"])} == {("ID", "Question", "Answer")}
    test = pd.read_parquet(table(original, "Test_Set")).iloc[0]
    assert [Image.open(io.BytesIO(cell["bytes"])).size for cell in test["images"]] == [(64, 64)] * 2


def test_load_dataset_reads_it_as_it_reads_the_published_one(original, tmp_path):
    rows = load_dataset(str(original), "forget_5", split="train", cache_dir=str(tmp_path))
    assert rows[0]["image"].size == (64, 64)
    assert len(rows) == 2


def test_nothing_is_written_over(release, tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="exists"):
        export_original(Release(release), tmp_path / "out")


def test_a_failed_export_leaves_nothing(make_release, tmp_path):
    folder = make_release(tmp_path / "bad", n=20)
    next((folder / "data" / "celebrity").iterdir()).write_bytes(b"no parquet")
    with pytest.raises(MllmuError, match="damaged"):
        export_original(Release(folder), tmp_path / "out")
    assert {p.name for p in tmp_path.iterdir()} == {"bad"}


def test_the_command_prints_what_it_wrote(release, tmp_path):
    command = [
        sys.executable,
        "-m",
        "mllmu.builder.cli",
        "export",
        str(release),
        "out",
        "--layout",
        "original",
        "--json",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["rows"]) == len(TABLES)
