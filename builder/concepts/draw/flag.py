"""Flags of lands that do not exist: bands, crosses and triangles, with a symbol."""

import random
from typing import NamedTuple

from ....schemas.base import Strict
from .canvas import Array, Canvas, Point, ellipse
from .charges import draw_charge
from .colours import COLOURS, DARK, LIGHT

H = 0.64
"""Half the height of a flag whose half width is 1."""


class Layout(NamedTuple):
    """How a flag is divided."""

    words: str
    """Follows `flag with`; {a}, {b}, {c} are the colours, {a} the ground."""
    parts: tuple[tuple[str, tuple[Point, ...]], ...]
    """Polygons on the ground: colour, points."""
    at: tuple[float, float, float]
    """Where the symbol stands: x, y, half its width."""
    under: str
    """The colour below it."""


def _bar(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _disc(x: float, y: float, r: float) -> tuple[Point, ...]:
    return tuple((float(px), float(py)) for px, py in ellipse(x, y, r, r))


def _zigzag(top: float) -> tuple[Point, ...]:
    teeth = [(-1 + 0.25 * k, top + (0.0 if k % 2 else 0.13)) for k in range(9)]
    return (*teeth, (1, H), (-1, H))


_CROSS = ((-0.52, -H, 0.02, H), (-1, -0.27, 1, 0.27)), ((-0.38, -H, -0.12, H), (-1, -0.13, 1, 0.13))
LAYOUTS: dict[str, Layout] = {
    "three bands": Layout(
        "three horizontal bands of {a}, {b} and {c}",
        (("b", _bar(-1, -H / 3, 1, H / 3)), ("c", _bar(-1, H / 3, 1, H))), (0, 0, 0.18), "b",
    ),
    "three pales": Layout(
        "three vertical bands of {a}, {b} and {c}",
        (("b", _bar(-1 / 3, -H, 1 / 3, H)), ("c", _bar(1 / 3, -H, 1, H))), (0, 0, 0.26), "b",
    ),
    "two bands": Layout(
        "two horizontal bands of {a} and {b}, the upper one wider",
        (("b", _bar(-1, 0.22, 1, H)),), (0, -0.21, 0.31), "a",
    ),
    "nordic cross": Layout(
        "a {b} cross, off centre and edged in {c}, on {a}",
        (*(("c", _bar(*box)) for box in _CROSS[0]), *(("b", _bar(*box)) for box in _CROSS[1])),
        (0.52, -0.43, 0.16), "a",
    ),
    "hoist triangle": Layout(
        "a {b} triangle by the pole and two bands of {a} and {c}",
        (("c", _bar(-1, 0, 1, H)), ("b", ((-1, -H), (-0.05, 0), (-1, H)))), (-0.7, 0, 0.2), "b",
    ),
    "diagonal": Layout(
        "a {b} diagonal band between a {a} corner and a {c} one",
        (("c", ((1, -H), (1, H), (-1, H))), ("b", ((-1, H), (-1, 0.2), (0.6, -H), (1, -H), (1, -0.2), (-0.6, H)))),
        (-0.62, -0.3, 0.22), "a",
    ),
    "canton": Layout(
        "{a} and {b} stripes and a {c} corner by the pole",
        (*(("b", _bar(-1, -H + H * 2 / 7 * k, 1, -H + H * 2 / 7 * (k + 1))) for k in (1, 3, 5)),
         ("c", _bar(-1, -H, -0.16, -H + H * 8 / 7))), (-0.58, -H + H * 4 / 7, 0.25), "c",
    ),
    "saltire": Layout(
        "a {b} diagonal cross on {a} and a {c} disc in the middle",
        (("b", ((-1, -H), (-0.75, -H), (1, 0.46), (1, H), (0.75, H), (-1, -0.46))),
         ("b", ((1, -H), (1, -0.46), (-0.75, H), (-1, H), (-1, 0.46), (0.75, -H))), ("c", _disc(0, 0, 0.34))),
        (0, 0, 0.22), "c",
    ),
    "border": Layout("a {b} field inside a {a} border", (("b", _bar(-0.8, -0.44, 0.8, 0.44)),), (0, 0, 0.32), "b"),
    "disc": Layout("a large {b} disc on {a}", (("b", _disc(-0.1, 0, 0.46)),), (-0.1, 0, 0.27), "b"),
    "quarters": Layout(
        "four quarters of {a} and {b} with a {c} disc in the middle",
        (("b", _bar(0, -H, 1, 0)), ("b", _bar(-1, 0, 0, H)), ("c", _disc(0, 0, 0.36))), (0, 0, 0.23), "c",
    ),
    "wave": Layout(
        "a {a} field above zigzags of {b} and {c}",
        (("b", _zigzag(0.12)), ("c", _zigzag(0.36))), (-0.55, -0.27, 0.24), "a",
    ),
}  # fmt: skip


class Flag(Strict):
    """A design; names of colours are keys of `COLOURS`."""

    layout: str
    a: str
    b: str
    c: str
    charge: str
    ink: str

    def words(self) -> str:
        """What can be seen, as it follows `a`: `flag with three horizontal bands of …, and a white star`."""
        article = "an" if self.ink[0] in "aeiou" else "a"
        layout = LAYOUTS[self.layout].words.format(a=self.a, b=self.b, c=self.c)
        return f"flag with {layout}, and {article} {self.ink} {self.charge}"


def draw_flag(rng: random.Random, layout: str, charge: str) -> Flag:
    """A design with that layout and symbol; colours contrast."""
    dark, light = rng.sample(DARK, 2), rng.sample(LIGHT, 2)
    a, b, c = (dark[0], light[0], dark[1]) if rng.random() < 0.55 else (light[0], dark[0], light[1])
    under = {"a": a, "b": b, "c": c}[LAYOUTS[layout].under]
    inks = LIGHT if under in DARK else DARK
    return Flag(layout=layout, a=a, b=b, c=c, charge=charge, ink=rng.choice([x for x in inks if x not in (a, b, c)]))


def flag_art(design: Flag, size: int) -> Array:
    """(size * H, size, 4): the flag, flat; the pole would stand on the left."""
    layout, names = LAYOUTS[design.layout], {"a": design.a, "b": design.b, "c": design.c}
    canvas = Canvas(size, COLOURS[design.a])
    for colour, points in layout.parts:
        canvas.polygon(points, COLOURS[names[colour]])
    x, y, half = layout.at
    draw_charge(canvas, design.charge, (x, y), half, COLOURS[design.ink], COLOURS[names[layout.under]])
    top = round(size * (1 - H) / 2)
    return canvas.array()[top : top + round(size * H)]
