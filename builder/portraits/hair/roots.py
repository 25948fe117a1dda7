"""Fixed places on the mesh from which hair, brows and beards grow. The same for everybody; each person uses some."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from ..head.basis import Basis, load
from ..head.regions import ear_area
from ..head.subdivide import triangles
from ..mathx import unit

SCALP, FACE, GUIDES = 42_000, 60_000, 620
MIDDLE = np.array([0.0, 7.4, 0.5])
"""Of the head at rest."""


class Roots(NamedTuple):
    """n places on coarse triangles."""

    corners: np.ndarray
    """(n, 3) coarse points."""
    weights: np.ndarray
    """(n, 3) barycentric."""
    rest: np.ndarray
    """(n, 3) at rest."""

    def take(self, chosen: np.ndarray) -> "Roots":
        """Some of the places."""
        return Roots(self.corners[chosen], self.weights[chosen], self.rest[chosen])

    def place(self, points: np.ndarray) -> np.ndarray:
        """Positions (n, 3) on a deformed mesh."""
        return (points[self.corners] * self.weights[:, :, None]).sum(1)

    def normals(self, points: np.ndarray) -> np.ndarray:
        """Flat normals (n, 3) of the deformed mesh."""
        a, b, c = (points[self.corners[:, k]] for k in range(3))
        return unit(np.cross(b - a, c - a))


class Fields(NamedTuple):
    """All root places, and how scalp roots relate to the guides among them."""

    scalp: Roots
    guides: np.ndarray
    """Scalp roots on which guide hairs grow."""
    near: np.ndarray
    """(n, 8): the nearest guides of each scalp root, as places in `guides`."""
    distance: np.ndarray
    """(n, 8)"""
    face: Roots


def _sample(basis: Basis, corners: np.ndarray, chosen: np.ndarray, n: int, random: np.random.Generator) -> Roots:
    t = corners[chosen]
    a, b, c = (basis.points[t[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    pick = random.choice(len(t), n, p=area / area.sum())
    uv = random.random((n, 2))
    over = uv.sum(1) > 1
    uv[over] = 1 - uv[over]
    weights = np.stack([1 - uv.sum(1), uv[:, 0], uv[:, 1]], 1)
    roots = Roots(t[pick], weights, np.zeros((n, 3)))
    return roots._replace(rest=roots.place(basis.points))


def _spread_out(points: np.ndarray, n: int) -> np.ndarray:
    """Farthest-point sampling: n places, evenly far apart."""
    chosen, distance = [0], np.full(len(points), np.inf)
    for _ in range(n - 1):
        distance = np.minimum(distance, ((points - points[chosen[-1]]) ** 2).sum(1))
        chosen.append(int(np.argmax(distance)))
    return np.array(chosen)


@lru_cache(maxsize=1)
def fields() -> Fields:
    """All roots on the basis."""
    basis = load()
    random = np.random.default_rng(12345)
    corners = triangles(basis.skin.quads) + basis.skin.span.start
    a, b, c = (basis.points[corners[:, k]] for k in range(3))
    middle, normal = (a + b + c) / 3, np.cross(b - a, c - a)
    outward = (normal * (middle - MIDDLE)).sum(1) > 0
    angle = np.degrees(np.arctan2(np.abs(middle[:, 0]), middle[:, 2] - 0.5))
    floor = np.interp(angle, [0, 40, 58, 66, 80, 100, 112, 180], [7.8, 7.7, 7.3, 6.95, 7.1, 6.9, 6.6, 6.5])
    bare = ear_area(middle)
    scalp = _sample(basis, corners, outward & ~bare & (middle[:, 1] > floor), SCALP, random)
    face = _sample(
        basis,
        corners,
        outward & ~bare & (middle[:, 1] > 5.9) & (middle[:, 2] > 0.5) & (middle[:, 1] < 7.8),
        FACE,
        random,
    )
    guides = _spread_out(scalp.rest[:6000], GUIDES)
    distance, near = KDTree(scalp.rest[guides]).query(scalp.rest, k=8)
    return Fields(scalp, guides, np.asarray(near), np.asarray(distance), face)
