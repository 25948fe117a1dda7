"""Grows guide hairs: a few hundred, step by step over the scalp, combed, falling, kept out of head and clothes.

g guides   k points of each
"""

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from ....schemas.appearance import Appearance
from ..head.traits import Traits
from ..mathx import ramp, unit
from .styles import Style

WIDEST = 1.36
"""Radius of the largest ball of hair: a larger one would push the camera back until shoulders end in the frame."""


class Head(NamedTuple):
    """Measures of the person's head that hair needs."""

    centre: np.ndarray
    top: float
    back: float
    middle_z: float
    chin: float


class Obstacle(NamedTuple):
    """Surface that hair does not enter."""

    tree: KDTree
    points: np.ndarray
    normals: np.ndarray

    def push(self, q: np.ndarray, layer: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Points moved to at least `layer` outside, the surface normal there, and whether they were moved."""
        distance, i = self.tree.query(q)
        normal = self.normals[i]
        depth = ((q - self.points[i]) * normal).sum(1)
        push = np.maximum(layer - depth, 0) * (distance < 0.6)
        return q + normal * push[:, None], normal, push > 0


class Grown(NamedTuple):
    """Guides and what the strands between them need to know."""

    points: np.ndarray
    """(g, k, 3)"""
    side: np.ndarray
    """(g,): -1 or 1, the side of the parting each belongs to."""
    fringe: np.ndarray
    """(g,): whether it is cut as a fringe."""


def knot_place(appearance: Appearance, t: Traits, head: Head) -> np.ndarray:
    """Where gathered hair meets: a high or low bun, a ponytail."""
    if appearance.hair_style == "pinned-up":
        high = t.mirrored
        return np.array([0, head.top - (0.08 if high else 0.72), head.back + (0.5 if high else 0.02)])
    return np.array([0, head.top - (0.45 if t.mirrored else 0.95), head.back - 0.02])


def in_fringe(rest: np.ndarray) -> np.ndarray:
    """Whether roots lie where a fringe is cut."""
    return (rest[:, 2] > 0.88) & (np.abs(rest[:, 0]) < 0.52)


def part_place(appearance: Appearance, t: Traits) -> float:
    """Where the parting runs, along x."""
    if appearance.hair_style == "long side-parted" or appearance.hair_style.startswith("short"):
        return (0.3 if t.mirrored else -0.3) + 0.2 * t.parting
    return t.parting if abs(t.parting) > 0.2 else 0.4 * t.parting


def _ball_lengths(roots: np.ndarray, head: Head, t: Traits, style: Style, random: np.random.Generator) -> np.ndarray:
    """Coily hair is cut round: each hair reaches the same ball around the head."""
    centre = np.array([0.0, head.top - 0.78, head.middle_z - 0.12])
    ball = min(0.90 + (style.top + 0.12) * t.length * (0.55 + 0.45 * t.volume), WIDEST)
    out = ball - np.sqrt((((roots - centre) * np.array([1, 0.95, 1])) ** 2).sum(1))
    return np.clip(out * (1 + random.normal(0, 0.02, len(roots))), 0.07, 1.2)


class Comb:
    """The direction in which a style is combed, at any place."""

    def __init__(self, appearance: Appearance, t: Traits, style: Style, rest: np.ndarray, head: Head) -> None:
        self.flow, self.rest, self.n = style.flow, rest, len(rest)
        self.side = np.where(rest[:, 0] >= part_place(appearance, t), 1.0, -1.0)
        self.front = ramp(rest[:, 2], 0.75, 1.15)
        self.knot = knot_place(appearance, t, head)
        self.fringe = in_fringe(rest) if style.flow == "fringe" else np.zeros(self.n, bool)
        self.whorl = np.array([0.12 if t.mirrored else -0.12, 8.42, 0.1])

    def __call__(self, q: np.ndarray, normal: np.ndarray) -> np.ndarray:
        """Unit directions (g, 3), nearly along the surface."""
        zero, one, side, front = np.zeros(self.n), np.ones(self.n), self.side, self.front
        match self.flow:
            case "crown":
                f = q - self.whorl
                f[:, 1] -= 0.2
            case "back":
                f = np.stack([0.15 * np.sign(q[:, 0]), -0.15 * one - 0.4 * ramp(np.abs(q[:, 0]), 0.35, 0.75), -one], 1)
            case "side":
                # Over the edge of the crown the hair turns down, or it would stand off like wings.
                over = ramp(np.abs(q[:, 0]), 0.30, 0.70)
                f = np.stack([side * (0.9 - 0.6 * over), -0.1 - 1.1 * over, 0.12 * front - 0.3 * (1 - front)], 1)
            case "part" | "fringe":
                f = np.stack([side, -0.30 - 0.1 * front, -0.35 - 0.45 * front], 1)
                cut = np.stack([0.15 * self.rest[:, 0], -0.5 * one, 0.8 * one], 1)
                f = np.where(self.fringe[:, None], cut, f)
            case "gather":
                f = self.knot - q
            case _:
                f = normal + np.stack([zero, zero, zero], 1)
        return unit(f - (f * normal).sum(1, keepdims=True) * normal * 0.9)


def lengths(
    style: Style,
    t: Traits,
    roots: np.ndarray,
    rest: np.ndarray,
    head: Head,
    fringe: np.ndarray,
    random: np.random.Generator,
) -> np.ndarray:
    """Length of each guide."""
    top = ramp(rest[:, 1], 7.35, 7.95)
    angle = np.degrees(np.arctan2(np.abs(rest[:, 0]), rest[:, 2] - 0.5))
    top = np.maximum(top * ramp(-angle, -125, -75), ramp(rest[:, 1], 7.75, 8.1))
    out = (style.sides + (style.top - style.sides) * top) * t.length * (1 + random.normal(0, 0.08, len(rest)))
    if style.flow == "out":
        out = _ball_lengths(roots, head, t, style, random)
    cut = (0.62 + 0.12 * random.random()) * (1 + 0.35 * (rest[:, 1] - 8.05))
    return np.where(fringe, cut, out)


def grow(
    appearance: Appearance,
    t: Traits,
    style: Style,
    roots: np.ndarray,
    normals: np.ndarray,
    rest: np.ndarray,
    head: Head,
    obstacle: Obstacle,
    random: np.random.Generator,
) -> Grown:
    """Guide hairs from `roots` (g, 3)."""
    comb = Comb(appearance, t, style, rest, head)
    length = lengths(style, t, roots, rest, head, comb.fringe, random)
    steps = 15 if style.flow == "out" else int(np.clip(style.top * 11, 3, 20))
    step = (length / steps)[:, None]
    loose = random.random(len(roots))
    layer = style.layer * t.volume * (0.25 + 0.75 * loose)
    heading = unit(
        comb(roots.copy(), normals) * (1 - style.lift) + normals * style.lift + random.normal(0, 0.05, roots.shape)
    )
    q, path = roots + normals * 0.004, [roots + normals * 0.004]
    arrived = np.zeros(len(roots), bool)
    for k in range(1, steps + 1):
        gone = k * step[:, 0]
        heading = _steer(style, comb, q, gone, heading, normals, head, loose, k)
        heading = unit(heading + random.normal(0, 0.03, heading.shape))
        ahead = q + heading * step
        if style.flow == "gather":
            arrived |= np.linalg.norm(comb.knot - q, axis=1) < 0.16
            ahead = np.where(arrived[:, None], q, ahead)
        ahead, surface, hit = obstacle.push(ahead, layer * (1 - np.exp(-gone / 0.16)) + 0.006)
        into = (heading * surface).sum(1, keepdims=True)
        heading = np.where(hit[:, None] & (into < 0), unit(heading - into * surface), heading)
        q = _off_the_face(ahead, comb, head) if style.framing else ahead
        path.append(q)
    return Grown(_curl(np.stack(path, 1), style, t, rest, step, random), comb.side, comb.fringe)


def _steer(
    style: Style,
    comb: Comb,
    q: np.ndarray,
    gone: np.ndarray,
    heading: np.ndarray,
    normals: np.ndarray,
    head: Head,
    loose: np.ndarray,
    k: int,
) -> np.ndarray:
    """The next direction: what the hair has, what the comb wants, what hangs."""
    if style.flow == "out":
        return unit(heading + normals * 0.2)
    long_ = style.top > 0.6 and style.flow != "gather"
    pull = comb(q, unit(q - head.centre)) * (
        style.comb
        * (np.exp(-np.maximum(gone - 0.9, 0) * 2) * ramp(q[:, 1], head.centre[1] - 0.05, head.centre[1] + 0.75))[
            :, None
        ]
        if long_
        else style.comb
    )
    hang = (0.35 * ramp(-q[:, 1], -head.centre[1] - 0.45, -head.centre[1] + 0.25))[:, None] if long_ else 0.0
    down = np.array([0, -1.0, 0]) * (style.gravity * min(1.0, 0.35 + 0.12 * k) + hang)
    sway = 0.0
    if style.top > 1.4 and style.framing:
        # Long hair falls in front of or behind the shoulder, not on its ridge.
        low = ramp(-q[:, 1], -head.centre[1] + 0.35, -head.centre[1] + 0.95)[:, None]
        to_x = np.sign(q[:, 0] + 1e-6 * comb.side) * (0.56 + 0.16 * loose)
        to_z = np.where(comb.rest[:, 2] > 0.45, 0.78, -0.42)
        sway = np.stack([(to_x - q[:, 0]) * 0.35, 0 * loose, (to_z - q[:, 2]) * 0.5], 1) * low
    return unit(heading * style.stiff + pull + down + sway)


def _off_the_face(q: np.ndarray, comb: Comb, head: Head) -> np.ndarray:
    """Hair beside the face is tucked outward and back so that eyes and mouth stay free."""
    q = q.copy()
    inside = ~comb.fringe & (q[:, 1] < head.centre[1] + 0.62) & (q[:, 2] > 0.72) & (np.abs(q[:, 0]) < 0.86)
    low = np.clip((head.centre[1] + 0.62 - q[:, 1]) / 0.5, 0, 1)[inside]
    q[inside, 2] -= 0.30 * (q[inside, 2] - 0.72) * low
    q[inside, 0] += np.sign(q[inside, 0] + 1e-6 * comb.side[inside]) * 0.05 * low
    return q


def _curl(
    path: np.ndarray, style: Style, t: Traits, rest: np.ndarray, step: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Locks wound around their own path."""
    if style.curl == 0:
        return path
    g, k, _ = path.shape
    ahead = unit(np.gradient(path, axis=1))
    a = unit(np.cross(ahead, np.array([0.13, 0.3, 0.95])))
    b = np.cross(ahead, a)
    gone = np.arange(k)[None] * step
    together = 0.25 if style.turn > 0.4 else 1.0
    phase = random.uniform(0, 6.28, (g, 1)) * together + 3 * rest[:, :1] + t.wave
    wind = (
        2 * np.pi * gone / (style.turn * (1 + 0.1 * random.normal(size=(g, 1)))) * random.choice([-1.0, 1.0], (g, 1))
        + phase
    )
    radius = (style.curl * np.sqrt(t.volume) * (1 - np.exp(-gone / 0.35)))[..., None]
    return path + radius * (np.cos(wind)[..., None] * a + np.sin(wind)[..., None] * b)
