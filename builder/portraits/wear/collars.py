"""Turned-down collars: a stand around the neck, folded over into a leaf that lies on shirt and shoulders."""

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from ....schemas.appearance import Appearance
from ..head.basis import Basis
from ..head.subdivide import triangles
from ..head.surfaces import grid_mesh, tube
from ..head.traits import Traits
from ..mathx import unit, vertex_normals
from ..render.mesh import Mesh
from .garments import COLOURS, NECKS, Cloth, inner_colour


class Cut(NamedTuple):
    """Shape of a collar."""

    gap: float
    """Half angle of the opening in front, degrees."""
    stand: float
    leaf: float
    point: float
    """How much longer the leaf is at its points."""
    spread: float
    """How far the points lean outward."""


CUTS = {
    "shirt": Cut(9, 0.16, 0.20, 0.22, 0.10),
    "polo": Cut(14, 0.12, 0.20, 0.13, 0.08),
    "blouse": Cut(24, 0.11, 0.21, 0.20, 0.13),
}
COLUMNS = 81


def collar(appearance: Appearance, t: Traits, basis: Basis, cloth: Cloth, mid: np.ndarray) -> list[Mesh]:
    """The collar of shirts, polo shirts, blouses and of the shirt under a suit."""
    kind = NECKS[appearance.clothing].collar
    if appearance.clothing == "hoodie":
        return [_hood(cloth, np.array(COLOURS[appearance.clothing_colour]))]
    if not kind or appearance.head_covering == "headscarf":
        return []
    cut = CUTS[kind]
    if appearance.clothing == "suit jacket":
        cut = cut._replace(gap=4.0, leaf=0.15, point=0.24)
    rows = _rows(cut, cloth, mid, 0.012 if appearance.clothing == "suit jacket" else 0.03)
    points, quads = grid_mesh(rows, wrap=False)
    corners = triangles(quads).astype(np.int32)
    base = (
        inner_colour("suit jacket", t)
        if appearance.clothing == "suit jacket"
        else np.array(COLOURS[appearance.clothing_colour])
    )
    # A darker edge is what the eye takes for the thickness of cloth.
    shade = np.ones(rows.shape[:2])
    shade[-1], shade[-2] = 0.62, 0.97
    colour = base * 1.03 * shade.reshape(-1, 1)
    return [Mesh(points, corners, colour, vertex_normals(points, corners), 0.1, 0.8, two_sided=True)]


def _smooth(rows: np.ndarray, times: int) -> np.ndarray:
    """Averages neighbours along a row; its ends stay."""
    for _ in range(times):
        rows = np.concatenate([rows[:1], (rows[:-2] + rows[1:-1] + rows[2:]) / 3, rows[-1:]])
    return rows


def _rows(cut: Cut, cloth: Cloth, mid: np.ndarray, off: float) -> np.ndarray:
    """The grid (rows, columns, 3), from the base of the stand over the fold to the edge of the leaf."""
    angle = np.linspace(np.radians(cut.gap), np.radians(360 - cut.gap), COLUMNS)
    away = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], 1)
    base = _neck_base(angle, cloth)
    neck = KDTree(mid)
    stand = []
    for share, gap in ((-0.15, 0.02), (0.5, 0.035), (1.0, 0.05)):
        stand.append(_smooth(_outside(base + np.array([0, cut.stand * share, 0]), away, neck, mid, gap), 4))
    fold = stand[-1]
    middle = np.radians(cut.gap)
    tip = np.exp(-(((angle - middle) / 0.42) ** 2)) + np.exp(-(((2 * np.pi - middle - angle) / 0.42) ** 2))
    length = (cut.leaf + cut.point * tip)[:, None]
    side = np.stack([np.sign(np.sin(angle)) * tip, 0 * angle, 0 * angle], 1) * cut.spread
    shirt = KDTree(cloth.points)
    leaf = [fold + away * 0.022 + np.array([0, 0.012, 0])]
    for share in (0.2, 0.45, 0.7, 0.93, 1.0):
        row = fold + away * (0.035 + 0.05 * share) - np.array([0, 1.0, 0]) * length * share + side * share
        leaf.append(_smooth(_above(row, shirt, cloth, off + (0.03 * share if off > 0.02 else 0)), 1))
    return np.stack([*stand, *leaf])


def _neck_base(angle: np.ndarray, cloth: Cloth) -> np.ndarray:
    """Where neck and shoulders meet, at angles around the neck."""
    back = 0.5 - 0.5 * np.cos(angle)
    base = np.stack([0.60 * np.sin(angle), 5.50 + 0.30 * back, 0.2 + 0.60 * np.cos(angle)], 1)
    distance, near = KDTree(cloth.rest).query(base, k=6)
    weight = 1 / (distance + 0.02)
    weight /= weight.sum(1, keepdims=True)
    return _smooth(base + ((cloth.points - cloth.rest)[near] * weight[..., None]).sum(1), 3)


def _hood(cloth: Cloth, colour: np.ndarray) -> Mesh:
    """A hood that lies folded on the back: a thick roll around the neck, open in front."""
    angle = np.linspace(np.radians(24), np.radians(336), COLUMNS)
    back = 0.5 - 0.5 * np.cos(angle)
    away = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], 1)
    path = _smooth(
        _neck_base(angle, cloth)
        + away * (0.02 + 0.05 * back)[:, None]
        + np.array([0, 1.0, 0]) * (0.01 + 0.06 * back)[:, None],
        4,
    )
    points, quads = tube(path, 0.045 + 0.085 * back, 14)
    corners = triangles(quads).astype(np.int32)
    return Mesh(
        points,
        corners,
        np.repeat(colour[None] * 0.96, len(points), 0),
        vertex_normals(points, corners),
        0.1,
        0.8,
        two_sided=True,
    )


def _outside(row: np.ndarray, away: np.ndarray, tree: KDTree, mid: np.ndarray, off: float) -> np.ndarray:
    """Moves points along `away` to stand `off` from the neck."""
    _, near = tree.query(row, k=4)
    gap = ((row[:, None] - mid[near]) * away[:, None]).sum(2).mean(1)
    return row + away * (off - gap)[:, None]


def _above(row: np.ndarray, tree: KDTree, cloth: Cloth, off: float) -> np.ndarray:
    """Lifts points that would lie in the shirt."""
    distance, near = tree.query(row, k=4)
    weight = 1 / (distance + 0.02)
    weight /= weight.sum(1, keepdims=True)
    normal = unit((cloth.normals[near] * weight[..., None]).sum(1))
    depth = (((row[:, None] - cloth.points[near]) * normal[:, None]).sum(2) * weight).sum(1)
    return row + normal * np.maximum(off - depth, 0)[:, None]
