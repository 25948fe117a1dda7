"""Eyeballs: a sphere with a cornea, iris, pupil, limbal ring and a few veins, aimed half at the camera."""

import numpy as np

from ..mathx import noise, ramp, unit
from ..render.mesh import Mesh
from .basis import Basis
from .surfaces import grid_mesh

POLAR = np.radians(np.r_[np.linspace(0, 12, 7), np.linspace(13, 34, 16), np.linspace(38, 105, 11)])
AZIMUTH = np.linspace(0, 2 * np.pi, 56, endpoint=False)
IRIS, PUPIL = 28.0, 10.0
"""Degrees from the axis."""


def sockets(basis: Basis, points: np.ndarray) -> list[tuple[np.ndarray, float]]:
    """Centre and radius of both eyeballs, from the eye helpers."""
    out = []
    for span in basis.eyes:
        eye = points[span]
        out.append(((eye.max(0) + eye.min(0)) / 2, float(np.ptp(eye[:, 1])) / 2))
    return out


def eyeball(centre: np.ndarray, radius: float, gaze: np.ndarray, iris: np.ndarray, seed: int) -> Mesh:
    """One eye at `centre`, looking along `gaze`."""
    across = unit(np.cross([0, 1, 0.01], gaze))
    up = np.cross(gaze, across)
    round_ = np.cos(AZIMUTH)[None, :, None] * across + np.sin(AZIMUTH)[None, :, None] * up
    ray = np.sin(POLAR)[:, None, None] * round_ + np.cos(POLAR)[:, None, None] * gaze
    degrees = np.degrees(POLAR)[:, None] + 0 * AZIMUTH
    cornea = 1 + 0.045 * np.exp(-((degrees / 22) ** 4))[..., None]
    points, quads = grid_mesh(centre + radius * 0.985 * ray * cornea, wrap=True)
    triangles = np.concatenate([quads[:, [0, 2, 1]], quads[:, [0, 3, 2]]])
    colour = _colour(ray, degrees, iris, seed)
    return Mesh(
        points, triangles, colour.reshape(-1, 3), unit(points - centre), gloss=1.7, rough=0.10, is_eye=True, casts=False
    )


def _colour(ray: np.ndarray, degrees: np.ndarray, iris: np.ndarray, seed: int) -> np.ndarray:
    veins = noise(ray.reshape(-1, 3) * 18, seed, 2).reshape(degrees.shape)[..., None]
    white = np.array([0.60, 0.55, 0.52]) * (1 - np.clip((degrees - 32) / 60, 0, 0.4)[..., None] * np.array([0.5, 1, 1]))
    white = white * (1 - 0.14 * (veins - 0.5) * np.array([0, 1, 1]))
    spokes = np.stack([np.cos(AZIMUTH) * 7, np.sin(AZIMUTH) * 7], 1)[None].repeat(len(POLAR), 0)
    fibres = noise(np.concatenate([spokes, degrees[..., None] * 0.1], -1).reshape(-1, 3), seed + 3, 1).reshape(
        degrees.shape
    )
    shade = 1.3 - 1.0 * np.clip((degrees - IRIS + 9) / 9, 0, 1) + 0.4 * np.exp(-(((degrees - 14) / 4) ** 2))
    disc = iris * ((0.6 + 0.8 * fibres) * shade)[..., None]
    inside = 1 - ramp(degrees, IRIS - 1.5, IRIS + 1.5)[..., None]
    pupil = 1 - ramp(degrees, PUPIL - 0.7, PUPIL + 0.7)[..., None]
    colour = white * (1 - inside) + disc * inside
    return colour * (1 - pupil) + 0.004 * pupil
