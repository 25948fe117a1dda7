"""The reference model, made in seconds by a recipe of few steps: what it is made from, and that it is repeatable."""

import json
import shutil
from math import exp, log

import pytest
import torch
from mllmu.errors import UsageError
from mllmu.schemas.questions import LETTERS
from mllmu.unlearn.data import Example, pair_examples
from mllmu.unlearn.jobs import Job, finetune
from mllmu.unlearn.models import load_model, load_processor
from mllmu.unlearn.presets import MARK, is_reference, settings_for
from mllmu.unlearn.reference import base as module
from mllmu.unlearn.reference.base import base, base_knows
from mllmu.unlearn.reference.faces import contrast, learn_faces, whiten
from mllmu.unlearn.reference.network import make_model, make_processor, make_tokenizer
from mllmu.unlearn.reference.recipe import Language, Recipe, Vision
from mllmu.unlearn.release import Source, rows, training_rows
from mllmu.unlearn.settings import Training
from mllmu.unlearn.trainer import JointTrainer

SMALL = Recipe(
    vision=Vision(side=32, resize=32, hidden=16, layers=1, heads=2, people=4, steps=3),
    language=Language(vocabulary=400, hidden=16, layers=1, heads=2, feed_forward=32),
    people_epochs=1,
    known_people=3,
    known_epochs=2,
    celebrity_epochs=2,
    letter_epochs=1,
    training=Training(batch=8, lr=1e-2, full=True, dtype="float32"),
)


@pytest.fixture(scope="module")
def made(release, population, tmp_path_factory):
    return base(Source(str(release)), SMALL, population, tmp_path_factory.mktemp("base") / "one", quiet=True)


def test_base_is_a_llava_that_transformers_loads(made):
    model = load_model(str(made))
    assert type(model).__name__ == "LlavaForConditionalGeneration"
    assert getattr(model.config, MARK)
    assert load_processor(str(made)).image_token == "<image>"
    assert json.loads((made / "run.json").read_text())["losses"][-1]["retain"] < 6


def test_reference_model_has_settings_of_its_own_and_options_win(made, family):
    assert is_reference(str(made))
    assert not is_reference(str(family("llava")))
    assert settings_for("finetune", str(made), {}).full
    assert settings_for("finetune", str(made), {"lr": 0.5, "epochs": None}).lr == 0.5
    assert settings_for("npo", str(family("llava")), {}).lr == 2e-5
    assert settings_for("npo", str(family("llava")), {}).stop_forget_nll is None
    assert settings_for("npo", str(made), {}).stop_forget_nll is not None
    assert settings_for("npo", str(made), {"stop_forget_nll": 0.7}).stop_forget_nll == 0.7


def test_one_picture_is_six_steps_of_four_at_a_rate_that_suits_the_method(made, family):
    real, small = str(family("llava")), str(made)
    assert settings_for("siu", real, {}) == settings_for("siu", real, {}, one_picture=True)
    assert (settings_for("siu", real, {}).lr, settings_for("siu", real, {}).epochs) == (3e-4, 1)
    assert (settings_for("ga", real, {}, one_picture=True).lr, settings_for("ga", real, {}).lr) == (3e-4, 2e-5)
    rates = {what: settings_for(what, small, {}, one_picture=True).lr for what in ("ga", "siu", "npo")}
    assert len({*rates.values()}) == 3
    assert settings_for("ga", small, {"lr": 0.5}, one_picture=True).lr == 0.5
    assert settings_for("ga", small, {}, one_picture=True).epochs * 8 == 24


def test_rehearsal_is_a_share_not_a_number(family):
    with pytest.raises(UsageError, match=r"--rehearse 700.*less than or equal to 10"):
        settings_for("finetune", str(family("llava")), {"rehearse": 700})


def test_base_made_before_a_setting_that_it_has_no_part_in_is_still_what_is_asked_for(made):
    recipe = json.loads((made / "run.json").read_text())["request"]["recipe"]
    assert "stop_forget_nll" not in recipe["training"]
    assert Recipe().hash() == Recipe(training=Recipe().training.model_copy(update={"stop_forget_nll": 3.0})).hash()


def test_base_knows_the_first_of_its_population_but_nobody_of_the_benchmark(made, release):
    """And what it knows is what fine-tuning rehearses: pairs and questions, no letters."""
    known = base_knows(str(made), Source(str(release)))
    assert {one.key.split("/")[1].split(".")[0] for one in known} == {row["ID"] for row in others(made)[:3]}
    taught = pair_examples(training_rows(Source(str(release)), "full"))
    assert not {one.key for one in known} & {one.key for one in taught}  # the same IDs are other people
    assert not {one.picture for one in known if one.picture} & {one.picture for one in taught}
    assert {one.picture is not None for one in known} == {True, False}
    assert not [one for one in known if one.answer in LETTERS]


def others(made):
    record = json.loads((made / "run.json").read_text())
    return rows(Source(record["request"]["population"]), "full")


def test_a_base_whose_population_is_gone_says_so(made, release, tmp_path):
    moved = tmp_path / "base"
    shutil.copytree(made, moved)
    record = json.loads((moved / "run.json").read_text())
    record["request"]["population"] = str(tmp_path / "nowhere")
    (moved / "run.json").write_text(json.dumps(record))
    with pytest.raises(UsageError, match="nowhere"):
        base_knows(str(moved), Source(str(release)))


def test_fine_tuning_rehearses_whom_base_knows(made, release, tmp_path):
    settings = settings_for("finetune", str(made), {"epochs": 1, "rehearse": 0.1})
    record = finetune(Job(str(made), Source(str(release)), tmp_path / "out", settings, quiet=True), "full")
    known = len(base_knows(str(made), Source(str(release))))
    assert record["data"]["configs"]["rehearsed"]["examples"] == 7 + known


def test_same_recipe_same_weights(made, release, population, tmp_path):
    again = base(Source(str(release)), SMALL, population, tmp_path / "two", quiet=True)
    assert (again / "model.safetensors").read_bytes() == (made / "model.safetensors").read_bytes()


def test_a_cache_may_move(made, release, population, tmp_path, monkeypatch):
    shutil.copytree(population, tmp_path / "population")
    shutil.copytree(made, tmp_path / "base")
    monkeypatch.setattr(module, "train", None)
    assert base(Source(str(release)), SMALL, tmp_path / "population", tmp_path / "base") == tmp_path / "base"


def test_a_killed_base_goes_on_with_the_faces_it_had_learned(made, release, population, tmp_path, monkeypatch):
    often = SMALL.model_copy(update={"training": SMALL.training.model_copy(update={"save_every": 5})})

    def killed(self, model, inputs, *more):
        if self.state.global_step == 12:
            raise KeyboardInterrupt
        return step(self, model, inputs, *more)

    step = JointTrainer.training_step
    monkeypatch.setattr(JointTrainer, "training_step", killed)
    with pytest.raises(KeyboardInterrupt):
        base(Source(str(release)), often, population, tmp_path, quiet=True)
    monkeypatch.setattr(JointTrainer, "training_step", step)
    again = base(Source(str(release)), often, population, tmp_path, quiet=True)
    assert (again / "model.safetensors").read_bytes() == (made / "model.safetensors").read_bytes()


def test_cache_is_named_by_recipe_and_data(made, release, population, tmp_path, monkeypatch):
    monkeypatch.setenv("MLLMU_CACHE", str(tmp_path))
    monkeypatch.setattr(module, "train", lambda *_, **__: None)
    one = base(Source(str(release)), SMALL, population, quiet=True)
    assert one.parent == tmp_path
    other = SMALL.model_copy(update={"celebrity_epochs": 3})
    assert base(Source(str(release)), other, population, quiet=True) != one


def test_nobody_of_the_benchmark_is_in_the_base(made, release, population, monkeypatch, tmp_path):
    """The population's Ada Ohler has the name of somebody in the benchmark."""
    seen: dict[str, list[Example]] = {}
    monkeypatch.setattr(module, "train", lambda *args, **_: seen.update(args[0].configs))
    base(Source(str(release)), SMALL, population, tmp_path / "out", quiet=True)
    people = [one for one in seen["base"] if not one.key.startswith("celebrity/")]
    assert people
    assert not [one for one in people if "Ada Ohler" in one.question + one.answer]
    celebrities = [one for one in seen["base"] if one.key.startswith("celebrity/")]
    assert sum(one.answer in "ABCD" for one in celebrities) == 2  # one by image and one by name, once
    assert sum(one.answer not in "ABCD" for one in celebrities) == 2 * 7


def test_release_without_celebrities_is_refused(release, population, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "rows", lambda source, config: [])
    with pytest.raises(UsageError, match="no celebrities"):
        base(Source(str(release)), SMALL, population, tmp_path / "out", quiet=True)


def test_several_processes_do_not_make_one_base(release, population, monkeypatch, tmp_path):
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(UsageError, match="made by one process"):
        base(Source(str(release)), SMALL, population, tmp_path / "out", quiet=True)


def test_contrastive_loss_by_hand():
    """Two people, two pictures each; similarity 1 within and 0 between."""
    embedded = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    assert float(contrast(embedded, 1.0)) == pytest.approx(-log(exp(1) / (exp(1) + 2)))


def test_faces_are_learned():
    tokenizer = make_tokenizer(["one two"], 300)
    vision = SMALL.vision.model_copy(update={"steps": 60, "people": 6, "lr": 3e-3})
    torch.manual_seed(0)
    model = make_model(tokenizer, SMALL)
    people = [torch.randn(3, 1, 1) + 0.3 * torch.randn(3, 3, 32, 32) for _ in range(6)]

    class Bar:
        def update(self, n: int) -> None: ...

    assert learn_faces(model.model.vision_tower, people, vision, Bar(), 0) < 0.7 * log(11)


def test_every_token_of_a_turn_is_one_token():
    processor = make_processor(make_tokenizer(["Where was she born?"], 400), SMALL)
    turns = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Where was she born?"}]}]
    asked = processor.apply_chat_template(turns, add_generation_prompt=True, tokenize=False)
    ids = processor.tokenizer(asked)["input_ids"]
    assert processor.tokenizer.convert_ids_to_tokens([ids[0], ids[1], ids[-1]]) == ["<user>", "<image>", "<assistant>"]


def test_projector_starts_where_faces_differ():
    """Patches that are nearly the same for everybody come out with every direction as large as any other."""
    tokenizer = make_tokenizer(["one two"], 300)
    torch.manual_seed(0)
    model = make_model(tokenizer, SMALL)
    tower, projector = model.model.vision_tower, model.model.multi_modal_projector
    pictures = torch.randn(50, 3, 32, 32)
    whiten(tower, projector, pictures, 0)
    with torch.no_grad():
        out = projector.linear_1(tower(pictures, output_hidden_states=True).hidden_states[-1][:, 1:]).flatten(0, 1)
    assert out.mean(0).abs().max() < 1e-3
    assert 0.5 < float(out.std(0).mean()) < 1.5


def test_the_tower_is_left_alone_while_base_learns_to_answer(made):
    record = json.loads((made / "run.json").read_text())
    assert record["parameters"]["trained"] < record["parameters"]["all"]
