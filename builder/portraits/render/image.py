"""From a scene to a picture: light, rasterise, shade, develop.

S supersampled side   v mesh points   t triangles   d light directions
"""

from typing import NamedTuple

import numpy as np

from ..head.basis import Basis
from ..views import Setting
from .backgrounds import background
from .light import DISTANCE, EYE, F, light_hair, light_meshes, make_maps
from .lights import make_lights
from .mesh import NO_CUT, Mesh, Scene, Strands
from .raster import FAR, raster_strands, raster_triangles
from .shade import shade_pixels

HEAD_SHARE = 0.60
"""Height of the bare head in the picture."""
EYE_LINE = 0.43
"""Where the head's middle stands, from the top."""
EXPOSURE = 0.60
CONTRAST, VIGNETTE, GRAIN = 0.22, 0.28, 0.007
"""Of the developed picture: share of an S-curve, loss of light at the corners (x 2), deviation."""


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
    maps = make_maps(scene, lights)
    stack = _stack(scene.meshes, scene.centre)
    lit = light_meshes(scene, basis, lights, maps, setting.fill)
    hair = light_hair(scene, lights, maps)
    side = size * samples
    unit = _unit(scene, scene.strands, side)
    depth, ident = np.full((side, side), FAR, F), np.full((side, side), -1, np.int32)
    first, second = np.zeros((side, side), F), np.zeros((side, side), F)
    seen = _project(stack.points, side, unit)
    raster_triangles(seen, stack.triangles, stack.cuts, stack.is_cut, depth, ident, first, second)
    image = background(setting, side).astype(F)
    material = stack.colour, stack.gloss, stack.rough, lit.reach, lit.sky, stack.hem, stack.cuts
    shape = stack.triangles, stack.points, stack.normals
    shade_pixels(ident, first, second, *shape, lit.light, *material, lights.lamps, lights.lamp_colours, EYE, image)
    for bundle, colour in zip(scene.strands, hair, strict=True):
        screen = _project(bundle.points - scene.centre, side, unit)
        order = np.argsort(screen[:, screen.shape[1] // 2, 2], kind="stable")
        widths = bundle.root_width, bundle.tip_width, unit
        raster_strands(screen[order], colour[order], *widths, depth, image, bundle.depth_bias, bundle.opacity)
    return _develop(image, setting, size, samples)


def _develop(image: np.ndarray, setting: Setting, size: int, samples: int) -> np.ndarray:
    """Filmic tone curve (Narkowicz's fit of ACES), display gamma, a lens that darkens to the corners, grain."""
    x = np.maximum(image, 0) * EXPOSURE
    shown = np.clip((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0, 1) ** (1 / 2.2)
    small = shown.reshape(size, samples, -1).mean(1).reshape(size, size, samples, 3).mean(2)
    small = small + CONTRAST * (small * small * (3 - 2 * small) - small)
    across = (np.arange(size) + 0.5) / size - 0.5
    small = small * (1 - VIGNETTE * (across[:, None] ** 2 + across[None] ** 2))[..., None]
    random = np.random.default_rng([43, setting.seed])
    # Grain is strongest in the middle tones, and only partly the same in the three colours.
    grain = random.normal(0, GRAIN, (size, size, 1)) + random.normal(0, GRAIN / 2, (size, size, 3))
    return (np.clip(small + grain * (0.4 + 2.4 * small * (1 - small)), 0, 1) * 255 + 0.5).astype(np.uint8)
