"""How alike two people will look, told from their parameters: no picture is drawn and no network is run.

A face becomes about 150 numbers: where its landmarks are, and skin, hair, brows, beard, glasses, age. A matrix, fitted
once by `tools/fit_likeness.py` to what a face verifier says of rendered portraits, turns them into a direction; the
cosine of two directions is what the verifier can be expected to say of the two portraits. On people it was not fitted
to, the two correlate by .77; `docs/identity.md` has the figures.
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np

from ...schemas.appearance import Appearance, FacialHair, Glasses

FITTED = Path(__file__).parent / "data/likeness.npz"

LANDMARKS = (
    (0.17, 7.26, 1.3), (0.31, 7.32, 1.35), (0.31, 7.22, 1.35), (0.45, 7.28, 1.25), (0.14, 7.47, 1.42),
    (0.32, 7.53, 1.38), (0.52, 7.48, 1.2), (0.0, 7.3, 1.5), (0.0, 7.12, 1.6), (0.0, 6.96, 1.7),
    (0.14, 6.92, 1.5), (0.0, 6.84, 1.55), (0.0, 6.66, 1.56), (0.0, 6.58, 1.56), (0.0, 6.5, 1.55),
    (0.26, 6.6, 1.4), (0.0, 6.35, 1.5), (0.0, 6.2, 1.42), (0.22, 6.22, 1.35), (0.5, 6.5, 0.95),
    (0.66, 6.8, 0.75), (0.58, 7.05, 1.15), (0.7, 7.3, 0.85), (0.66, 7.7, 0.9), (0.0, 7.9, 1.4),
)  # fmt: skip
"""Rest positions of eyes, brows, nose, mouth, jaw, cheeks and forehead on the right half; x = 0 is the middle."""
SCALE = 80.0
"""Of landmarks: with it every feature differs between people by about one."""


class _Marks(NamedTuple):
    """The basis, cut down to the landmarks."""

    rest: np.ndarray
    """(m, 3)"""
    targets: np.ndarray
    """(targets, 3m)"""
    rows: dict[str, int]


@lru_cache(maxsize=1)
def _marks() -> _Marks:
    from .head.basis import load

    basis = load()
    head = basis.points[basis.head_points]
    wanted = np.array([*LANDMARKS, *((-x, y, z) for x, y, z in LANDMARKS if x > 0)])
    points = basis.head_points[[int(((head - w) ** 2).sum(1).argmin()) for w in wanted]]
    columns = (points[:, None] * 3 + np.arange(3)).ravel()
    return _Marks(basis.points[points], basis.targets[:, columns].toarray(), basis.index)


def _shape(appearance: Appearance) -> np.ndarray:
    """The landmarks, after taking out where and how large the head is."""
    from .head.shape import person_weights

    basis = _marks()
    place = basis.rest.ravel().copy()
    for name, weight in person_weights(appearance).items():
        place += weight * basis.targets[basis.rows[name]]
    marks = place.reshape(-1, 3)
    marks = marks - marks.mean(0)
    return (marks / np.sqrt((marks**2).sum())).ravel() * SCALE


def features(appearance: Appearance) -> np.ndarray:
    """What is known of a face before it is drawn, each number on a scale of about one."""
    from .head.traits import traits

    t = traits(appearance)
    colours = [3 * np.log(t.tone), np.log(t.hair), 0.5 * np.log(t.eye)]
    brows = [3 * t.brow_thickness, 3 * t.brow_weight, 40 * t.brow_height, 2 * t.brow_arch, 30 * t.brow_tilt]
    rest = [appearance.age / 12, 2 * (appearance.sex == "male"), 2 * t.greyness, t.freckles, 15 * t.recede]
    worn = [1.5 * (appearance.glasses == kind) for kind in get_args(Glasses)]
    worn += [1.5 * (appearance.facial_hair == kind) for kind in get_args(FacialHair)]
    worn += [1.5 * (appearance.head_covering == kind) for kind in ("headscarf", "skullcap", "knitted hat")]
    worn += [1.5 * (appearance.hair_style == kind) for kind in ("bald", "thinning", "short fringed", "long fringed")]
    return np.concatenate([_shape(appearance), *colours, brows, rest, worn])


@lru_cache(maxsize=1)
def _fit() -> tuple[np.ndarray, np.ndarray]:
    """Middle of the features (f,), and matrix (f + 1, d) whose last row is the middle direction."""
    with FITTED.open("rb") as file, np.load(file) as archive:
        return archive["middle"].astype(np.float64), archive["matrix"].astype(np.float64)


def likeness(appearance: Appearance) -> np.ndarray:
    """The direction of a face, of length one: the smaller the angle, the more alike."""
    middle, matrix = _fit()
    # In plain sums along one axis: the same bits whatever BLAS there is.
    direction = ((features(appearance) - middle)[:, None] * matrix[:-1]).sum(0) + matrix[-1]
    return direction / np.sqrt((direction**2).sum())
