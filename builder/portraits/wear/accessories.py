"""Glasses and ear-rings."""

import numpy as np

from ....schemas.appearance import Appearance
from ..head.basis import Basis
from ..head.subdivide import triangles
from ..head.surfaces import grid_mesh, tube
from ..head.traits import Traits
from ..mathx import vertex_normals
from ..render.mesh import Mesh

FRAMES = {"round": (2.0, 0.215, 0.205), "oval": (2.3, 0.245, 0.170), "rectangular": (4.0, 0.255, 0.170)}
"""Roundness of the superellipse, half width, half height."""


def solid(points: np.ndarray, quads: np.ndarray, colour: np.ndarray, gloss: float, rough: float) -> Mesh:
    """A mesh of one colour."""
    corners = triangles(quads).astype(np.int32)
    return Mesh(points, corners, np.repeat(colour[None], len(points), 0), vertex_normals(points, corners), gloss, rough)


def landmark(basis: Basis, coarse: np.ndarray, rest: tuple[float, float, float]) -> np.ndarray:
    """Where the head's coarse point nearest to a rest position is on this person."""
    head = basis.head_points
    return coarse[head[np.argmin(((basis.points[head] - np.array(rest)) ** 2).sum(1))]]


def glasses(appearance: Appearance, t: Traits, basis: Basis, coarse: np.ndarray, eyes: list[np.ndarray]) -> list[Mesh]:
    """Frames that sit on the nose bridge, in front of both eyes."""
    power, half_w, half_h = FRAMES[appearance.glasses]
    bridge = landmark(basis, coarse, (0, 7.25, 1.52))[2] + 0.045
    thick = max(t.frame_width, 0.009)
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    meshes = []
    for eye in eyes:
        side = np.sign(eye[0])
        x = eye[0] + side * 0.02 + half_w * np.sign(cos) * np.abs(cos) ** (2 / power)
        y = eye[1] - 0.02 + half_h * np.sign(sin) * np.abs(sin) ** (2 / power)
        rim = np.stack([x, y, bridge - 0.28 * x**2], 1)
        meshes.append(solid(*tube(rim, thick, 8, closed=True), t.frame, 0.9, 0.3))
        ear = landmark(basis, coarse, (side * 0.76, 7.33, 0.52))
        hinge = eye[0] + side * (0.02 + half_w)
        z = bridge - 0.28 * hinge**2
        stops = np.array(
            [
                [hinge, eye[1] + 0.06, z],
                [hinge + side * 0.03, eye[1] + 0.07, z - 0.10],
                [max(abs(ear[0]), abs(hinge) + 0.03) * side, ear[1] + 0.03, ear[2] + 0.15],
                [ear[0], ear[1] - 0.02, ear[2] - 0.05],
            ]
        )
        # A scarf hides the arms but for their beginning.
        u = np.linspace(0, 1.2 if appearance.head_covering == "headscarf" else 3, 14)
        arm = np.stack([np.interp(u, range(4), stops[:, k]) for k in range(3)], 1)
        meshes.append(solid(*tube(arm, thick * 0.9, 6), t.frame, 0.9, 0.3))
    gap = (min(abs(eyes[0][0]), abs(eyes[1][0])) + 0.02 - half_w) * 1.02
    u = np.linspace(-1, 1, 12)
    nose = np.stack(
        [u * gap, eyes[0][1] + 0.02 + 0.035 * (1 - u * u), bridge - 0.28 * (u * gap) ** 2 + 0.015 * (1 - u * u)], 1
    )
    return [*meshes, solid(*tube(nose, thick * 0.9, 6), t.frame, 0.9, 0.3)]


def ear_rings(t: Traits, basis: Basis, coarse: np.ndarray) -> list[Mesh]:
    """Small hoops or studs."""
    meshes, angle = [], np.linspace(0, 2 * np.pi, 24, endpoint=False)
    for side in (-1, 1):
        lobe = landmark(basis, coarse, (side * 0.775, 6.88, 0.53)) + np.array([side * 0.01, -0.02, 0.02])
        if t.mirrored:
            hoop = np.stack(
                [0 * angle + lobe[0], lobe[1] - 0.08 + 0.08 * np.cos(angle), lobe[2] + 0.08 * np.sin(angle)], 1
            )
            meshes.append(solid(*tube(hoop, 0.011, 6, closed=True), t.metal, 1.5, 0.2))
        else:
            polar = np.linspace(0.01, 3.13, 10)[:, None]
            ball = np.stack(
                [np.sin(polar) * np.cos(angle), np.cos(polar) + 0 * angle, np.sin(polar) * np.sin(angle)], -1
            )
            points, quads = grid_mesh(lobe + 0.03 * ball, wrap=True)
            meshes.append(solid(points, quads[:, ::-1], t.metal, 1.5, 0.2))
    return meshes
