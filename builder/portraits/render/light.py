"""How much light reaches meshes and hair: depth maps from every light, then gathering at points.

v mesh points   d light directions
"""

from typing import NamedTuple

import numpy as np

from ..head.basis import Basis
from ..mathx import vertex_normals
from .lights import COUNTS, DOME, FILL, FLOOR, KEY, RIM, Lights
from .mesh import Mesh, Scene
from .raster import FAR, light_maps
from .shade import light_grid, light_points, light_strands

DISTANCE = 14.0
"""Camera to head, in units of a decimetre: a short telephoto's place."""
MAP_SIDE, MAP_SPAN = 144, 4.4
"""Pixels and width of the depth maps."""
HAIR_DENSITY = 0.12
BLEEDING = (6, 2, 1)
"""Diffusion steps of red, green and blue light under the skin."""

F = np.float32
EYE = np.array([0.0, 0.0, DISTANCE], F)
"""The camera, seen from the scene's centre."""


class Maps(NamedTuple):
    """What each light direction sees."""

    scale: float
    depth: np.ndarray
    hair_depth: np.ndarray
    hair_count: np.ndarray


class Lit(NamedTuple):
    """Light at mesh points."""

    light: np.ndarray
    """(v, 3) irradiance."""
    reach: np.ndarray
    """(v, 3) share of key, fill and rim that arrives."""
    sky: np.ndarray
    """(v,) share of the dome that is open."""


def _casters(meshes: list[Mesh], centre: np.ndarray, dome: bool) -> tuple[np.ndarray, np.ndarray]:
    """The simpler meshes that cast shadows; cut meshes cast from the triangles that are wholly there."""
    points, triangles, start = [], [], 0
    for mesh in meshes:
        if not mesh.casts:
            continue
        p, t = (mesh.dome_shadow if dome else None) or mesh.shadow or (mesh.points, mesh.triangles)
        if mesh.cuts is not None:
            t = t[(mesh.cuts.min(1)[t] > 0).all(1)]
        points.append(p)
        triangles.append(t + start)
        start += len(p)
    return (np.concatenate(points) - centre).astype(F), np.concatenate(triangles).astype(np.int32)


def make_maps(scene: Scene, lights: Lights) -> Maps:
    """What every light sees of meshes and hair."""
    points, triangles = _casters(scene.meshes, scene.centre, dome=False)
    coarse, coarse_triangles = _casters(scene.meshes, scene.centre, dome=True)
    blockers = [s.points[:, ::2].reshape(-1, 3) for s in scene.strands if s.casts]
    hairs = (np.concatenate(blockers) - scene.centre).astype(F) if blockers else np.zeros((0, 3), F)
    d = len(lights.directions)
    scale = MAP_SIDE / MAP_SPAN
    depth, hair_depth = (np.full((d, MAP_SIDE, MAP_SIDE), FAR, F) for _ in range(2))
    count = np.zeros((d, MAP_SIDE, MAP_SIDE), F)
    fine = lights.groups != DOME
    light_maps(points, triangles, coarse, coarse_triangles, hairs, lights.frames, fine, scale, depth, hair_depth, count)
    return Maps(scale, depth, hair_depth, count)


def light_meshes(scene: Scene, basis: Basis, lights: Lights, maps: Maps, fill: float) -> Lit:
    """Light at all mesh points."""
    parts = [_light_mesh(mesh, scene.centre, basis, lights, maps, fill) for mesh in scene.meshes]
    return Lit(*(np.concatenate(column).astype(F) for column in zip(*parts, strict=True)))


def _light_mesh(mesh: Mesh, centre: np.ndarray, basis: Basis, lights: Lights, maps: Maps, fill: float) -> Lit:
    points, normals = mesh.points, mesh.normals
    if mesh.is_skin and mesh.shadow is not None:
        points, triangles = mesh.shadow
        normals = vertex_normals(points, triangles)
    n = len(points)
    light, reach, sky = np.zeros((n, 3)), np.zeros((n, 3)), np.zeros(n)
    place = (points + 0.012 * normals - centre).astype(F), normals.astype(F), EYE
    rays = lights.directions, lights.colours, lights.groups, lights.frames
    light_points(*place, *rays, *maps, HAIR_DENSITY, np.array(COUNTS[:DOME], float), light, reach, sky)
    if mesh.is_skin:
        light = _bleed(light, basis)
        light, reach, sky = basis.lift @ light, basis.lift @ reach, basis.lift @ sky
    if mesh.two_sided:
        # Light that comes through and around cloth: its inside is never black.
        light = np.maximum(light, (0.35 + 0.4 * sky)[:, None] * fill * FLOOR * 2)
    if mesh.is_eye:
        open_ = np.clip(sky * 1.5 + 0.05, 0, 1)[:, None]
        light = light * 0.72 * open_ + 0.10 * fill * open_
    return Lit(light, reach, sky)


def _bleed(light: np.ndarray, basis: Basis) -> np.ndarray:
    """Light that entered the skin comes out nearby, red the farthest."""
    out = light.astype(F)
    for step in range(max(BLEEDING)):
        for channel, steps in enumerate(BLEEDING):
            if step < steps:
                out[:, channel] = basis.spread @ out[:, channel]
    return out * np.array([0.88, 0.92, 1.0], F) + light * np.array([0.12, 0.08, 0.0])


def light_hair(scene: Scene, lights: Lights, maps: Maps) -> list[np.ndarray]:
    """Lit colour (n, k, 3) of every bundle."""
    if not scene.strands:
        return []
    low = np.min([s.points.min((0, 1)) for s in scene.strands], 0) - scene.centre - 0.05
    high = np.max([s.points.max((0, 1)) for s in scene.strands], 0) - scene.centre + 0.05
    nodes = 26
    step = float((high - low).max()) / (nodes - 1)
    grid = np.zeros((nodes, nodes, nodes, 3), F)
    light_grid(low.astype(F), step, lights.colours, lights.groups, lights.frames, *maps, HAIR_DENSITY, grid)
    # Two directions of the key, one of the fill and one of the rim stand for all.
    first = {group: int(np.argmax(lights.groups == group)) for group in (KEY, FILL, RIM)}
    chosen = np.array([first[KEY], first[KEY] + 3, first[FILL] + 1, first[RIM]])
    total = [lights.colours[lights.groups == group].sum(0) for group in (KEY, FILL, RIM)]
    lamps = np.stack([total[0] / 2, total[0] / 2, total[1], total[2]])
    lit = []
    for bundle in scene.strands:
        points = (bundle.points - scene.centre).astype(F)
        out = np.zeros(points.shape, F)
        look = points, bundle.colour.astype(F), bundle.shine, EYE
        around = low.astype(F), step, grid, lights.directions, lamps, chosen
        light_strands(*look, *around, lights.frames, *maps, HAIR_DENSITY, out)
        lit.append(out)
    return lit
