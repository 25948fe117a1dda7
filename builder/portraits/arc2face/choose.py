"""Which of many candidates become a person's re-posed pictures: alike enough, turned enough, and far apart.

Poses are compared by where the face looks. Roll does not count: a tilted picture is no other view.
"""

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np

GOOD = "good"
LEAST_TURN = 15.0
"""Degrees between where portrait and re-posed picture look."""
MOST_TURN = 90.0
"""Degrees of yaw, pitch or roll beyond which a measured pose is a mistake."""
EXACT = 20_000
"""Combinations that are all tried; with more, the farthest candidate is taken each time."""


class Candidate(NamedTuple):
    """What was measured of one candidate."""

    number: int
    similarity: float
    """Cosine with the portrait."""
    pose: tuple[float, float, float]
    """Yaw, pitch, roll in degrees."""


def gaze(pose: tuple[float, float, float]) -> np.ndarray:
    """The unit vector in which a face of this pose looks: right, up, out of the picture."""
    yaw, pitch = np.radians(pose[0]), np.radians(pose[1])
    return np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])


def turn(first: tuple[float, float, float], second: tuple[float, float, float]) -> float:
    """Degrees between the directions in which two faces look."""
    return float(np.degrees(np.arccos(np.clip(gaze(first) @ gaze(second), -1, 1))))


def verdict(candidate: Candidate, portrait: tuple[float, float, float], likeness: float) -> str:
    """`GOOD`, or why the candidate is no re-posed picture of the person with this portrait."""
    if candidate.similarity < likeness:
        return "too unlike the portrait"
    if max(abs(angle) for angle in candidate.pose) > MOST_TURN:
        return "turned too far"
    return GOOD if turn(candidate.pose, portrait) >= LEAST_TURN else "turned too little"


def best_spread(candidates: Sequence[Candidate], portrait: tuple[float, float, float], views: int) -> list[Candidate]:
    """The `views` candidates whose closest two, the portrait among them, are farthest apart; in the order given.

    Of equals, those that resemble the portrait most.
    """
    gazes = np.stack([gaze(portrait), *(gaze(c.pose) for c in candidates)])
    apart = np.degrees(np.arccos(np.clip(gazes @ gazes.T, -1, 1)))
    if comb(len(candidates), views) <= EXACT:
        chosen = max(
            combinations(range(1, len(gazes)), views),
            key=lambda group: (_closest(apart, (0, *group)), sum(candidates[i - 1].similarity for i in group)),
        )
    else:
        chosen = _farthest_first(apart, views)
    return [candidates[i - 1] for i in sorted(chosen)]


def _closest(apart: np.ndarray, group: Sequence[int]) -> float:
    return round(min(float(apart[a, b]) for a, b in combinations(group, 2)), 6)


def _farthest_first(apart: np.ndarray, views: int) -> list[int]:
    chosen = [0]
    while len(chosen) <= views:
        nearest = apart[:, chosen].min(1)
        nearest[chosen] = -1
        chosen.append(int(nearest.argmax()))
    return chosen[1:]
