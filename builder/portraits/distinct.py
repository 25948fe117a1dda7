"""Keeps near-twins out of a build before anybody is drawn: a distance between faces in the basis' own parameters.

Two people are as far apart as the landmarks of their faces (root mean square, in millimetres, after taking out where
and how large the head is), plus what else the eye goes by: skin, hair, beard, glasses. No picture and no network is
needed. Time is a millisecond for each person, which grows linearly, plus 15 nanoseconds for each pair of the same sex:
5 seconds for 5,000 people, most of a minute for 50,000. The more people, the closer the closest must be, so what
counts as too close shrinks with their number.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...schemas.appearance import Appearance

ATTEMPTS = 20
BLOCK = 512

FACE_SIZE = 0.8
"""Root mean square distance of landmarks from their middle, to which every face is scaled."""
BEARDS = {"none": 0.0, "stubble": 1.0, "moustache": 1.5, "goatee": 1.8, "short beard": 2.2, "full beard": 3.0}
LANDMARKS = (
    (0.17, 7.26, 1.3), (0.31, 7.32, 1.35), (0.31, 7.22, 1.35), (0.45, 7.28, 1.25), (0.14, 7.47, 1.42),
    (0.32, 7.53, 1.38), (0.52, 7.48, 1.2), (0.0, 7.3, 1.5), (0.0, 7.12, 1.6), (0.0, 6.96, 1.7),
    (0.14, 6.92, 1.5), (0.0, 6.84, 1.55), (0.0, 6.66, 1.56), (0.0, 6.58, 1.56), (0.0, 6.5, 1.55),
    (0.26, 6.6, 1.4), (0.0, 6.35, 1.5), (0.0, 6.2, 1.42), (0.22, 6.22, 1.35), (0.5, 6.5, 0.95),
    (0.66, 6.8, 0.75), (0.58, 7.05, 1.15), (0.7, 7.3, 0.85), (0.66, 7.7, 0.9), (0.0, 7.9, 1.4),
)  # fmt: skip
"""Rest positions of eyes, brows, nose, mouth, jaw, cheeks and forehead on the right half; x = 0 is the middle."""


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


def signature(appearance: Appearance) -> np.ndarray:
    """Coordinates of one person in the space where distance means difference: about millimetres."""
    from .hair.styles import STYLES
    from .head.shape import person_weights
    from .head.traits import traits

    basis, t = _marks(), traits(appearance)
    place = basis.rest.ravel().copy()
    for name, weight in person_weights(appearance).items():
        place += weight * basis.targets[basis.rows[name]]
    marks = place.reshape(-1, 3)
    marks = marks - marks.mean(0)
    marks = marks / np.sqrt((marks**2).sum(1).mean()) * FACE_SIZE
    looks = [
        12 * np.cbrt(t.tone),
        4 * np.cbrt(t.hair),
        1.5 * np.cbrt(t.eye),
        np.array([2.0 * (appearance.glasses != "none"), 0.05 * appearance.age, BEARDS[appearance.facial_hair]]),
        np.array([1.5 * (appearance.hair_style == style) for style in STYLES]),
    ]
    return np.concatenate([marks.ravel() * 100 / np.sqrt(len(marks)), *looks])


def closest_allowed(n: int) -> float:
    """The distance under which two of `n` people are near-twins.

    Neighbours within d grow as the 18th power of d (measured on 3,000 people), so this redraws about one person in
    seven whatever n is: a stricter rule could not be met by redrawing.
    """
    return 4.1 * (500 / max(n, 1)) ** (1 / 18)


def near_twins(signatures: np.ndarray, kinds: Sequence[object], closest: float) -> list[tuple[int, int]]:
    """Pairs (earlier, later) of the same kind and nearer than `closest`, ordered by the later one."""
    groups: dict[object, list[int]] = {}
    for i, kind in enumerate(kinds):
        groups.setdefault(kind, []).append(i)
    pairs = []
    for members in groups.values():
        rows = np.array(members)
        group = signatures[rows]
        for start in range(0, len(rows), BLOCK):
            block = group[start : start + BLOCK]
            squared = (block**2).sum(1)[:, None] + (group**2).sum(1)[None] - 2 * block @ group.T
            late, early = np.nonzero(squared < closest**2)
            pairs += [(int(rows[e]), int(rows[start + k])) for k, e in zip(late, early, strict=True) if e < start + k]
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def distinct_face_seeds(appearances: Sequence[Appearance], reseed: Callable[[int, int], int]) -> list[int]:
    """Face seeds under which no two people are near-twins; most are the ones the people have.

    Args:
        appearances: Everybody, in order. An earlier person keeps the face, a later near-twin gets another.
        reseed: `reseed(k, attempt)` is another seed for person number `k`; a pure function, so that builds repeat.
    """
    people = list(appearances)
    kinds = [(a.sex, a.head_covering == "headscarf") for a in people]
    closest = closest_allowed(len(people))
    table = np.stack([signature(a) for a in people]) if people else np.zeros((0, 1))
    for attempt in range(1, ATTEMPTS + 1):
        late = sorted({late for _, late in near_twins(table, kinds, closest)})
        if not late:
            break
        for k in late:
            people[k] = people[k].model_copy(update={"face_seed": reseed(k, attempt)})
            table[k] = signature(people[k])
    return [person.face_seed for person in people]
