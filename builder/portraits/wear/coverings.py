"""What is worn on the head: a headscarf, a skullcap, a knitted hat. Each is a stack of slices around the head."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.ndimage import maximum_filter1d
from scipy.spatial import KDTree

from ....schemas.appearance import Appearance
from ..hair.guides import Head
from ..head.subdivide import triangles
from ..head.surfaces import grid_mesh, tube
from ..head.traits import Traits
from ..mathx import noise, ramp, vertex_normals
from ..render.mesh import NO_CUT, Mesh, Strands

COLUMNS = 96
AZIMUTH = np.linspace(-np.pi, np.pi, COLUMNS, endpoint=False)
OUTWARD = np.stack([np.sin(AZIMUTH), np.cos(AZIMUTH)], 1)
SCARVES = (
    (0.60, 0.58, 0.54),
    (0.02, 0.02, 0.024),
    (0.10, 0.055, 0.06),
    (0.055, 0.085, 0.16),
    (0.33, 0.25, 0.18),
    (0.06, 0.12, 0.105),
    (0.40, 0.25, 0.26),
    (0.19, 0.20, 0.22),
)
CAPS = ((0.62, 0.62, 0.60), (0.62, 0.62, 0.60), (0.02, 0.02, 0.022), (0.30, 0.25, 0.19), (0.05, 0.06, 0.09))


class Worn(NamedTuple):
    """A mesh on the head, and whether its lower part rests on the shoulders instead of turning along."""

    mesh: Mesh
    falls: bool


def covering(
    appearance: Appearance, t: Traits, mid: np.ndarray, cloth: np.ndarray, head: Head, hair: list[Strands]
) -> tuple[list[Worn], list[Strands]]:
    """The covering on the neutral head, and the hair that still shows."""
    match appearance.head_covering:
        case "headscarf":
            return _headscarf(t, mid, cloth, head, appearance.face_seed), []
        case "skullcap":
            low = head.top - 0.56
            return [Worn(_skullcap(t, mid, head, low), False)], _below(hair, head, low + 0.03, 0.20)
        case "knitted hat":
            low = head.centre[1] + 0.27
            return [Worn(_knitted(t, mid, head, low), False)], _below(hair, head, low + 0.05, 0.12)
    return [], hair


def _below(hair: list[Strands], head: Head, y: float, slope: float) -> list[Strands]:
    """Strands whose roots a hat does not press down."""
    out = []
    for bundle in hair:
        edge = y - slope * np.maximum(-bundle.points[:, 0, 2] + head.middle_z, 0)
        keep = bundle.points[:, :, 1].max(1) < edge
        if keep.any():
            out.append(replace(bundle, points=bundle.points[keep], colour=bundle.colour[keep]))
    return out


def _slices(points: np.ndarray, heights: np.ndarray, middle: np.ndarray, off: float) -> np.ndarray:
    """Radii (heights, columns) of the smallest smooth sleeve around the points near each height."""
    radii = np.zeros((len(heights), COLUMNS))
    for k, y in enumerate(heights):
        q = points[np.abs(points[:, 1] - y) < 0.10][:, [0, 2]] - np.array([0, middle[k]])
        if len(q):
            reach = (q[:, None] * OUTWARD[None]).sum(2)
            facing = reach / np.maximum(np.sqrt((q * q).sum(1))[:, None], 1e-6)
            radii[k] = np.where(facing > 0.86, reach, 0).max(0)
    return _smooth(radii + off)


def _smooth(radii: np.ndarray, times: int = 4) -> np.ndarray:
    for _ in range(times):
        radii = (radii + np.roll(radii, 1, 1) + np.roll(radii, -1, 1)) / 3
        radii[2:-1] = (radii[1:-2] + 2 * radii[2:-1] + radii[3:]) / 4
    return radii


def _sleeve(heights: np.ndarray, radii: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """The grid (heights, columns, 3)."""
    return np.stack([radii * OUTWARD[:, 0], heights[:, None] + 0 * radii, middle[:, None] + radii * OUTWARD[:, 1]], -1)


def _mesh(grid: np.ndarray, colour: np.ndarray, cuts: np.ndarray | None = None, wrap: bool = True) -> Mesh:
    points, quads = grid_mesh(grid, wrap)
    corners = triangles(quads).astype(np.int32)
    shades = np.broadcast_to(colour.reshape(-1, 3), (len(points), 3)).copy()
    return Mesh(points, corners, shades, vertex_normals(points, corners), 0.08, 0.85, cuts, two_sided=True)


def _dome(heights: np.ndarray, radii: np.ndarray, crown: float, top: float, power: float) -> np.ndarray:
    """Rounds the part above `crown` off to a point at `top`."""
    k = int(np.argmin(np.abs(heights - crown)))
    rise = np.clip((heights[:k] - heights[k]) / (top - heights[k]), 0, 1)
    radii[:k] = radii[k] * ((1 - rise**power).clip(0) ** (1 / power))[:, None]
    return radii


def _knitted(t: Traits, mid: np.ndarray, head: Head, low: float) -> Mesh:
    top = head.top + 0.10
    heights = top - (top - low) * (1 - np.cos(np.linspace(0.02, np.pi / 2, 28)))
    middle = np.full(28, head.middle_z - 0.03)
    points = mid[(np.abs(mid[:, 0]) < 1.25) & (mid[:, 1] > low - 0.2)]
    radii = _dome(
        heights, _slices(points, np.minimum(heights, head.top - 0.02), middle, 0.075), head.top - 0.40, top, 2.0
    )
    cuff = (heights < low + 0.30)[:, None]
    ribs = np.sin(AZIMUTH * 30)
    radii = radii + 0.02 * cuff + 0.010 * ribs * (1 + 0.4 * cuff)
    grid = _sleeve(heights, radii, middle)
    # Lower behind than over the forehead.
    grid[..., 1] -= 0.16 * (np.cos(AZIMUTH)[None] < 0) * -np.cos(AZIMUTH)[None] * ramp(-heights, -top, -low)[:, None]
    return _mesh(grid, t.second_colour * (1 + 0.14 * ribs * (0.6 + 0.4 * cuff))[..., None])


def _skullcap(t: Traits, mid: np.ndarray, head: Head, low: float) -> Mesh:
    top = head.top + 0.075
    heights = top - (top - low) * (1 - np.cos(np.linspace(0.02, np.pi / 2, 24)))
    middle = np.full(24, head.middle_z - 0.06)
    points = mid[(np.abs(mid[:, 0]) < 1.25) & (mid[:, 1] > low - 0.2)]
    radii = _dome(
        heights, _slices(points, np.minimum(heights, head.top - 0.10), middle, 0.03), head.top - 0.24, top, 2.8
    )
    colour = np.array(CAPS[int(t.wave * 10) % len(CAPS)])
    pattern = (
        1
        - 0.12 * (np.sin(AZIMUTH * 22)[None] * np.sin(heights * 40)[:, None] > 0.2)
        - 0.2 * (heights < low + 0.035)[:, None]
    )
    return _mesh(_sleeve(heights, radii, middle), colour * pattern[..., None])


def _headscarf(t: Traits, mid: np.ndarray, cloth: np.ndarray, head: Head, seed: int) -> list[Worn]:
    """A scarf close around the face, folded under the chin, falling over the shoulders."""
    top, floor, y = head.top + 0.06, 4.7, head.centre[1]
    heights = np.r_[top - (top - y) * (1 - np.cos(np.linspace(0.02, np.pi / 2, 26))), np.linspace(y, floor, 36)[1:]]
    middle = np.interp(heights, [4.7, 5.4, 6.1, y, head.top], [0.32, 0.25, 0.35, head.middle_z, head.middle_z - 0.05])
    points = np.concatenate([mid, cloth])
    points = points[(points[:, 1] > 4.6) & (np.abs(points[:, 0]) < 1.25)]
    radii = _dome(
        heights, _slices(points, np.minimum(heights, head.top - 0.02), middle, 0.06), head.top - 0.38, top, 2.0
    )
    low = np.clip((y - 0.9 - heights) / 1.2, 0, 1)[:, None]
    # Shoulders slope gently, so lying on them takes more room sideways than a face does.
    radii = np.where(low > 0, maximum_filter1d(radii, 3, axis=0, mode="nearest"), radii)
    radii = np.maximum(radii + 0.12 * np.sqrt(low), (0.60 + 0.66 * low**1.2) * (low > 0))
    where = np.stack(
        np.broadcast_arrays(AZIMUTH[None] * 3.0, heights[:, None] * 1.6 + 0.7 * AZIMUTH[None], 0 * radii), -1
    )
    folds = noise(where.reshape(-1, 3), seed % 9973, 3).reshape(radii.shape) - 0.5
    sides = np.abs(np.sin(AZIMUTH))[None] ** 0.5
    radii = radii + folds * (0.05 + 0.20 * low) * (0.35 + 0.65 * np.maximum(sides, low))
    grid = _sleeve(heights, radii, middle)
    chin, brow = head.chin + 0.02, y + 0.70
    centre, tall, wide = (chin + brow) / 2, (brow - chin) / 2, 0.60
    flat = grid.reshape(-1, 3)
    oval = (np.hypot(flat[:, 0] / wide, (flat[:, 1] - centre) / tall) - 1) * 0.6
    cuts = np.full((len(flat), 3), NO_CUT)
    cuts[:, 0] = np.where(flat[:, 2] > head.middle_z, oval, NO_CUT)
    colour = np.array(SCARVES[int(t.wave * 100) % len(SCARVES)])
    return [Worn(_mesh(grid, colour, cuts), True), Worn(_edge(flat, centre, wide, tall, head, colour), True)]


def _edge(scarf: np.ndarray, centre: float, wide: float, tall: float, head: Head, colour: np.ndarray) -> Mesh:
    """A rolled edge around the face."""
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    front = scarf[scarf[:, 2] > head.middle_z]
    x, y = wide * np.cos(angle), centre + tall * np.sin(angle)
    distance, near = KDTree(front[:, :2]).query(np.stack([x, y], 1), k=4)
    weight = 1 / (distance + 0.01)
    z = (front[near, 2] * weight).sum(1) / weight.sum(1)
    z = np.convolve(np.r_[z[-4:], z, z[:4]], np.ones(9) / 9, "valid")
    points, quads = tube(np.stack([x, y, z], 1), 0.03, 8, closed=True)
    corners = triangles(quads).astype(np.int32)
    shades = np.repeat((colour * 0.96)[None], len(points), 0)
    return Mesh(points, corners, shades, vertex_normals(points, corners), 0.08, 0.85)
