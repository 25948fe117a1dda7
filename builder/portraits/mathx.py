"""Small vector helpers that several parts of the renderer share."""

import numpy as np
from numba import njit


def unit(a: np.ndarray) -> np.ndarray:
    """Vectors of length one along the last axis."""
    return a / np.maximum(np.sqrt((a * a).sum(-1, keepdims=True)), 1e-9)


def ramp(x: np.ndarray | float, low: float, high: float) -> np.ndarray:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((np.asarray(x) - low) / (high - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def bell(points: np.ndarray, centre: tuple[float, float, float], wide: float, high: float | None = None) -> np.ndarray:
    """A bump around a rest position, the same on both sides of the face; deep along z."""
    high = wide if high is None else high
    x, y, z = np.abs(points[:, 0]) - centre[0], points[:, 1] - centre[1], points[:, 2] - centre[2]
    return np.exp(-((x / wide) ** 2) - (y / high) ** 2 - (z / (1.6 * wide)) ** 2)


@njit(cache=True)
def rotate(points: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Rows of `points` turned by `matrix` (in plain loops: the same bits whatever BLAS there is)."""
    out = np.empty_like(points)
    for i in range(points.shape[0]):
        for r in range(3):
            out[i, r] = matrix[r, 0] * points[i, 0] + matrix[r, 1] * points[i, 1] + matrix[r, 2] * points[i, 2]
    return out


@njit(cache=True)
def vertex_normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Area-weighted unit normals of a mesh."""
    out = np.zeros_like(points)
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ux, uy, uz = points[b, 0] - points[a, 0], points[b, 1] - points[a, 1], points[b, 2] - points[a, 2]
        vx, vy, vz = points[c, 0] - points[a, 0], points[c, 1] - points[a, 1], points[c, 2] - points[a, 2]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for k in (a, b, c):
            out[k, 0] += nx
            out[k, 1] += ny
            out[k, 2] += nz
    for i in range(out.shape[0]):
        length = max((out[i, 0] ** 2 + out[i, 1] ** 2 + out[i, 2] ** 2) ** 0.5, 1e-12)
        for c in range(3):
            out[i, c] /= length
    return out


@njit(cache=True)
def _cell(x: int, y: int, z: int, seed: int) -> float:
    h = (x * 374761393 + y * 668265263 + z * 2147483647 + seed * 974634777) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFFFF) / 16777215.0


@njit(cache=True)
def noise(points: np.ndarray, seed: int, octaves: int) -> np.ndarray:
    """Value noise in 0..1 at `points` (n, 3); each octave is twice as fine and half as strong."""
    out = np.zeros(points.shape[0])
    total = 0.0
    for o in range(octaves):
        scale, weight = 2.03**o, 0.5**o
        total += weight
        for i in range(points.shape[0]):
            px, py, pz = points[i, 0] * scale, points[i, 1] * scale, points[i, 2] * scale
            x, y, z = int(np.floor(px)), int(np.floor(py)), int(np.floor(pz))
            u, v, w = px - x, py - y, pz - z
            u, v, w = u * u * (3 - 2 * u), v * v * (3 - 2 * v), w * w * (3 - 2 * w)
            value = 0.0
            for a in range(2):
                for b in range(2):
                    for c in range(2):
                        part = (u if a else 1 - u) * (v if b else 1 - v) * (w if c else 1 - w)
                        value += part * _cell(x + a, y + b, z + c, seed + o)
            out[i] += weight * value
    return out / total
