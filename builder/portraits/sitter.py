"""A person posing: everything that no view changes is made once, then each view moves it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.spatial import KDTree

from ...schemas.appearance import Appearance
from .hair.facial import beard, brows, lashes
from .hair.guides import Head, Obstacle
from .hair.strands import scalp_hair
from .head.basis import load
from .head.eyes import eyeball, sockets
from .head.shape import elderliness, generator, person_weights, points
from .head.skin import paint
from .head.subdivide import triangles
from .head.traits import traits
from .mathx import ramp, rotate, unit, vertex_normals
from .render.light import DISTANCE
from .render.mesh import Mesh, Scene, Strands
from .views import Setting
from .wear.accessories import ear_rings, glasses
from .wear.collars import collar
from .wear.coverings import covering
from .wear.garments import drape, dress_up, neckline

Pose = Callable[[np.ndarray, "np.ndarray | float"], np.ndarray]
"""Moves points with the head, each by its weight."""


def rotation(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """Turns a head that faces +z; degrees, signs as in `View`."""
    y, p, r = np.radians([yaw, -pitch, -roll])
    c, s = np.cos, np.sin
    turn = np.array([[c(y), 0, s(y)], [0, 1, 0], [-s(y), 0, c(y)]])
    nod = np.array([[1, 0, 0], [0, c(p), -s(p)], [0, s(p), c(p)]])
    tilt = np.array([[c(r), -s(r), 0], [s(r), c(r), 0], [0, 0, 1]])
    return np.einsum("ij,jk,kl->il", turn, nod, tilt)


class Sitter:
    """One person, ready for any view."""

    def __init__(self, appearance: Appearance) -> None:
        self.appearance, self.traits, self.basis = appearance, traits(appearance), load()
        basis, t = self.basis, self.traits
        self.weights = person_weights(appearance)
        # People differ in height: each is moved so that the head is where the basis' own head is.
        face = points(basis, self.weights)
        at_rest, head = basis.points[basis.head_points], face[basis.head_points]
        self.shift = (at_rest.max(0) + at_rest.min(0) - head.max(0) - head.min(0)) / 2 * np.array([0, 0, 1.0])
        self.shift[1] = at_rest[:, 1].min() - head[:, 1].min()
        self.neutral = face + self.shift
        head = self.neutral[basis.head_points]
        self.low, self.high = head.min(0), head.max(0)
        self.centre = (self.low + self.high) / 2
        self.neck = self.neutral[basis.neck_points].mean(0)
        self.skin = paint(appearance, t, basis)
        mid = basis.skin_mid.matrix @ self.neutral[basis.skin_mid.span]
        mid_normals = vertex_normals(mid, basis.skin_mid.triangles)
        cloth = drape(basis, self.neutral, mid, mid_normals)
        measures = Head(self.centre, float(self.high[1]), float(self.low[2]), float(self.centre[2]), float(self.low[1]))
        self.still = dress_up(appearance, t, cloth) + collar(appearance, t, basis, cloth, mid)
        self.cloth_heads = [
            cloth.head if len(m.points) == len(cloth.points) else np.zeros((len(m.points), 1)) for m in self.still
        ]
        around = np.concatenate([mid, cloth.points[::2]])
        obstacle = Obstacle(KDTree(around), around, np.concatenate([mid_normals, cloth.normals[::2]]))
        hidden = appearance.head_covering == "headscarf"
        self.hair = (
            [] if hidden else scalp_hair(appearance, t, self.neutral, measures, obstacle, generator(appearance, 37))
        )
        self.covering, self.hair = covering(appearance, t, mid, cloth.points, measures, self.hair)
        self.brows = brows(t, self.neutral, generator(appearance, 38))
        self.beard = beard(appearance, t, self.neutral, generator(appearance, 39))
        self.visible = self._visible_skin()

    def _visible_skin(self) -> np.ndarray:
        """Skin triangles that no garment hides, so that none can poke through."""
        rest = self.basis.skin.rest
        hidden = (neckline(self.appearance, rest).min(1) > 0.13) & (rest[:, 1] < 6.0)
        t = self.basis.skin.triangles
        return t[~hidden[t].all(1)]

    def scene(self, setting: Setting) -> Scene:
        """Posed, with the setting's expression."""
        basis, view = self.basis, setting.view
        face = points(basis, self.weights | setting.actions) + self.shift
        turn = rotation(view.yaw, view.pitch, view.roll)

        def pose(p: np.ndarray, weight: np.ndarray | float) -> np.ndarray:
            moved = (
                rotate(np.ascontiguousarray(p.reshape(-1, 3) - self.neck, dtype=np.float64), turn).reshape(p.shape)
                + self.neck
            )
            return p + (moved - p) * weight

        meshes = [self._skin_mesh(face, pose), *self._clothes(pose)]
        eyes = sockets(basis, face)
        for k, (centre, radius) in enumerate(eyes):
            at = pose(centre[None], 1.0)[0]
            gaze = unit(unit(turn[:, 2]) * 0.6 + unit(self.centre + np.array([0, 0, DISTANCE]) - at) * 0.4)
            meshes.append(eyeball(at, radius, gaze, self.traits.eye, self.appearance.face_seed % 9973 + k))
        centres = [centre for centre, _ in eyes]
        worn = glasses(self.appearance, self.traits, basis, face, centres) if self.appearance.glasses != "none" else []
        worn += ear_rings(self.traits, basis, self.neutral) if self.appearance.earrings else []
        meshes += [self._moved(mesh, pose, 1.0) for mesh in worn]
        # A scarf is tied under the chin, so it turns with all that is above.
        scarf = [ramp(mesh.points[:, 1], 5.0, 5.9)[:, None] if falls else 1.0 for mesh, falls in self.covering]
        meshes += [self._moved(worn.mesh, pose, weight) for worn, weight in zip(self.covering, scarf, strict=True)]
        strands = [replace(s, points=pose(s.points, self._fall(s.points))) for s in self.hair]
        facial: list[Strands] = [r.strands(face) for r in (self.brows, self.beard) if r is not None]
        facial.append(lashes(basis, self.traits, face, centres, generator(self.appearance, 40)))
        strands += [replace(s, points=pose(s.points, 1.0)) for s in facial]
        head = pose(face[basis.head_points], 1.0)
        middle = (head.max(0) + head.min(0)) / 2
        centre = middle * np.array([0.6, 0.6, 0.5]) + self.centre * np.array([0.4, 0.4, 0.5])
        return Scene(meshes, strands, centre, float(self.high[1] - self.low[1]))

    @staticmethod
    def _fall(p: np.ndarray) -> np.ndarray:
        """How much hair and scarves turn with the head: wholly on it, not at all on the chest."""
        return ramp(p[..., 1], 5.2, 6.35)[..., None]

    def _skin_mesh(self, face: np.ndarray, pose: Pose) -> Mesh:
        basis, skin = self.basis, self.skin
        fine = basis.skin.matrix @ face[basis.skin.span]
        normals = vertex_normals(fine, basis.skin.triangles)
        smooth = basis.skin.rest[:, 1] > 6.2
        height = 0.006 * (skin.relief - skin.relief.mean()) * (0.4 + elderliness(self.appearance)) * smooth
        fine = pose(fine + normals * height[:, None], basis.skin.head)
        mid = pose(basis.skin_mid.matrix @ face[basis.skin_mid.span], basis.skin_mid.head)
        coarse = pose(face[basis.skin.span], basis.skin_head)
        return Mesh(
            fine,
            self.visible,
            skin.colour,
            vertex_normals(fine, basis.skin.triangles),
            skin.gloss,
            skin.rough,
            is_skin=True,
            shadow=(mid, basis.skin_mid.triangles),
            dome_shadow=(coarse, triangles(basis.skin.quads)),
        )

    def _clothes(self, pose: Pose) -> list[Mesh]:
        return [self._moved(m, pose, w) for m, w in zip(self.still, self.cloth_heads, strict=True)]

    def _moved(self, mesh: Mesh, pose: Pose, weight: np.ndarray | float) -> Mesh:
        at = pose(mesh.points, weight)
        normals = vertex_normals(at, mesh.triangles)
        if mesh.two_sided:
            away = (normals * (self.centre + np.array([0, 0, DISTANCE]) - at)).sum(1) < 0
            normals[away] *= -1
        return replace(mesh, points=at, normals=normals)
