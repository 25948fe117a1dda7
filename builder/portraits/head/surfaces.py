"""Simple surfaces: grids, tubes and lathes."""

import numpy as np

from ..mathx import unit


def grid_mesh(points: np.ndarray, wrap: bool) -> tuple[np.ndarray, np.ndarray]:
    """A grid (rows, columns, 3) as points (n, 3) and quads; `wrap` joins the last column to the first."""
    rows, columns = points.shape[:2]
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns if wrap else columns - 1), indexing="ij")
    i, j, k = i.ravel(), j.ravel(), (j.ravel() + 1) % columns
    quads = np.stack([i * columns + j, i * columns + k, (i + 1) * columns + k, (i + 1) * columns + j], 1)
    return points.reshape(-1, 3), quads


def tube(
    path: np.ndarray, radius: np.ndarray | float, sides: int = 8, closed: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """A round tube along a path (n, 3), as points and quads."""
    step = np.roll(path, -1, 0) - np.roll(path, 1, 0) if closed else np.gradient(path, axis=0)
    ahead = unit(step)
    a = unit(np.cross(ahead, [0.11, 0.2, 0.97]))
    b = np.cross(ahead, a)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    width = np.broadcast_to(radius, (len(path),))[:, None, None]
    ring = np.cos(angle)[None, :, None] * a[:, None] + np.sin(angle)[None, :, None] * b[:, None]
    grid = path[:, None] + width * ring
    if closed:
        grid = np.concatenate([grid, grid[:1]])
    return grid_mesh(grid, wrap=True)
