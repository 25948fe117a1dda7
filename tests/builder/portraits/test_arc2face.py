"""Re-posing by Arc2Face: the prompt that is a face, the choice of views, the numbers, what goes wrong."""

from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.ledger import Ledger, Work
from mllmu.builder.pictures import Album, Sitter, repose_missing
from mllmu.builder.portraits import get_source
from mllmu.builder.portraits.arc2face import choose
from mllmu.builder.portraits.arc2face.choose import GOOD, LEAST_TURN, Candidate, best_spread, turn, verdict
from mllmu.builder.portraits.painting.options import MAY_CHANGE, PaintOptions
from mllmu.builder.portraits.repose import get_reposer
from mllmu.builder.progress import Progress
from mllmu.builder.studio import Share, Studio
from mllmu.errors import FindingsError, MllmuError, UsageError
from PIL import Image
from portrait_people import sittings

FRONT = (0.0, 0.0, 0.0)


# -- the choice of views


def test_turn_is_the_angle_between_where_two_faces_look():
    assert turn(FRONT, (30.0, 0.0, 0.0)) == pytest.approx(30)
    assert turn((-20.0, 0.0, 0.0), (25.0, 0.0, 0.0)) == pytest.approx(45)
    assert turn(FRONT, (0.0, -18.0, 0.0)) == pytest.approx(18)
    assert turn(FRONT, (0.0, 0.0, 40.0)) == pytest.approx(0), "a tilted picture is no other view"


@pytest.mark.parametrize(
    ("similarity", "pose", "says"),
    [
        (0.5, (15.1, 0.0, 0.0), GOOD),
        (0.49, (15.1, 0.0, 0.0), "too unlike the portrait"),
        (0.9, (14.9, 0.0, 0.0), "turned too little"),
        (0.9, (10.0, 12.0, 0.0), GOOD),
        (0.9, (30.0, 0.0, 120.0), "turned too far"),
    ],
)
def test_a_candidate_is_kept_for_its_likeness_and_its_turn(similarity, pose, says):
    assert verdict(Candidate(0, similarity, pose), FRONT, 0.5) == says


def test_the_best_spread_goes_to_all_sides():
    yaws = [16, 18, 40, 22, -35, -17, 20]
    candidates = [Candidate(k, 0.7, (float(yaw), 0.0, 0.0)) for k, yaw in enumerate(yaws)]
    assert [c.pose[0] for c in best_spread(candidates, FRONT, 2)] == [40, -35]
    assert [c.pose[0] for c in best_spread(candidates, FRONT, 3)] == [40, -35, 20]
    up = [*candidates, Candidate(7, 0.7, (0.0, 30.0, 0.0))]
    assert {c.number for c in best_spread(up, FRONT, 3)} == {2, 4, 7}


def test_of_equal_spreads_the_likest_wins():
    twice = [
        Candidate(0, 0.6, (30.0, 0.0, 0.0)),
        Candidate(1, 0.8, (30.0, 0.0, 0.0)),
        Candidate(2, 0.6, (-30.0, 0.0, 0.0)),
    ]
    assert [c.number for c in best_spread(twice, FRONT, 2)] == [1, 2]


poses = st.tuples(st.floats(-60, 60), st.floats(-40, 40), st.just(0.0))


def closest(chosen, portrait) -> float:
    return min(turn(a, b) for a, b in combinations([portrait, *(c.pose for c in chosen)], 2))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(poses, min_size=3, max_size=7), st.integers(1, 3))
def test_no_other_choice_is_spread_wider(found, views):
    candidates = [Candidate(k, 0.5, pose) for k, pose in enumerate(found)]
    widest = max(closest(group, FRONT) for group in combinations(candidates, views))
    assert closest(best_spread(candidates, FRONT, views), FRONT) == pytest.approx(widest, abs=1e-4)


def test_many_candidates_are_chosen_from_greedily_and_half_as_wide_at_worst(monkeypatch):
    rng = np.random.default_rng(4)
    candidates = [Candidate(k, 0.5, (*rng.uniform(-50, 50, 2).tolist(), 0.0)) for k in range(14)]
    exact = closest(best_spread(candidates, FRONT, 3), FRONT)
    monkeypatch.setattr(choose, "EXACT", 10)
    greedy = best_spread(candidates, FRONT, 3)
    assert len({c.number for c in greedy}) == 3
    assert closest(greedy, FRONT) >= exact / 2  # Gonzalez 1985: farthest first is a 2-approximation


# -- the prompt that is a face


def by_hand(weights: dict[str, np.ndarray], tokens: np.ndarray, place: int, face: np.ndarray, heads: int) -> np.ndarray:
    """CLIP's text encoder of one layer, in numpy: (t, d)."""

    def layer(name: str, x: np.ndarray) -> np.ndarray:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(name: str, x: np.ndarray) -> np.ndarray:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    embedded = weights["embeddings.token_embedding.weight"][tokens].copy()
    embedded[place] = 0
    embedded[place, :512] = face
    x = embedded + weights["embeddings.position_embedding.weight"][: len(tokens)]
    at = "encoder.layers.0"
    y = norm(f"{at}.layer_norm1", x)
    q, k, v = (layer(f"{at}.self_attn.{n}_proj", y).reshape(len(x), heads, -1) for n in "qkv")
    scores = np.einsum("ihd,jhd->hij", q, k) / np.sqrt(q.shape[-1])
    scores += np.triu(np.full(scores.shape[1:], -np.inf), 1)  # a token sees itself and what was before
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    x = x + layer(f"{at}.self_attn.out_proj", np.einsum("hij,jhd->ihd", odds, v).reshape(len(x), -1))
    y = layer(f"{at}.mlp.fc1", norm(f"{at}.layer_norm2", x))
    x = x + layer(f"{at}.mlp.fc2", y / (1 + np.exp(-1.702 * y)))  # quick GELU
    return norm("final_layer_norm", x)


def test_the_id_token_becomes_the_face_as_computed_by_hand(home):
    from mllmu.builder.portraits.arc2face.token import identity_prompts
    from transformers import CLIPTextModel, CLIPTokenizer

    encoder = CLIPTextModel.from_pretrained(home / "arc2face" / "encoder").eval()
    tokenizer = CLIPTokenizer.from_pretrained(home / "sd" / "tokenizer")
    rng = np.random.default_rng(0)
    faces = rng.normal(size=(3, 512))
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    encoded = identity_prompts(tokenizer, encoder, faces).numpy()
    tokens = np.array(tokenizer("photo of a id person", padding="max_length", max_length=77).input_ids)
    place = int(np.flatnonzero(tokens == tokenizer.convert_tokens_to_ids("id</w>"))[0])
    weights = {name: weight.numpy().astype(float) for name, weight in encoder.state_dict().items()}
    assert encoded.shape == (3, 77, encoder.config.hidden_size)
    for face, result in zip(faces, encoded, strict=True):
        expected = by_hand(weights, tokens, place, face, encoder.config.num_attention_heads)
        np.testing.assert_allclose(result, expected, atol=2e-4)


def test_the_encoder_reads_other_prompts_as_before(home):
    import torch
    from mllmu.builder.portraits.arc2face.token import identity_prompts
    from transformers import CLIPTextModel, CLIPTokenizer

    encoder = CLIPTextModel.from_pretrained(home / "arc2face" / "encoder").eval()
    tokenizer = CLIPTokenizer.from_pretrained(home / "sd" / "tokenizer")
    tokens = tokenizer("no id", return_tensors="pt").input_ids
    with torch.inference_mode():
        before = encoder(tokens)[0]
        identity_prompts(tokenizer, encoder, np.ones((1, 512)))
        assert torch.equal(encoder(tokens)[0], before)


def test_a_tokenizer_that_splits_the_token_is_refused(home, tmp_path):
    from mllmu.builder.portraits.arc2face.token import identity_prompts
    from transformers import CLIPTextModel, CLIPTokenizer

    words = ["<|startoftext|>", "<|endoftext|>", *"abdefghinoprst", *(f"{c}</w>" for c in "abdefghinoprst")]
    splitting = CLIPTokenizer(vocab={word: k for k, word in enumerate(words)}, merges=[], model_max_length=77)
    encoder = CLIPTextModel.from_pretrained(home / "arc2face" / "encoder")
    with pytest.raises(ValueError, match="as one token"):
        identity_prompts(splitting, encoder, np.ones((1, 512)))


# -- what is measured


def test_insightface_poses_have_the_signs_of_a_view(home, monkeypatch):
    from insightface.data import get_object
    from insightface.model_zoo.landmark import Landmark
    from mllmu.builder.portraits.identity.insightface import Model

    model, mean = Model(), np.asarray(get_object("meanshape_68.pkl"))
    # The tip of the nose goes where the face turns to: right, up; the chin goes left as the head tilts right.
    tip, chin = mean[30], mean[8]
    for turned, which in (((0, 20, 0), 1), ((20, 0, 0), 0), ((0, 0, 20), 2)):
        rotation = rotated(*turned)
        points = np.zeros((1103, 3), np.float32)
        points[-68:] = mean @ rotation.T
        session = type("Session", (), {"run": lambda self, *_, points=points: [[points.ravel()]]})()
        monkeypatch.setattr(model._app.models["landmark_3d_68"], "session", session)
        face = model.faces(grey(160))[0]
        assert face.pose is not None
        yaw, pitch, roll = face.pose
        moved_tip, moved_chin = rotation @ tip - tip, rotation @ chin - chin
        if which == 1:
            assert moved_tip[0] > 0  # to the viewer's right
            assert yaw == pytest.approx(20, abs=0.5)
        elif which == 0:
            assert moved_tip[1] < 0  # up, for y points down
            assert pitch == pytest.approx(20, abs=0.5)
        else:
            assert moved_chin[0] < 0
            assert roll == pytest.approx(20, abs=0.5)
    assert isinstance(model._app.models["landmark_3d_68"], Landmark)


def rotated(pitch: float, yaw: float, roll: float) -> np.ndarray:
    """Moves points of x right, y down, z towards the viewer; each alone, in degrees."""
    p, y, r = np.radians([pitch, yaw, roll])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return about_x @ about_y @ about_z


def grey(level: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (256, 256), (level,) * 3).save(file, "JPEG")
    return file.getvalue()


def test_a_dark_picture_has_no_face_and_a_lit_one_has(home):
    from mllmu.builder.portraits.identity import get_verifier

    reader = get_verifier("insightface")
    assert reader.faces(grey(0)) == []
    assert reader.embed(grey(0)) is None
    (face,) = reader.faces(grey(150))
    assert face.embedding.shape == (512,)
    assert np.linalg.norm(face.embedding) == pytest.approx(1)


# -- any source's portraits, re-posed


class Bench:
    """Portraits from a folder, re-posed by the tiny Arc2Face, on record in a ledger."""

    def __init__(self, home, tmp_path, n: int = 2, dark: tuple[int, ...] = (), **options) -> None:
        faces = tmp_path / "faces"
        faces.mkdir(exist_ok=True)
        for k in range(n):
            pattern = np.random.default_rng(k).integers(90, 230, (8, 8, 3), dtype=np.uint8) * (k not in dark)
            Image.fromarray(pattern.astype(np.uint8)).resize((300, 300)).save(faces / f"f{k}.png")
        self.people = [Sitter(id=p.id, appearance=p.appearance) for p in sittings(n)]
        self.source = get_source("folder", faces=faces)
        paths = {"repose_model": str(home / "arc2face"), "repose_base": str(home / "sd")}
        self.options = PaintOptions(repose="arc2face", **{**paths, "candidates": 6, "likeness": -1.0, **options})
        self.tmp_path = tmp_path

    def run(self, views: int = 2) -> dict:
        with Ledger(self.tmp_path / "bench") as ledger, Studio(ledger, Progress(quiet=True), Share()) as studio:
            from mllmu.builder.pictures import draw_missing

            draw_missing(ledger, self.source, self.people, 0, lambda: None)
            reposer = get_reposer(self.options, 256, studio)
            assert reposer is not None
            repose_missing(ledger, reposer, self.source, self.people, views, lambda: None)
            album = Album(ledger, self.source, views, reposer)
            return {person.id: album.of(person) for person in self.people}


@pytest.fixture(autouse=True)
def no_yuface(monkeypatch):
    """The folder source would look for a face in the patterns."""
    from mllmu.builder.portraits import face_files

    monkeypatch.setattr(face_files, "find_spec", lambda name: None)


def test_views_come_with_their_numbers(home, tmp_path):
    from mllmu.builder.portraits.identity.insightface import Model

    found = Bench(home, tmp_path).run()
    reader = Model("antelopev2", home / "arc2face" / "arcface.onnx")
    for portrait, *views in found.values():
        assert portrait.view is None  # the user's own picture
        at = reader.faces(portrait.data)[0]
        assert at.pose is not None
        for picture in views:
            view, face = picture.view, reader.faces(picture.data)[0]
            assert view.similarity == pytest.approx(float(at.embedding @ face.embedding), abs=1e-3)
            assert (view.yaw, view.pitch, view.roll) == pytest.approx(face.pose, abs=0.06)
            assert turn((view.yaw, view.pitch, view.roll), at.pose) >= LEAST_TURN - 0.1


def test_who_is_on_record_is_not_painted_again(home, tmp_path, monkeypatch):
    from mllmu.builder.portraits.arc2face import model

    first = Bench(home, tmp_path).run()
    monkeypatch.setattr(model, "Arc2Face", None)
    assert Bench(home, tmp_path).run() == first


def test_a_damaged_view_is_painted_again_alone(home, tmp_path):
    first = Bench(home, tmp_path).run()
    with Ledger(tmp_path / "bench") as ledger:
        ledger.execute("UPDATE work SET data = x'00' WHERE slot = '001/2'")
    assert Bench(home, tmp_path).run() == first


def test_too_few_that_can_be_used_end_with_the_slot_and_the_counts(home, tmp_path):
    with pytest.raises(FindingsError) as error:
        Bench(home, tmp_path, likeness=0.99, candidates=2).run()
    assert str(error.value) == (
        "slot 000 has no re-posed pictures: of 6 candidates 0 can be used, not 2 (6 too unlike the portrait); "
        "and so for 1 more. Try more --candidates or a lower --likeness."
    )


def test_a_lower_likeness_goes_on_with_who_is_missing(home, tmp_path):
    with pytest.raises(FindingsError):
        Bench(home, tmp_path, likeness=0.99, candidates=2).run()
    assert len(Bench(home, tmp_path).run()) == 2


def test_a_build_may_go_on_with_another_likeness_and_nothing_else(tmp_path):
    first = {"n": 20, "likeness": 0.5, "candidates": 16}
    with Ledger(tmp_path / "bench") as ledger:
        ledger.agree_on(first, MAY_CHANGE)
        ledger.record("picture", [Work("000/0", "key", {}, b"portrait")])
        ledger.agree_on({**first, "likeness": 0.4}, MAY_CHANGE)
        with pytest.raises(UsageError, match=r"likeness \(was 0.4, now 0.5\)"):
            ledger.agree_on(first)
        with pytest.raises(UsageError, match=r"n \(was 20, now 21\)"):
            ledger.agree_on({**first, "n": 21}, MAY_CHANGE)


def test_a_portrait_without_a_face_is_named_and_the_others_are_kept(home, tmp_path):
    bench = Bench(home, tmp_path, n=3, dark=(1,))
    with pytest.raises(FindingsError, match="insightface finds no face in the portrait"):
        bench.run()
    with Ledger(tmp_path / "bench") as ledger:
        rows = ledger.execute("SELECT count(*) FROM work WHERE stage = 'picture' AND slot LIKE '%/2'").fetchone()
    assert rows == (2,)


def test_weights_that_lack_a_part_are_told_before_anything_is_painted(home, tmp_path):
    with Ledger(tmp_path / "bench") as ledger, Studio(ledger, Progress(quiet=True), Share()) as studio:
        reposer = get_reposer(PaintOptions(repose="arc2face", repose_model=str(tmp_path)), 256, studio)
        assert reposer is not None
        with pytest.raises(MllmuError, match=r"cannot load Arc2Face from .*: it has no arc2face/config.json"):
            reposer.prepare()
