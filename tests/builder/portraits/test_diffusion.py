"""Portraits by a diffusion model: what is asked for, how often, what is refused, what goes wrong."""

import re
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from mllmu.builder.ledger import Ledger
from mllmu.builder.pictures import Sitter
from mllmu.builder.portraits import get_source
from mllmu.builder.portraits.diffusion import Source
from mllmu.builder.portraits.identity.verifier import SeenFace
from mllmu.builder.portraits.painting import prompt
from mllmu.builder.portraits.painting.attempts import ATTEMPTS, GOOD, REFUSED, Attempt, Easel, Job, from_record, judge
from mllmu.builder.portraits.painting.device import Pace
from mllmu.builder.portraits.painting.options import PaintOptions
from mllmu.builder.portraits.painting.prompt import describe
from mllmu.builder.portraits.painting.weights import load, need
from mllmu.builder.portraits.views import BACKGROUNDS, LIGHTS
from mllmu.builder.progress import Progress
from mllmu.builder.settings import make_settings
from mllmu.builder.studio import Share, Studio
from mllmu.errors import FindingsError, MllmuError, UsageError
from PIL import Image
from portrait_people import look, sittings

AXES = np.eye(64)


def seen(axis: int, confidence: float = 0.9) -> SeenFace:
    return SeenFace(confidence, AXES[axis])


class Scripted:
    """Hands out attempts by a rule, and counts what was asked of it."""

    def __init__(self, rule) -> None:
        self.rule, self.asked = rule, []

    def __call__(self, jobs: Sequence[Job]) -> list[Attempt]:
        self.asked.append(list(jobs))
        return [self.rule(job) for job in jobs]


# -- the words


def test_the_prompt_tells_everything_that_can_be_seen():
    person = look(1, sex="male", age=51, hair_style="short curly", hair_colour="grey", facial_hair="goatee")
    person = person.model_copy(update={"glasses": "round", "clothing": "polo shirt", "clothing_colour": "rust"})
    words = describe(person)
    for part in ("51-year-old", "man", "short curly grey hair", "goatee", "round glasses", "rust polo shirt"):
        assert part in words
    assert describe(person) == words


def test_what_is_hidden_is_not_asked_for():
    person = look(2, sex="female", head_covering="headscarf", hair_style="long wavy")
    assert "headscarf" in describe(person)
    assert "hair" not in describe(person)


def test_bald_is_no_colour_of_hair():
    assert ", bald," in describe(look(3, sex="male", hair_style="bald"))


def test_there_are_words_for_every_place_and_light():
    assert set(prompt._PLACES) == set(BACKGROUNDS)
    assert set(prompt._LIGHTS) == set(LIGHTS)


def test_prompts_fit_the_77_tokens_of_clip():
    # A word is about 1.3 tokens, a comma one; the two ends are tokens too.
    for k in range(40):
        words = describe(look(k))
        assert len(re.findall(r"[\w'-]+|,", words)) <= 65, words


# -- attempts


def test_a_picture_without_a_face_is_painted_again():
    script = Scripted(lambda job: Attempt(GOOD, b"x", AXES[0]) if job.number == 2 else Attempt("no face"))
    easel = Easel(script, 4, lambda: None)
    easel.fill(["a", "b"])
    assert set(easel.used) == {"a", "b"}
    assert [sorted(job.number for job in batch) for batch in script.asked] == [[0, 0], [1, 1], [2, 2]]


def test_retries_go_in_full_batches():
    script = Scripted(lambda job: Attempt(GOOD, b"x", AXES[0]) if job.number or job.name == "a" else Attempt("no face"))
    easel = Easel(script, 2, lambda: None)
    easel.fill("abcde")
    assert [[f"{j.name}{j.number}" for j in batch] for batch in script.asked] == [
        ["a0", "b0"], ["c0", "d0"], ["e0"], ["b1", "c1"], ["d1", "e1"],
    ]  # fmt: skip


def test_whoever_stays_without_a_picture_is_named_with_the_reasons():
    script = Scripted(lambda job: Attempt("2 faces" if job.number % 2 else "no face"))
    easel = Easel(script, 8, lambda: None)
    easel.fill(["007", "008"])
    assert sum(map(len, script.asked)) == 2 * ATTEMPTS
    with pytest.raises(FindingsError, match=r"slot 007 .* \(no face 10 times, 2 faces 10 times\), and so for 1 more"):
        easel.refuse_gaps(["007", "008"])


def test_the_later_of_two_who_look_alike_is_painted_again():
    axis = {("a", 0): 0, ("b", 0): 1, ("c", 0): 0, ("c", 1): 1, ("c", 2): 2}
    easel = Easel(Scripted(lambda job: Attempt(GOOD, job.name.encode(), AXES[axis[job]])), 2, lambda: None)
    easel.fill("abc")
    assert easel.part_twins("abc", 0.5) == []
    assert [int(easel.used[name].embedding.argmax()) for name in "abc"] == [0, 1, 2]  # type: ignore[union-attr]


def test_twins_that_cannot_be_parted_are_named_and_keep_a_picture():
    easel = Easel(Scripted(lambda job: Attempt(GOOD, job.name.encode(), AXES[0])), 2, lambda: None)
    easel.fill("ab")
    assert easel.part_twins("ab", 0.5) == ["b"]
    assert easel.used["b"].data == b"b"


def test_a_twin_without_a_better_picture_keeps_the_one_it_had():
    script = Scripted(lambda job: Attempt("no face") if job.number else Attempt(GOOD, job.name.encode(), AXES[0]))
    easel = Easel(script, 2, lambda: None)
    easel.fill("ab")
    assert easel.part_twins("ab", 0.5) == ["b"]
    assert easel.used["b"].data == b"b"


@pytest.mark.parametrize(
    ("faces", "verdict"),
    [([], "no face"), ([seen(0)], GOOD), ([seen(0), seen(1)], "2 faces"), ([seen(0), seen(1, 0.55)], GOOD)],
)
def test_a_portrait_shows_one_face(faces, verdict):
    reader = SimpleNamespace(faces=lambda picture: faces, name="told", look_alike=0.5)
    assert judge(b"picture", reader).verdict == verdict  # type: ignore[arg-type]


def test_what_the_safety_checker_refused_is_not_looked_at():
    assert judge(None, None).verdict == REFUSED  # type: ignore[arg-type]


def test_an_attempt_comes_back_from_the_record_as_it_was():
    reader = SimpleNamespace(faces=lambda picture: [SeenFace(0.9, AXES[3] / 3, (1.0, -2.5, 0.0))])
    first = judge(b"jpeg", reader)  # type: ignore[arg-type]
    again = from_record(first.meta(), first.data)
    assert (again.verdict, again.data, again.pose) == (first.verdict, first.data, first.pose)
    assert again.embedding is not None
    assert first.embedding is not None
    assert (again.embedding == first.embedding).all()


# -- settings


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"portraits": "diffusion", "repose": "arc2face"}, "needs --portrait-model"),
        ({"portraits": "diffusion", "portrait_model": "m"}, "add --repose arc2face"),
        ({"steps": 3}, "steps: only for --portraits diffusion"),
        ({"candidates": 3}, "candidates: only for --repose arc2face"),
        ({"portraits": "none", "repose": "arc2face"}, "needs portraits"),
        ({"portraits": "rendered", "model": "m"}, "model: only for --writer openai"),
        ({"portraits": "rendered", "repose": "arcface"}, "setting repose"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(values, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        make_settings(values)


def test_model_is_the_painter_where_no_model_writes():
    painted = {"portraits": "diffusion", "repose": "arc2face"}
    assert make_settings({**painted, "model": "sd"}).portrait_model == "sd"
    both = make_settings({**painted, "model": "gpt", "portrait_model": "sd", "writer": "openai"})
    assert (both.model, both.portrait_model) == ("gpt", "sd")


def test_only_a_painted_build_records_how_it_was_painted(tmp_path):
    assert "candidates" not in make_settings({}).recorded()
    (tmp_path / "weights").mkdir()
    values = {"portraits": "diffusion", "portrait_model": str(tmp_path / "weights"), "repose": "arc2face"}
    recorded = make_settings({**values, "paint_batch": 2}).recorded()
    assert recorded["portrait_model"] == "weights"  # no folder of this machine
    assert recorded["repose_model"] == "FoivosPar/Arc2Face"
    assert "paint_batch" not in recorded


# -- what goes wrong


def test_a_missing_extra_is_one_line():
    with pytest.raises(UsageError, match=r'needs no_such_package. Install with: pip install "mllmu-bench\[faces\]"'):
        need("portraits = diffusion", ["json", "no_such_package"])


def test_the_source_imports_nothing_heavy():
    modules = ("drawing", "portraits.diffusion", "portraits.arc2face.reposer")
    code = "".join(f"import mllmu.builder.{name}\n" for name in modules) + "import sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/").stdout
    assert not {"torch", "diffusers", "transformers", "insightface", "cv2", "onnxruntime"} & set(loaded.split())


def test_weights_that_cannot_be_had_are_one_line():
    def fail():
        raise OSError("We couldn't connect to the Hub\nTraceback and more")

    with pytest.raises(MllmuError, match=r"^cannot load the model from a/b: We couldn't connect to the Hub\. .*$"):
        load("the model", "a/b", fail)


def test_without_a_gpu_the_time_is_told_once():
    told: list[str] = []
    pace = Pace("cpu", 1000, told.append)
    pace.painted(2, 40.0)
    pace.painted(2, 40.0)
    assert told == ["No GPU: a picture takes 20.0 seconds, so 1,000 take about 6 hours."]
    Pace("cuda:0", 1000, told.append).painted(2, 40.0)
    assert len(told) == 1


# -- with real pipelines


def painting(home, **options) -> PaintOptions:
    return PaintOptions(portrait_model=str(home / "sd"), steps=2, repose="arc2face", **options)


def pixels(data: bytes) -> np.ndarray:
    with Image.open(BytesIO(data)) as image:
        return np.asarray(image, dtype=int)


def draw(home, tmp_path, n: int, **options) -> dict[str, bytes]:
    with Ledger(tmp_path / "bench") as ledger, Studio(ledger, Progress(quiet=True), Share()) as studio:
        source = get_source("diffusion", painting=painting(home, **options))
        assert isinstance(source, Source)
        source.work_in(studio)
        people = [Sitter(id=p.id, appearance=p.appearance) for p in sittings(n)]
        return {name: pictures[0].data for name, pictures in source.draw(people, 0)}


def test_a_picture_depends_on_its_company_by_rounding_at_most(home, tmp_path):
    four = draw(home, tmp_path / "a", 4)
    assert len(set(four.values())) == 4
    for name, data in draw(home, tmp_path / "b", 2, paint_batch=1).items():
        assert np.abs(pixels(data) - pixels(four[name])).max() <= 8
    assert np.abs(pixels(four["000"]) - pixels(four["001"])).max() > 50


def test_what_is_on_record_is_not_painted_again(home, tmp_path, monkeypatch):
    from mllmu.builder.portraits.painting import pipeline

    first = draw(home, tmp_path, 3)
    monkeypatch.setattr(pipeline, "TextToImage", None)
    assert draw(home, tmp_path, 3) == first


def test_everything_refused_ends_with_the_slot_and_the_reason(home, tmp_path, monkeypatch):
    from mllmu.builder.portraits.painting import pipeline

    class Prudish(pipeline.TextToImage):
        def __init__(self, *args) -> None:
            super().__init__(*args)
            self.parts.safety_checker.concept_embeds_weights.data.fill_(-2.0)  # every concept is found everywhere

    monkeypatch.setattr(pipeline, "TextToImage", Prudish)
    with pytest.raises(FindingsError, match=r"slot 000 .*refused by the safety checker 20 times\), and so for 1"):
        draw(home, tmp_path, 2)


def test_a_model_that_is_nowhere_is_one_line(home, monkeypatch):
    from huggingface_hub import constants
    from mllmu.builder.portraits.painting.pipeline import TextToImage

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)  # read from the environment once, when it is imported
    with pytest.raises(MllmuError, match="cannot load the portrait model from no/where: ") as error:
        TextToImage("no/where", 256, None, None)
    assert "\n" not in str(error.value)


def test_an_option_that_a_model_does_not_take_is_told(home, monkeypatch):
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from mllmu.builder.portraits.painting import pipeline

    class Plain(StableDiffusionPipeline):
        def __call__(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, prompt: Any, generator: Any = None, num_inference_steps: int = 2
        ) -> Any:
            return super().__call__(prompt, generator=generator, num_inference_steps=num_inference_steps)

    def load_plain(model: str, device: str):
        found = load_any(model, device)
        found.__class__ = Plain
        return found

    load_any = pipeline._text_to_image
    monkeypatch.setattr(pipeline, "_text_to_image", load_plain)
    with pytest.raises(UsageError, match=r"sd takes no --guidance\. Leave that out"):
        pipeline.TextToImage(str(home / "sd"), 256, 2, 3.0)
    assert len(pipeline.TextToImage(str(home / "sd"), 256, 2, None).paint(["a face"], [1])) == 1


def test_a_misspelt_verifier_is_told_before_anything_is_fetched():
    with pytest.raises(UsageError, match="Did you mean 'insightface'"):
        get_source("diffusion", painting=PaintOptions(portrait_model="a/b", repose="arc2face", identity="insigthface"))


def test_an_offline_reader_can_stand_in_for_insightface(home, tmp_path, monkeypatch):
    from mllmu.builder.portraits import identity

    class Two:
        name, look_alike = "two", 0.9

        def faces(self, picture: bytes) -> list[SeenFace]:
            return [seen(len(picture) % 64)]

        def embed(self, picture: bytes) -> np.ndarray | None:
            return self.faces(picture)[0].embedding

    monkeypatch.setattr(identity, "get_verifier", lambda name: Two())
    assert len(draw(home, tmp_path, 2, identity="dlib")) == 2
