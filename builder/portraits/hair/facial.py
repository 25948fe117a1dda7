"""Brows, lashes and beards. They are rooted in the moving face: offsets are grown once, roots move with expressions."""

from typing import NamedTuple

import numpy as np

from ....schemas.appearance import Appearance
from ..head.basis import Basis
from ..head.brows import brow_line
from ..head.regions import beard_area, lip_ellipse
from ..head.traits import Traits
from ..mathx import ramp, unit
from ..render.mesh import Strands
from .roots import Roots, fields


class Rooted(NamedTuple):
    """Strands as offsets (n, k, 3) from roots on the coarse mesh."""

    roots: Roots
    offsets: np.ndarray
    colour: np.ndarray
    width: float
    tip: float
    opacity: float
    casts: bool

    def strands(self, points: np.ndarray) -> Strands:
        """On a face whose coarse points are given."""
        at = self.roots.place(points)[:, None] + self.offsets
        return Strands(at.astype(np.float32), self.colour, self.width, self.tip, self.opacity, 0.4, self.casts, 0.012)


BEARDS = {
    "stubble": (6500, 0.028, 0.0034),
    "moustache": (2400, 0.10, 0.0046),
    "goatee": (3600, 0.12, 0.0046),
    "short beard": (9500, 0.085, 0.0046),
    "full beard": (11500, 0.23, 0.0046),
}
"""Hairs, length and width."""


def _shades(colour: np.ndarray, n: int, spread: float, random: np.random.Generator) -> np.ndarray:
    return np.clip(colour * np.exp(random.normal(0, spread, n))[:, None], 0.002, 1)


def brows(t: Traits, points: np.ndarray, random: np.random.Generator) -> Rooted:
    """Both brows."""
    face = fields().face
    along, across = brow_line(face.rest, t)
    x = np.abs(face.rest[:, 0])
    here = (x > 0.10) & (x < 0.54) & (np.abs(across) < 1.15) & (face.rest[:, 2] > 1.0)
    chosen = np.flatnonzero(
        here & (random.random(len(x)) < np.exp(-0.9 * across**2) * (1 - 0.75 * ramp(along, 0.72, 1.0)))
    )[: int(1100 * t.brow_weight)]
    roots, n = face.take(chosen), len(chosen)
    normal, s, a, up = roots.normals(points), np.sign(roots.rest[:, :1]), along[chosen, None], across[chosen, None]
    rise = (0.62 - 1.0 * a) - 0.55 * up * (a > 0.12) + random.normal(0, 0.12, (n, 1))
    heading = unit(np.concatenate([s * (0.55 + 0.8 * a), rise, 0 * s], 1) + normal * 0.22)
    length = 0.085 * random.uniform(0.6, 1.1, (n, 1)) * (0.75 + 0.25 * np.sin(np.pi * a))
    steps = np.linspace(0, 1, 5)
    lift = (0.003 + 0.010 * np.sin(np.pi * steps))[None, :, None]
    offsets = (heading * length)[:, None] * steps[None, :, None] + normal[:, None] * lift
    colour = t.hair * 0.85 * (1 - 0.4 * t.greyness) if t.hair.mean() > 0.02 else t.hair
    if t.greyness > 0.5:
        colour = colour * 0.75
    return Rooted(roots, offsets, _shades(colour, n, 0.12, random), 0.0046, 0.0015, 0.8, False)


def beard(appearance: Appearance, t: Traits, points: np.ndarray, random: np.random.Generator) -> Rooted | None:
    """The beard, if the person wears one."""
    if appearance.facial_hair not in BEARDS:
        return None
    count, longest, width = BEARDS[appearance.facial_hair]
    face = fields().face
    density = beard_area(face.rest, appearance.facial_hair) * ~lip_ellipse(face.rest)
    chosen = np.flatnonzero(random.random(len(density)) < density)
    chosen = chosen[random.permutation(len(chosen))[:count]]
    roots, n = face.take(chosen), len(chosen)
    y, z = roots.rest[:, 1], roots.rest[:, 2]
    normal, lip = roots.normals(points), (y > 6.66) & (z > 1.3)
    length = longest * random.uniform(0.55, 1.1, n) * np.where(lip, 0.75, 1) * (0.4 + 0.6 * ramp(6.9 - y, 0, 0.35))
    aside = (np.sign(roots.rest[:, 0]) * lip * 0.8)[:, None] * np.array([1.0, 0, 0])
    curl = 0.05 + 0.10 * appearance.ancestry.african
    heading = unit(normal * 0.55 + np.array([0, -0.8, 0.1]) + aside + random.normal(0, 0.16, (n, 3)))
    q, path = np.zeros((n, 3)), [np.zeros((n, 3))]
    for _ in range(5):
        heading = unit(heading + np.array([0, -0.12, 0]) + random.normal(0, 0.09 + curl, (n, 3)))
        q = q + heading * (length / 5)[:, None]
        path.append(q)
    offsets = np.stack(path, 1) + normal[:, None] * 0.002
    colour = _shades(t.beard, n, 0.2, random)
    white = random.random(n) < 0.5 * t.greyness
    colour[white] = np.array([0.42, 0.41, 0.39])
    return Rooted(roots, offsets, colour, width, 0.002, 0.85, True)


def lashes(
    basis: Basis, t: Traits, points: np.ndarray, centres: list[np.ndarray], random: np.random.Generator
) -> Strands:
    """Upper and lower lashes, from the strips of the basis that the lids carry."""
    paths = []
    for centre, quads in zip(centres, basis.lashes, strict=True):
        corners = points[quads]
        order = np.argsort(np.linalg.norm(corners - centre, axis=2), 1, kind="stable")
        near = np.take_along_axis(corners, order[:, :, None], 1)
        a0, a1, b0, b1 = (near[:, k] for k in range(4))
        swap = (np.linalg.norm(a0 - b0, axis=1) > np.linalg.norm(a0 - b1, axis=1))[:, None]
        b0, b1 = np.where(swap, b1, b0), np.where(swap, b0, b1)
        for _ in range(2):
            u = random.random((len(quads), 1))
            root, tip = a0 + (a1 - a0) * u, b0 + (b1 - b0) * u
            paths.append(
                np.stack([root, root + (tip - root) * 0.4 - np.array([0, 0.006, 0]), root + (tip - root) * t.lashes], 1)
            )
    strands = np.concatenate(paths)
    colour = np.broadcast_to(np.array([0.008, 0.006, 0.005]), (len(strands), 3))
    return Strands(strands.astype(np.float32), colour, 0.0036, 0.001, 0.8, 0.2, False, 0.012)
