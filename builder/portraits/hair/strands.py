"""Fills the space between guides with strands, and shapes what is tied, pinned or braided.

n strands   k points of each
"""

import numpy as np

from ....schemas.appearance import Appearance
from ..head.regions import hairline
from ..head.traits import Traits
from ..mathx import ramp, unit
from ..render.mesh import Strands
from .guides import Grown, Head, Obstacle, grow, in_fringe, knot_place, part_place
from .roots import fields
from .styles import STYLES, Style


def scalp_hair(
    appearance: Appearance, t: Traits, points: np.ndarray, head: Head, obstacle: Obstacle, random: np.random.Generator
) -> list[Strands]:
    """All hair of the head, on the neutral mesh; none under a headscarf."""
    name = _worn_style(appearance)
    style, all_ = STYLES[name], fields()
    above, _ = hairline(all_.scalp.rest, appearance, t)
    kept = _dense_enough(name, all_.scalp.rest, above, t, random)[: style.strands or None]
    if not len(kept):
        return []
    seeds = all_.scalp.take(all_.guides)
    grown = grow(appearance, t, style, seeds.place(points), seeds.normals(points), seeds.rest, head, obstacle, random)
    rooted = above[all_.guides] > -0.06
    if name == "long braided":
        return _braids(grown.points[rooted], t, random)
    strands, owner = _between(style, t, grown, rooted, appearance, points, kept, random)
    bundles = [_coloured(strands, style, t, owner, random)]
    if style.flow == "gather":
        knot = knot_place(appearance, t, head)
        tail = _bun(knot, t, random) if name == "pinned-up" else _tail(knot, t, obstacle, random)
        bundles.append(_coloured(tail, style, t, np.arange(len(tail)) // 40, random))
    return bundles


def _worn_style(appearance: Appearance) -> str:
    """Under a hat, voluminous hair is worn close."""
    name = appearance.hair_style
    if appearance.head_covering == "knitted hat" and name in ("pinned-up", "rounded coily"):
        return "tied-back" if name == "pinned-up" else "short coily"
    return name


def _dense_enough(name: str, rest: np.ndarray, above: np.ndarray, t: Traits, random: np.random.Generator) -> np.ndarray:
    """Scalp roots that bear a hair: a soft hairline, and bare crowns where hair is lost."""
    density = ramp(above, -0.03, 0.06)
    if name in ("bald", "thinning"):
        crown = ramp(rest[:, 1] + 0.25 * (rest[:, 2] - 0.4), 7.75, 8.1) * ramp(rest[:, 1], 7.6, 7.9)
        density = density * (1 - crown * (0.985 if name == "bald" else 0.62))
        if name == "bald" and t.mirrored:
            density = density * 0
    return np.flatnonzero(random.random(len(rest)) < density)


def _between(
    style: Style,
    t: Traits,
    grown: Grown,
    rooted: np.ndarray,
    appearance: Appearance,
    points: np.ndarray,
    kept: np.ndarray,
    random: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Strands (n, k, 3) as blends of the three best guides, and the guide each is nearest to."""
    all_ = fields()
    near, rest = all_.near[kept], all_.scalp.rest[kept]
    fits = rooted[near].astype(float)
    if style.flow in ("part", "fringe", "side"):
        fits *= np.where(rest[:, 0] >= part_place(appearance, t), 1, -1)[:, None] == grown.side[near]
    if style.flow == "fringe":
        fits *= in_fringe(rest)[:, None] == grown.fringe[near]
    weight = fits / (all_.distance[kept] + 0.012) ** 2
    good = weight.sum(1) > 0
    weight, near, kept = weight[good], near[good], kept[good]
    best = np.argsort(-weight, 1, kind="stable")[:, :3]
    weight, near = np.take_along_axis(weight, best, 1), np.take_along_axis(near, best, 1)
    weight /= weight.sum(1, keepdims=True)
    roots = fields().scalp.take(kept)
    base = roots.place(points) + 0.003 * roots.normals(points)
    return _blend(style, grown, weight, near, base, random), near[:, 0]


def _blend(
    style: Style, grown: Grown, weight: np.ndarray, near: np.ndarray, base: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Strands (n, k, 3) from `base`, shaped like their guides, drawn into locks, frizzed."""
    n, k = len(base), grown.points.shape[1]
    guides = grown.points.astype(np.float32)
    shape = guides - guides[:, :1]
    cut = (1 - (0.08 if style.flow == "out" else 0.3) * random.random(n) ** 2).astype(np.float32)
    out = np.zeros((n, k, 3), np.float32)
    for j in range(weight.shape[1]):
        out += weight[:, j, None, None].astype(np.float32) * shape[near[:, j]]
    out = out * cut[:, None, None] + base[:, None].astype(np.float32)
    along = np.linspace(0, 1, k, dtype=np.float32)[None, :, None]
    if style.clump:
        # Some strands leave their lock: without flyaways hair is a helmet.
        clump = style.clump * (1 - 0.7 * (random.random((n, 1, 1)) < 0.18))
        lock = guides[near[:, 0]]
        out = lock + (out - lock) * (1 - clump * along**0.8).astype(np.float32)
    wander = np.cumsum(random.normal(0, 1, (n, k, 3)).astype(np.float32) * np.array([1, 0.6, 1], np.float32), 1)
    out += wander * np.float32(style.frizz / np.sqrt(k) * np.sqrt(np.clip(style.top, 0.1, 1))) * (along > 0)
    if style.kink:
        turn = 2 * np.pi * np.arange(k) / 3.1
        phase = random.uniform(0, 6.28, (n, 1))
        coil = np.stack([np.cos(turn + phase), np.sin(turn * 1.1 + 2 * phase), np.cos(turn * 0.9 + 3 * phase)], -1)
        radius = (style.kink * (0.7 + 0.6 * random.random((n, 1))))[..., None]
        out += (radius * np.minimum(1, along * 4) * coil).astype(np.float32)
    return out


def _coloured(points: np.ndarray, style: Style, t: Traits, owner: np.ndarray, random: np.random.Generator) -> Strands:
    """Every lock and every strand has its own shade; white hairs come before the rest is grey."""
    lock = random.normal(0, 0.13, int(owner.max()) + 1)[owner]
    shade = np.exp(lock + random.normal(0, 0.14, len(points)))[:, None]
    colour = np.clip(t.hair * shade, 0.002, 1)
    white = random.random(len(points)) < 0.22 * t.greyness * (t.hair.mean() < 0.3)
    colour[white] = np.array([0.24, 0.235, 0.23]) * shade[white]
    tip = 0.6 if style.top < 0.06 else 0.25
    return Strands(points.astype(np.float32), colour, style.width, style.width * tip)


def _bun(knot: np.ndarray, t: Traits, random: np.random.Generator) -> np.ndarray:
    """A ball of wound hair."""
    n, radius = 2600, 0.25 * np.sqrt(t.volume)
    axis = unit(random.normal(0, 1, (n, 3)) * np.array([1, 0.5, 1]))
    a = unit(np.cross(axis, [0.3, 1, 0.2]))
    b = np.cross(axis, a)
    angle = random.uniform(0, 6.28, (n, 1)) + np.linspace(0, 2.2, 12)[None]
    radii = radius * (0.86 + 0.14 * random.random((n, 1, 1)))
    ball = (
        radii
        * (np.cos(angle)[..., None] * a[:, None] + np.sin(angle)[..., None] * b[:, None])
        * np.array([1.05, 0.85, 0.95])
    )
    return knot + np.array([0, 0.12 if t.mirrored else 0.0, -0.10]) + ball


def _tail(knot: np.ndarray, t: Traits, obstacle: Obstacle, random: np.random.Generator) -> np.ndarray:
    """A ponytail that leaves the knot backwards and falls; a low one is laid over a shoulder."""
    n, k = 3400, 24
    side = 1.0 if t.parting >= 0 else -1.0
    spread = unit(random.normal(0, 1, (n, 3)))
    q = knot + spread * 0.07
    out = np.array([0, 0.25, -1.0]) if t.mirrored else np.array([0.75 * side, -0.1, -0.55])
    heading, path = unit(out + spread * 0.3), [q]
    for _ in range(k):
        to = np.array([0.0, -0.26, 0.02])
        if not t.mirrored:
            # Around the neck, then down the front of the shoulder.
            place = np.array([0.58 * side, 0, 0.80]) - q
            to = np.stack([0.35 * place[:, 0], np.full(n, -0.17), 0.30 * place[:, 2]], 1)
        heading = unit(heading * 0.8 + to + random.normal(0, 0.04, heading.shape))
        q = q + heading * 0.1 * t.length * (1 - 0.25 * random.random((n, 1)))
        if not t.mirrored:
            q, _, _ = obstacle.push(q, 0.05 + 0.05 * (1 + spread[:, 0]))
        path.append(q)
    return np.stack(path, 1)


def _braids(guides: np.ndarray, t: Traits, random: np.random.Generator) -> list[Strands]:
    """Box braids: three strands plaited around every second guide."""
    chosen = guides[random.random(len(guides)) < 0.55]
    fine = np.linspace(0, chosen.shape[1] - 1, 44)
    low = np.floor(fine).astype(int).clip(0, chosen.shape[1] - 2)
    path = chosen[:, low] + (chosen[:, low + 1] - chosen[:, low]) * (fine - low)[None, :, None]
    ahead = unit(np.gradient(path, axis=1))
    a = unit(np.cross(ahead, np.array([0.13, 0.3, 0.95])))
    b = np.cross(ahead, a)
    shade = np.exp(random.normal(0, 0.15, len(chosen)))[:, None]
    bundles, turn = [], np.linspace(0, 1, 44)[None] * 46
    for phase in (0.0, 2.1, 4.2):
        # A plait's strands run in flat figures of eight, not in circles.
        x, y = 0.020 * np.sin(turn + phase)[..., None], 0.012 * np.sin(2 * (turn + phase))[..., None]
        bundles.append(
            Strands((path + x * a + y * b).astype(np.float32), t.hair * 1.35 * shade, 0.027, 0.015, shine=0.8)
        )
    return bundles
