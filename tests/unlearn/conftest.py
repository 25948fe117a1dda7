"""Synthetic releases and tiny models, made once a session."""

import importlib.util
import json
import os
from io import BytesIO
from pathlib import Path

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing here may need the network
pytest.importorskip("torch", reason="the train extra is not installed")

_spec = importlib.util.spec_from_file_location("tiny", Path(__file__).with_name("tiny.py"))
assert _spec is not None
assert _spec.loader is not None
tiny = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tiny)

NAMES = ("Ada Ohler", "Bo Lindqvist", "Cem Aksoy", "Dina Petrova", "Eli Marsh", "Fay Okoro", "Gus Tanaka", "Hal Weber")
OTHERS = ("Ivo Brandt", "Jun Park", "Kai Lund", "Lea Moreau", "Max Osei", "Nia Rossi", "Oto Virtanen", "Ada Ohler")
"""The population's; the last is also somebody of the benchmark."""
MANIFEST = {"format": 1, "name": "mllmu/bench", "settings": {"seed": 0}, "made_with": {"mllmu-bench": "1"}, "files": {}}
CITIES = ("Tartu", "Riga", "Porto", "Lima", "Oslo", "Kyoto", "Turin", "Accra")


def jpeg(k: int, size: tuple[int, int] = (40, 40)) -> bytes:
    """A picture of its own for each k."""
    import numpy as np
    from PIL import Image

    pixels = np.random.default_rng(k).integers(0, 255, (size[1] // 8, size[0] // 8, 3), dtype=np.uint8)
    out = BytesIO()
    Image.fromarray(pixels).resize(size, Image.Resampling.NEAREST).save(out, "JPEG")
    return out.getvalue()


def pairs(k: int, anchors: bool = True, names: tuple[str, ...] = NAMES) -> str:
    name, city = names[k], CITIES[k]
    found = [
        ("image", "Where was this person born?", city),
        ("image", "What is this person's name?", name),
        ("name", f"Where was {name} born?", f"{name} was born in {city}."),
    ]
    cells = [{"ID": f"{k + 1:03d}", "Question": q, "Answer": a, "Anchor": anchor} for anchor, q, a in found]
    return json.dumps([{key: v for key, v in cell.items() if anchors or key != "Anchor"} for cell in cells])


def tasks(k: int, names: tuple[str, ...] = NAMES) -> dict:
    name = names[k]
    options = dict(zip("ABCD", [CITIES[(k + j) % len(CITIES)] for j in range(4)], strict=True))
    choice = {"Question": "Where was this person born?", "Options": options, "Correct_Answer": "A"}
    named = {**choice, "Question": f"Where was {name} born?"}
    opens = [
        {"Question": "Where was this person born?", "Ground_Truth": CITIES[k], "Type": "Image_Textual"},
        {"Question": f"Where was {name} born?", "Ground_Truth": CITIES[k], "Type": "Pure_Text"},
    ]
    return {
        "ID": f"{k + 1:03d}",
        "biography": json.dumps({"Name": name, "Biography": f"{name} was born in {CITIES[k]}."}),
        "question": "Describe this person.",
        "answer": f"This is {name} from {CITIES[k]}.",
        "Classification_Task": {"Image_Textual_Questions": [choice], "Pure_Text_Questions": [named]},
        "Generation_Task": opens,
        "Mask_Task": [{**cell, "Question": "This person was born in __."} for cell in opens],
    }


def write(folder: Path, configs: dict[str, list[dict]]) -> Path:
    """A folder that `load_dataset` reads, one parquet a config."""
    from datasets import Dataset, Image, List

    lines = ["---", "configs:"]
    for name, rows in configs.items():
        data = Dataset.from_list(rows)
        for column, kind in (("image", Image()), ("images", List(Image()))):
            if column in data.column_names:
                data = data.cast_column(column, kind)
        data.to_parquet(folder / "data" / f"{name}.parquet")
        lines += [f"- config_name: {name}", "  data_files:", "  - split: train", f"    path: data/{name}.parquet"]
    (folder / "README.md").write_text("\n".join([*lines, "---", ""]))
    return folder


@pytest.fixture(scope="session")
def release(tmp_path_factory) -> Path:
    """Eight people in our columns: two of them to forget."""
    folder = tmp_path_factory.mktemp("release")
    people = [{"image": {"bytes": jpeg(k), "path": f"{k}.jpg"}, **tasks(k), "metadata": pairs(k)} for k in range(8)]
    test = [
        {"images": [{"bytes": jpeg(50 + 2 * k + v), "path": "x.jpg"} for v in (0, 1)], **tasks(k)} for k in range(8)
    ]
    stars = [{"image": {"bytes": jpeg(99), "path": "s.jpg"}, **tasks(0)}]
    (folder / "manifest.json").write_text(json.dumps(MANIFEST))
    configs = {"full": people, "forget_10": people[:2], "retain_90": people[2:], "test": test, "celebrity": stars}
    return write(folder, configs)


@pytest.fixture(scope="session")
def population(tmp_path_factory) -> Path:
    """Eight people that base is made from, one of whom has the name of somebody in the benchmark."""
    folder = tmp_path_factory.mktemp("population")
    told = [{**tasks(k, OTHERS), "metadata": pairs(k, names=OTHERS)} for k in range(8)]
    people = [{"image": {"bytes": jpeg(200 + k), "path": f"{k}.jpg"}, **told[k]} for k in range(8)]
    test = [
        {"images": [{"bytes": jpeg(300 + 2 * k + v), "path": "x.jpg"} for v in (0, 1)], **tasks(k, OTHERS)}
        for k in range(8)
    ]
    return write(folder, {"full": people, "test": test})


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """The same people as the published benchmark lays them out: other config names, pairs in ft_Data alone."""
    folder = tmp_path_factory.mktemp("published")
    people = [{"image": {"bytes": jpeg(k), "path": f"{k}.jpg"}, **tasks(k)} for k in range(8)]
    taught = [{**row, "metadata": pairs(k, anchors=False)} for k, row in enumerate(people)]
    configs = {"Full_Set": people, "ft_Data": taught, "forget_10": people[:2], "retain_90": people[2:]}
    return write(folder, configs)


@pytest.fixture(scope="session")
def family(tmp_path_factory):
    """Name -> folder of that family's tiny model, made when it is first asked for."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = tiny.save(name, tmp_path_factory.mktemp(name))
        return made[name]

    return get


@pytest.fixture(scope="session")
def picture():
    """k -> a picture of its own, as JPEG bytes."""
    return jpeg


@pytest.fixture(scope="session")
def concept_release(tmp_path_factory) -> Path:
    """Five concepts."""
    spec = importlib.util.spec_from_file_location("invented", Path(__file__).with_name("invented.py"))
    assert spec is not None
    assert spec.loader is not None
    invented = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(invented)
    return write(tmp_path_factory.mktemp("concepts"), invented.concepts(jpeg))
