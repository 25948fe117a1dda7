"""Emblems: a shape, a divided field, a symbol, sometimes a ring of small ones. One design, drawn flat."""

import random
from collections.abc import Sequence

import numpy as np

from ....schemas.base import Strict
from .canvas import Array, Canvas, Colour, Point, ellipse, shifted, turned
from .charges import draw_charge, star
from .colours import COLOURS, DARK, LIGHT

SHAPES = (
    "round",
    "shield",
    "hexagonal",
    "octagonal",
    "diamond-shaped",
    "oval",
    "scalloped",
    "pointed shield",
    "square",
)
FIELDS: dict[str, str] = {
    "plain": "on a {a} field",
    "halved": "on a field of {a} and {b} halves side by side",
    "banded": "on a {a} field with a {b} band across the middle",
    "split": "on a field that is {a} above and {b} below",
    "chevron": "on a {a} field with a {b} chevron",
    "rays": "on a field of {a} and {b} rays",
    "quartered": "on a field of {a} and {b} quarters",
    "barred": "on a field of {a} and {b} stripes",
    "slanted": "on a {a} field with a slanting {b} band",
}
"""How a field is divided, and how that is told."""
RINGS = ("none", "dots", "stars", "rope")


class Emblem(Strict):
    """A design; names of colours are keys of `COLOURS`."""

    shape: str
    field: str
    charge: str
    ring: str
    ground: str
    second: str
    ink: str
    rim: str

    def words(self) -> str:
        """What can be seen, as it follows `a`: `round emblem with a white key on a navy field`."""
        article = "an" if self.ink[0] in "aeiou" else "a"
        field = FIELDS[self.field].format(a=self.ground, b=self.second)
        ring = {"none": "", "dots": ", ringed by dots", "stars": ", ringed by small stars", "rope": ", edged with rope"}
        return f"{self.shape} emblem with {article} {self.ink} {self.charge} {field}{ring[self.ring]}"


def draw_emblem(rng: random.Random, shape: str, field: str, charge: str) -> Emblem:
    """A design with that shape, field and symbol; colours contrast."""
    dark_ground = rng.random() < 0.7
    grounds, inks = (DARK, LIGHT) if dark_ground else (LIGHT, DARK)
    ground, second = rng.sample(grounds, 2)
    rim = rng.choice(
        [c for c in ("yellow", "white", "navy", "black", "crimson", "dark green") if c not in (ground, second)]
    )
    return Emblem(
        shape=shape, field=field, charge=charge, ring=rng.choice(RINGS), ground=ground, second=second,
        ink=rng.choice([c for c in inks if c != rim]), rim=rim,
    )  # fmt: skip


def outline(shape: str) -> Array:
    """The emblem's edge."""
    if shape == "oval":
        return ellipse(0, 0, 0.76, 0.95)
    if shape == "scalloped":
        t = np.linspace(0, 2 * np.pi, 240, endpoint=False)
        return np.stack([np.cos(t), np.sin(t)], -1) * (0.88 + 0.06 * np.abs(np.cos(8 * t)))[:, None]
    if shape in ("hexagonal", "octagonal"):
        n = 6 if shape == "hexagonal" else 8
        t = 2 * np.pi * (np.arange(n) + 0.5) / n
        return np.stack([np.cos(t), np.sin(t)], -1) * 0.97
    if shape == "diamond-shaped":
        return _soft([(0, -1.05), (1.05, 0), (0, 1.05), (-1.05, 0)], 0.2)
    if shape == "square":
        return _soft([(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)], 0.2)
    if shape == "shield":
        curve = [(0.8 * np.cos(a) ** 0.8, 0.05 + 0.92 * np.sin(a)) for a in np.linspace(0, np.pi / 2 - 0.02, 20)]
        return np.array([(-0.8, -0.85), (0.8, -0.85), *curve, (0, 0.97), *[(-x, y) for x, y in reversed(curve)]])
    if shape == "pointed shield":
        side: list[Point] = [(0.45, -0.78), (0.85, -0.9), (0.78, -0.2), (0.82, 0.25), (0.5, 0.65), (0, 0.98)]
        return np.array([(0, -0.92), *side, *[(-x, y) for x, y in reversed(side[:-1])]])
    return ellipse(0, 0, 0.95, 0.95, n=120)


def _soft(points: Sequence[Point], cut: float) -> Array:
    """A polygon with rounded corners: the last `cut` of each side is a curve."""
    p, out = np.array(points, float), []
    for k in range(len(p)):
        before, here, after = p[k - 1], p[k], p[(k + 1) % len(p)]
        for t in np.linspace(0, 1, 8):
            a, b = here + (before - here) * cut, here + (after - here) * cut
            out.append((1 - t) ** 2 * a + 2 * t * (1 - t) * here + t**2 * b)
    return np.array(out)


def emblem_art(design: Emblem, size: int) -> Array:
    """(size, size, 4): the design, flat."""
    edge = outline(design.shape) * 0.97
    ground, second, ink, rim = (COLOURS[c] for c in (design.ground, design.second, design.ink, design.rim))
    canvas, field, mask = Canvas(size), Canvas(size, ground), Canvas(size)
    canvas.polygon(edge, rim)
    canvas.polygon(edge * 0.955, ink if design.ring != "rope" else rim)
    _divide(field, design.field, second)
    busy = design.field not in ("plain", "split", "halved")
    if busy:  # a plain roundel under the symbol keeps it legible
        field.disc(0, 0, 0.56, ground)
    draw_charge(field, design.charge, (0, 0.02), 0.44 if design.ring != "none" or busy else 0.54, ink, ground)
    inner = edge * (0.90 if design.ring != "rope" else 0.86)
    _ring(field, design.ring, inner, ink, rim)
    mask.polygon(inner, (1, 1, 1))
    canvas.paste(field, mask)
    if design.ring == "rope":
        _rope(canvas, edge * 0.915, ink, rim)
    return canvas.array()


def _divide(field: Canvas, kind: str, second: Colour) -> None:
    if kind in ("halved", "quartered"):
        field.polygon([(0, -1), (1, -1), (1, 0), (0, 0)], second)
        side = -1 if kind == "quartered" else 1
        field.polygon([(0, 0), (side, 0), (side, 1), (0, 1)], second)
    elif kind == "banded":
        field.polygon([(-1, -0.3), (1, -0.3), (1, 0.3), (-1, 0.3)], second)
    elif kind == "split":
        field.polygon([(-1, 0.12), (1, 0.12), (1, 1), (-1, 1)], second)
    elif kind == "chevron":
        field.polygon([(-1, 0.55), (0, -0.45), (1, 0.55), (1, 1.0), (0, 0.0), (-1, 1.0)], second)
    elif kind == "rays":
        for k in range(0, 16, 2):
            a, b = np.pi * (k - 0.5) / 8, np.pi * (k + 0.5) / 8
            field.polygon([(0, 0), (2 * np.cos(a), 2 * np.sin(a)), (2 * np.cos(b), 2 * np.sin(b))], second)
    elif kind == "barred":
        for k in range(4):
            top = -0.857 + 0.571 * k - 0.143
            field.polygon([(-1, top), (1, top), (1, top + 0.2857), (-1, top + 0.2857)], second)
    elif kind == "slanted":
        field.polygon([(-1, -1), (-0.45, -1), (1, 0.45), (1, 1), (0.45, 1), (-1, -0.45)], second)


def _ring(field: Canvas, ring: str, inner: Array, ink: Colour, rim: Colour) -> None:
    if ring not in ("dots", "stars"):
        return
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(inner, axis=0, append=inner[:1]), axis=1))])
    closed = np.concatenate([inner, inner[:1]])
    n = 24 if ring == "dots" else 14
    for k in range(n):
        s = steps[-1] * (k + 0.5) / n
        x, y = (float(np.interp(s, steps, closed[:, c])) * 0.86 for c in (0, 1))
        if ring == "dots":
            field.disc(x, y, 0.035, ink)
        else:
            field.polygon(shifted(star(5, 0.42)[0].points * 0.075, x, y), ink)


def _rope(canvas: Canvas, path: Array, ink: Colour, rim: Colour) -> None:
    closed = np.concatenate([path, path[:1]])
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    for k in range(64):
        s = steps[-1] * k / 64
        x, y = (float(np.interp(s, steps, closed[:, c])) for c in (0, 1))
        angle = float(np.degrees(np.arctan2(y, x))) + 50
        canvas.polygon(shifted(turned(ellipse(0, 0, 0.052, 0.022, n=20), angle), x, y), ink)
