"""From a scene to a picture: light, rasterise, shade, develop.

S supersampled side   v mesh points   t triangles   d light directions
"""

from typing import NamedTuple

import numpy as np

from ..head.basis import Basis
from ..mathx import vertex_normals
from ..views import Setting
from .backgrounds import background
from .lights import COUNTS, DOME, FILL, FLOOR, KEY, RIM, Lights, make_lights
from .mesh import NO_CUT, Mesh, Scene, Strands
from .raster import FAR, light_maps, raster_strands, raster_triangles
from .shade import light_grid, light_points, light_strands, shade_pixels

DISTANCE = 14.0
"""Camera to head, in units of a decimetre: a short telephoto's place."""
HEAD_SHARE = 0.60
"""Height of the bare head in the picture."""
EYE_LINE = 0.43
"""Where the head's middle stands, from the top."""
MAP_SIDE, MAP_SPAN = 144, 4.4
"""Pixels and width of the depth maps."""
HAIR_DENSITY = 0.12
EXPOSURE = 0.60
RED, GREEN, BLUE = range(3)
BLEEDING = (6, 2, 1)
"""Diffusion steps of red, green and blue light under the skin."""

F = np.float32


class Stack(NamedTuple):
    """All meshes as one."""

    points: np.ndarray
    normals: np.ndarray
    triangles: np.ndarray
    colour: np.ndarray
    gloss: np.ndarray
    rough: np.ndarray
    cuts: np.ndarray
    hem: np.ndarray
    is_cut: np.ndarray


class Maps(NamedTuple):
    """What each light direction sees."""

    scale: float
    depth: np.ndarray
    hair_depth: np.ndarray
    hair_count: np.ndarray


def _each(mesh: Mesh, value: np.ndarray | float) -> np.ndarray:
    """One value for each point."""
    return np.broadcast_to(np.asarray(value, F), (len(mesh.points),))


def _stack(meshes: list[Mesh], centre: np.ndarray) -> Stack:
    offsets = np.cumsum([0, *(len(m.points) for m in meshes)])
    cuts = [m.cuts if m.cuts is not None else np.full((len(m.points), 3), NO_CUT) for m in meshes]
    return Stack(
        np.concatenate([m.points for m in meshes]).astype(F) - centre.astype(F),
        np.concatenate([m.normals for m in meshes]).astype(F),
        np.concatenate([m.triangles + k for m, k in zip(meshes, offsets, strict=False)]).astype(np.int32),
        np.concatenate([m.colour for m in meshes]).astype(F),
        np.concatenate([_each(m, m.gloss) for m in meshes]),
        np.concatenate([_each(m, m.rough) for m in meshes]),
        np.concatenate(cuts).astype(F),
        np.concatenate([_each(m, m.hem) for m in meshes]),
        np.concatenate([np.full(len(m.triangles), m.cuts is not None) for m in meshes]),
    )


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


def _make_maps(scene: Scene, lights: Lights) -> Maps:
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


def _light_meshes(
    scene: Scene, basis: Basis, lights: Lights, maps: Maps, fill: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Irradiance (v, 3), share of each lamp (v, 3) and open sky (v,) at all mesh points."""
    eye = np.array([0.0, 0.0, DISTANCE], F)
    size_of = np.array(COUNTS[:DOME], float)
    parts = []
    for mesh in scene.meshes:
        if mesh.is_skin and mesh.shadow is not None:
            points, triangles = mesh.shadow
            normals = vertex_normals(points, triangles)
        else:
            points, normals = mesh.points, mesh.normals
        n = len(points)
        light, reach, sky = np.zeros((n, 3)), np.zeros((n, 3)), np.zeros(n)
        light_points(
            (points + 0.012 * normals - scene.centre).astype(F),
            normals.astype(F),
            eye,
            lights.directions,
            lights.colours,
            lights.groups,
            lights.frames,
            maps.scale,
            maps.depth,
            maps.hair_depth,
            maps.hair_count,
            HAIR_DENSITY,
            size_of,
            light,
            reach,
            sky,
        )
        if mesh.is_skin:
            light = _bleed(light, basis)
            light, reach, sky = basis.lift @ light, basis.lift @ reach, basis.lift @ sky
        if mesh.two_sided:
            # Light that comes through and around cloth: its inside is never black.
            light = np.maximum(light, (0.35 + 0.4 * sky)[:, None] * fill * FLOOR * 2)
        if mesh.is_eye:
            open_ = np.clip(sky * 1.5 + 0.05, 0, 1)[:, None]
            light = light * 0.72 * open_ + 0.10 * fill * open_
        parts.append((light, reach, sky))
    light, reach, sky = (np.concatenate(column) for column in zip(*parts, strict=True))
    return light.astype(F), reach.astype(F), sky.astype(F)


def _bleed(light: np.ndarray, basis: Basis) -> np.ndarray:
    """Light that entered the skin comes out nearby, red the farthest."""
    out = light.astype(F)
    for step in range(max(BLEEDING)):
        for channel, steps in enumerate(BLEEDING):
            if step < steps:
                out[:, channel] = basis.spread @ out[:, channel]
    return out * np.array([0.88, 0.92, 1.0], F) + light * np.array([0.12, 0.08, 0.0])


def _light_hair(scene: Scene, lights: Lights, maps: Maps) -> list[np.ndarray]:
    """Lit colour (n, k, 3) of every bundle."""
    if not scene.strands:
        return []
    low = np.min([s.points.min((0, 1)) for s in scene.strands], 0) - scene.centre - 0.05
    high = np.max([s.points.max((0, 1)) for s in scene.strands], 0) - scene.centre + 0.05
    nodes = 26
    step = float((high - low).max()) / (nodes - 1)
    grid = np.zeros((nodes, nodes, nodes, 3), F)
    where = (lights.frames, maps.scale, maps.depth, maps.hair_depth, maps.hair_count)
    light_grid(low.astype(F), step, lights.colours, lights.groups, *where, HAIR_DENSITY, grid)
    # Two directions of the key, one of the fill and one of the rim stand for all.
    first = {group: int(np.argmax(lights.groups == group)) for group in (KEY, FILL, RIM)}
    chosen = np.array([first[KEY], first[KEY] + 3, first[FILL] + 1, first[RIM]])
    total = [lights.colours[lights.groups == group].sum(0) for group in (KEY, FILL, RIM)]
    lamps = np.stack([total[0] / 2, total[0] / 2, total[1], total[2]])
    eye = np.array([0.0, 0.0, DISTANCE], F)
    lit = []
    for bundle in scene.strands:
        points = (bundle.points - scene.centre).astype(F)
        out = np.zeros(points.shape, F)
        light_strands(
            points,
            bundle.colour.astype(F),
            bundle.shine,
            eye,
            low.astype(F),
            step,
            grid,
            lights.directions,
            lamps,
            chosen,
            *where,
            HAIR_DENSITY,
            out,
        )
        lit.append(out)
    return lit


def _project(points: np.ndarray, side: int, unit: float) -> np.ndarray:
    near = DISTANCE / (DISTANCE - points[..., 2])
    x, y = points[..., 0] * near * unit, points[..., 1] * near * unit
    return np.stack([side / 2 + x, side * EYE_LINE - y, points[..., 2]], -1).astype(F)


def _unit(scene: Scene, strands: list[Strands], side: int) -> float:
    """Pixels to the unit: the usual head size, or less where hair or a hat would leave the frame."""
    unit = side * HEAD_SHARE / scene.head_height
    tops = [np.percentile(s.points[..., 1], 99.9) for s in strands if s.casts and len(s.points)]
    tops += [float(m.points[:, 1].max()) for m in scene.meshes]
    top = max(tops) - scene.centre[1]
    return min(unit, side * (EYE_LINE - 0.035) / top)


def render(scene: Scene, basis: Basis, setting: Setting, size: int, samples: int) -> np.ndarray:
    """(size, size, 3) bytes of RGB; each pixel is the mean of samples x samples."""
    lights = make_lights(setting)
    maps = _make_maps(scene, lights)
    stack = _stack(scene.meshes, scene.centre)
    light, reach, sky = _light_meshes(scene, basis, lights, maps, setting.fill)
    lit = _light_hair(scene, lights, maps)
    side = size * samples
    unit = _unit(scene, scene.strands, side)
    depth, ident = np.full((side, side), FAR, F), np.full((side, side), -1, np.int32)
    first, second = np.zeros((side, side), F), np.zeros((side, side), F)
    raster_triangles(
        _project(stack.points, side, unit), stack.triangles, stack.cuts, stack.is_cut, depth, ident, first, second
    )
    image = background(setting, side).astype(F)
    eye = np.array([0.0, 0.0, DISTANCE], F)
    shade_pixels(
        ident,
        first,
        second,
        stack.triangles,
        stack.points,
        stack.normals,
        light,
        stack.colour,
        stack.gloss,
        stack.rough,
        reach,
        sky,
        stack.hem,
        stack.cuts,
        lights.lamps,
        lights.lamp_colours,
        eye,
        image,
    )
    for bundle, colour in zip(scene.strands, lit, strict=True):
        screen = _project(bundle.points - scene.centre, side, unit)
        order = np.argsort(screen[:, screen.shape[1] // 2, 2], kind="stable")
        raster_strands(
            screen[order],
            colour[order],
            bundle.root_width,
            bundle.tip_width,
            unit,
            depth,
            image,
            bundle.depth_bias,
            bundle.opacity,
        )
    return _develop(image, setting, size, samples)


def _develop(image: np.ndarray, setting: Setting, size: int, samples: int) -> np.ndarray:
    """Filmic tone curve (Narkowicz's fit of ACES), display gamma, a little grain."""
    x = np.maximum(image, 0) * EXPOSURE
    shown = np.clip((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0, 1) ** (1 / 2.2)
    small = shown.reshape(size, samples, size, samples, 3).mean((1, 3))
    grain = np.random.default_rng([43, setting.seed]).normal(0, 0.006, (size, size, 1))
    return (np.clip(small + grain, 0, 1) * 255 + 0.5).astype(np.uint8)
