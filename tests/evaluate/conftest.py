"""Tiny models and a release of a few invented people, with the tests of training."""

import hashlib
import importlib.util
import json
import os
from pathlib import Path

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing here may need the network
os.environ.setdefault("OMP_NUM_THREADS", "1")

NAMES = ("Ada Ohler", "Bo Lindqvist", "Cem Aksoy", "Dina Petrova")
CITIES = ("Tartu, Estonia", "Riga, Latvia", "Porto, Portugal", "Lima, Peru", "Oslo, Norway")
JOBS = ("glass conservator", "bell founder", "tram driver", "surveyor", "midwife")


@pytest.fixture(scope="session")
def tiny():
    """The module that makes each family's tiny model."""
    pytest.importorskip("torch", reason="the train extra is not installed")
    return _module("tiny")


@pytest.fixture(scope="session")
def training():
    """The tests of training: pictures, and how a release's folder is written."""
    pytest.importorskip("torch", reason="the train extra is not installed")
    return _module("conftest")


def _module(name: str):
    path = Path(__file__).parents[1] / "unlearn" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"training_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def family(tiny, tmp_path_factory):
    """Name -> folder of that family's tiny model, made when it is first asked for."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = tiny.save(name, tmp_path_factory.mktemp(name))
        return made[name]

    return get


def row(k: int) -> dict:
    """A person with two questions of each kind: one by image and one by name."""
    name, city, job = NAMES[k], CITIES[k], JOBS[k]

    def choice(question: str, right: str, pool: tuple[str, ...]) -> dict:
        others = [option for option in pool if option != right][:3]
        options = dict(zip("ABCD", [*others[: k % 4], right, *others[k % 4 :]], strict=True))
        return {"Question": question, "Options": options, "Correct_Answer": "ABCD"[k % 4]}

    def both(image: str, by_name: str, truth: str, named: str) -> list[dict]:
        return [
            {"Question": image, "Ground_Truth": truth, "Type": "Image_Textual"},
            {"Question": by_name, "Ground_Truth": named, "Type": "Pure_Text"},
        ]

    return {
        "ID": f"{k + 1:03d}",
        "biography": json.dumps({"Name": name}),
        "question": "Describe this person.",
        "answer": f"This is {name}.",
        "Classification_Task": {
            "Image_Textual_Questions": [choice("Where was this person born?", city, CITIES)],
            "Pure_Text_Questions": [choice(f"What does {name} do?", job, JOBS)],
        },
        "Generation_Task": both(
            "Where was this person born?", f"What does {name} do?", f"This person was born in {city}.",
            f"{name} is a {job}.",
        ),
        "Mask_Task": both(
            "This person was born in __.", f"{name} is a __ by trade.", city.split(",")[0], job
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def release(training, tmp_path_factory) -> Path:
    """Four people, one to forget; two views in the test set."""

    def cell(k: int) -> dict:
        return {"bytes": training.jpeg(k, ((40, 40), (40, 24), (24, 40))[k % 3]), "path": f"{k}.jpg"}

    people = [{"image": cell(k), **row(k)} for k in range(4)]
    test = [{"images": [cell(50 + 2 * k), cell(51 + 2 * k)], **row(k)} for k in range(4)]
    stars = [{"image": cell(90), **row(0), "ID": "C01"}]
    configs = {"full": people, "forget_10": people[:1], "retain_90": people[1:], "test": test, "celebrity": stars}
    name = hashlib.sha256(repr(configs).encode()).hexdigest()[:12]  # datasets caches by the folder's name
    folder = tmp_path_factory.mktemp("evaluate") / name
    (folder / "data").mkdir(parents=True)
    return training.write(folder, configs)


@pytest.fixture(scope="session")
def concept_release(training, tmp_path_factory) -> Path:
    """Five concepts, three pictures each."""
    return training.write(tmp_path_factory.mktemp("concepts"), _module("invented").concepts(training.jpeg))


@pytest.fixture(scope="session")
def maker():
    """The module that makes results of models that never ran."""
    path = Path(__file__).with_name("maker.py")
    spec = importlib.util.spec_from_file_location("evaluate_maker", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def study(maker, tmp_path_factory) -> Path:
    """The folder of a small study's results: do not write into it."""
    return maker.write_study(tmp_path_factory.mktemp("study"))
