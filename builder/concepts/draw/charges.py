"""Symbols that stand on emblems and flags: polygons in a square from -1 to 1.

A symbol is a list of (points, ink): ink 0 is the symbol's colour, ink 1 the ground's, which cuts holes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .canvas import Array, Canvas, Colour, ellipse, shifted, smooth, turned


class Part(NamedTuple):
    """One polygon of a symbol."""

    points: Array
    ink: int = 0


def _box(left: float, top: float, right: float, bottom: float, ink: int = 0) -> Part:
    return Part(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]), ink)


def _poly(*points: tuple[float, float], ink: int = 0, round_: int = 0) -> Part:
    return Part(smooth(points, round_) if round_ else np.array(points, float), ink)


def _both(*points: tuple[float, float], ink: int = 0, round_: int = 0) -> Part:
    """A shape given by its right half, from the top to the bottom, and mirrored."""
    return _poly(*points, *[(-x, y) for x, y in reversed(points) if x], ink=ink, round_=round_)


def star(points: int, inner: float) -> list[Part]:
    """A star of that many points; `inner` is the depth of its notches."""
    t = np.pi * np.arange(2 * points) / points
    r = np.where(np.arange(2 * points) % 2, inner, 1.0)
    return [Part(np.stack([r * np.sin(t), -r * np.cos(t)], -1))]


def _sun() -> list[Part]:
    rays = [Part(turned([(-0.13, -0.58), (0, -1), (0.13, -0.58)], a)) for a in range(0, 360, 30)]
    return [*rays, Part(ellipse(0, 0, 0.5, 0.5))]


def _crescent() -> list[Part]:
    return [Part(ellipse(0, 0, 0.9, 0.9)), Part(ellipse(0.36, -0.1, 0.74, 0.74), 1)]


def _tower() -> list[Part]:
    merlons = [_box(x, -0.95, x + 0.26, -0.55) for x in (-0.65, -0.13, 0.39)]
    walls = [_box(-0.65, -0.65, 0.65, -0.35), _box(-0.5, -0.4, 0.5, 0.95)]
    door = [Part(ellipse(0, 0.45, 0.2, 0.22), 1), _box(-0.2, 0.45, 0.2, 0.96, 1)]
    return [*merlons, *walls, *door, _box(-0.08, -0.2, 0.08, 0.1, 1)]


def _key() -> list[Part]:
    bow = [Part(ellipse(0, -0.6, 0.4, 0.4)), Part(ellipse(0, -0.6, 0.19, 0.19), 1)]
    return [_box(-0.11, -0.3, 0.11, 1), _box(0, 0.45, 0.42, 0.62), _box(0, 0.78, 0.42, 0.97), *bow]


def _tree() -> list[Part]:
    crowns = [
        Part(ellipse(x, y, r, r)) for x, y, r in ((0, -0.5, 0.5), (-0.42, -0.15, 0.4), (0.42, -0.15, 0.4), (0, 0, 0.42))
    ]
    return [_both((0.12, 0.1), (0.1, 0.7), (0.38, 0.97)), *crowns]


def _pine() -> list[Part]:
    tiers = [_both((0, top), (half, top + 0.72)) for top, half in ((-1, 0.42), (-0.62, 0.6), (-0.15, 0.78))]
    return [_box(-0.11, 0.5, 0.11, 0.98), *tiers]


def _fish() -> list[Part]:
    body = _poly((-0.55, 0), (-0.1, -0.5), (0.6, -0.38), (1, 0), (0.6, 0.38), (-0.1, 0.5), round_=3)
    tail = _poly((-0.45, 0), (-1, -0.48), (-0.82, 0), (-1, 0.48))
    return [
        tail,
        body,
        Part(ellipse(0.58, -0.12, 0.09, 0.09), 1),
        _poly((0.28, -0.36), (0.38, 0), (0.28, 0.36), (0.2, 0), ink=1),
    ]


def _leaf() -> list[Part]:
    blade = _both((0, -1), (0.5, -0.45), (0.62, 0.05), (0.3, 0.5), (0, 0.7), round_=3)
    veins = [_poly((0, y), (0.36, y - 0.27), (0.36, y - 0.2), (0, y + 0.09), ink=1) for y in (-0.25, 0.05, 0.35)]
    return [blade, *veins, *[Part(v.points * (-1, 1), 1) for v in veins], _box(-0.045, -0.6, 0.045, 1)]


def _anchor() -> list[Part]:
    outer, inner = ellipse(0, 0.2, 0.85, 0.75), ellipse(0, 0.08, 0.66, 0.62)
    hook = [Part(outer[outer[:, 1] > 0.2]), Part(inner[inner[:, 1] > 0.05], 1)]
    barbs = [_poly((s * 1.0, 0.25), (s * 0.86, -0.12), (s * 0.5, 0.18)) for s in (-1, 1)]
    ring = [Part(ellipse(0, -0.76, 0.24, 0.24)), Part(ellipse(0, -0.76, 0.11, 0.11), 1)]
    return [*hook, *barbs, _box(-0.1, -0.56, 0.1, 0.93), _box(-0.45, -0.42, 0.45, -0.24), *ring]


def _mountain() -> list[Part]:
    peaks = [_poly((-1, 0.75), (-0.3, -0.7), (0.4, 0.75)), _poly((-0.2, 0.75), (0.45, -0.3), (1, 0.75))]
    snow = [_poly((-0.3, -0.7), (-0.52, -0.24), (-0.36, -0.34), (-0.26, -0.16), (-0.16, -0.34), (-0.07, -0.22), ink=1)]
    return [*peaks, *snow]


def _bird() -> list[Part]:
    body = _poly(
        (-1, -0.05),
        (-0.45, 0.12),
        (0.1, 0.5),
        (0.62, 0.2),
        (0.72, -0.15),
        (0.45, -0.4),
        (0.2, -0.1),
        (-0.3, -0.1),
        round_=3,
    )
    wing = _poly((-0.3, 0.05), (-0.75, -0.9), (0.1, -0.55), (0.35, 0.1), round_=2)
    return [body, wing, _poly((0.66, -0.3), (1, -0.12), (0.66, -0.02)), Part(ellipse(0.5, -0.2, 0.06, 0.06), 1)]


def _wheel() -> list[Part]:
    teeth = [Part(turned([(-0.14, -0.98), (0.14, -0.98), (0.19, -0.7), (-0.19, -0.7)], a)) for a in range(0, 360, 40)]
    rim = [Part(ellipse(0, 0, 0.78, 0.78)), Part(ellipse(0, 0, 0.5, 0.5), 1)]
    spokes = [Part(turned([(-0.08, -0.6), (0.08, -0.6), (0.08, 0), (-0.08, 0)], a)) for a in range(0, 360, 60)]
    return [*teeth, *rim, *spokes, Part(ellipse(0, 0, 0.2, 0.2))]


def _crown() -> list[Part]:
    points = _poly((-0.9, 0.5), (-1, -0.4), (-0.48, 0.05), (0, -0.7), (0.48, 0.05), (1, -0.4), (0.9, 0.5))
    balls = [Part(ellipse(x, y, 0.13, 0.13)) for x, y in ((-0.98, -0.45), (0, -0.78), (0.98, -0.45))]
    return [
        points,
        _box(-0.88, 0.58, 0.88, 0.82),
        *balls,
        *[Part(ellipse(x, 0.3, 0.09, 0.09), 1) for x in (-0.45, 0, 0.45)],
    ]


def _lantern() -> list[Part]:
    glass = [_both((0.42, -0.45), (0.5, 0.6)), _both((0.3, -0.32), (0.36, 0.48), ink=1)]
    flame = _both((0, -0.25), (0.14, 0.1), (0.16, 0.3), (0, 0.42), round_=2)
    ring = [Part(ellipse(0, -0.82, 0.18, 0.18)), Part(ellipse(0, -0.82, 0.09, 0.09), 1)]
    return [*ring, _both((0.16, -0.74), (0.52, -0.45)), *glass, flame, _box(-0.6, 0.6, 0.6, 0.82)]


def _flame() -> list[Part]:
    outer = _poly(
        (0.05, -1),
        (0.25, -0.5),
        (0.62, -0.05),
        (0.6, 0.55),
        (0.15, 0.98),
        (-0.3, 0.95),
        (-0.62, 0.5),
        (-0.55, 0),
        (-0.3, -0.3),
        (-0.1, -0.1),
        round_=3,
    )
    return [
        outer,
        _poly((0.05, 0.05), (0.3, 0.45), (0.2, 0.8), (-0.12, 0.85), (-0.3, 0.6), (-0.15, 0.4), ink=1, round_=3),
    ]


def _book() -> list[Part]:
    page = _poly((0.05, -0.45), (0.5, -0.62), (1, -0.5), (1, 0.5), (0.5, 0.4), (0.05, 0.58))
    lines = [_poly((0.2, y), (0.85, y - 0.1), (0.85, y - 0.02), (0.2, y + 0.08), ink=1) for y in (-0.25, 0, 0.25)]
    right = [page, *lines]
    return [*right, *[Part(p.points * (-1, 1), p.ink) for p in right], _box(-0.04, -0.42, 0.04, 0.7)]


def _tulip() -> list[Part]:
    cup = _poly(
        (-0.5, -0.95),
        (-0.2, -0.6),
        (0, -1),
        (0.2, -0.6),
        (0.5, -0.95),
        (0.55, -0.25),
        (0, 0.15),
        (-0.55, -0.25),
        round_=1,
    )
    leaves = [_poly((0, 0.95), (s * 0.18, 0.3), (s * 0.75, 0.05), (s * 0.5, 0.6), round_=2) for s in (-1, 1)]
    return [cup, _box(-0.06, 0, 0.06, 1), *leaves]


def _arrow() -> list[Part]:
    return [_both((0, -1), (0.6, -0.3), (0.24, -0.3), (0.24, 0.35), (0.5, 0.95), (0, 0.65))]


def _bell() -> list[Part]:
    dome = _both((0.14, -0.85), (0.45, -0.55), (0.5, 0.1), (0.85, 0.6), (0.6, 0.62), round_=2)
    return [Part(ellipse(0, -0.85, 0.16, 0.14)), dome, _box(-0.82, 0.48, 0.82, 0.64), Part(ellipse(0, 0.76, 0.2, 0.2))]


def _ship() -> list[Part]:
    hull = _poly((-0.95, 0.35), (0.95, 0.35), (0.6, 0.85), (-0.6, 0.85))
    sails = [_poly((0.06, -0.95), (0.75, 0.18), (0.06, 0.18)), _poly((-0.06, -0.7), (-0.62, 0.18), (-0.06, 0.18))]
    return [hull, _box(-0.05, -1, 0.05, 0.4), *sails]


CHARGES: dict[str, Callable[[], list[Part]]] = {
    "star": lambda: star(5, 0.4),
    "eight-pointed star": lambda: star(8, 0.5),
    "sun": _sun,
    "crescent": _crescent,
    "tower": _tower,
    "key": _key,
    "oak tree": _tree,
    "pine tree": _pine,
    "fish": _fish,
    "leaf": _leaf,
    "anchor": _anchor,
    "mountain": _mountain,
    "bird": _bird,
    "cogwheel": _wheel,
    "crown": _crown,
    "lantern": _lantern,
    "flame": _flame,
    "open book": _book,
    "tulip": _tulip,
    "arrowhead": _arrow,
    "bell": _bell,
    "sailing boat": _ship,
}
"""Every symbol, by the words that describe it."""


def draw_charge(canvas: Canvas, name: str, at: tuple[float, float], size: float, ink: Colour, ground: Colour) -> None:
    """A symbol of half-width `size` around `at`."""
    for part in CHARGES[name]():
        canvas.polygon(shifted(part.points * size, *at), (ink, ground)[part.ink])
