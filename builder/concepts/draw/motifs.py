"""What paintings show: landscapes, boats, houses, still lifes; plain coloured shapes for a style to work on."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from .canvas import Array, Canvas, ellipse, noise, shifted, smooth, turned
from .props import GREENS, ROOFS, WALLS, house, pick, ridge, sky, tree

Random = np.random.Generator
Painter = Callable[[Canvas, Random], None]


def hills(c: Canvas, random: Random) -> None:
    """Rolling hills with trees."""
    sky(c, random)
    for k, y in enumerate((0.0, 0.28, 0.58)):
        ridge(c, random, y, 0.10, pick(random, GREENS) * (1.1 - 0.15 * k))
        for _ in range(random.integers(1, 4)):
            tree(c, random, random.uniform(-0.9, 0.9), y + 0.16 + 0.1 * k, 0.5 + 0.35 * k)


def mountains(c: Canvas, random: Random) -> None:
    """Peaks above a lake."""
    sky(c, random)
    for y, h, shade in ((-0.1, 0.38, 0.75), (0.1, 0.26, 0.55)):
        ridge(c, random, y, h, np.array([0.50, 0.54, 0.66]) * shade + 0.12, sharp=True)
    c.polygon([(-1, 0.38), (1, 0.38), (1, 1), (-1, 1)], (0.32, 0.50, 0.62))
    for _ in range(8):
        x, y = random.uniform(-1, 0.7), random.uniform(0.45, 0.95)
        c.polygon(ellipse(x + 0.2, y, random.uniform(0.1, 0.3), 0.012), (0.62, 0.74, 0.80))
    ridge(c, random, 0.92, 0.05, pick(random, GREENS))


def harbour(c: Canvas, random: Random) -> None:
    """Boats on water."""
    sky(c, random, 0.2)
    c.polygon([(-1, 0.1), (1, 0.1), (1, 1), (-1, 1)], (0.20, 0.42, 0.55))
    for _ in range(14):
        c.polygon(
            ellipse(random.uniform(-1, 1), random.uniform(0.15, 1), random.uniform(0.08, 0.25), 0.012),
            (0.45, 0.64, 0.72),
        )
    for s, y in ((0.45, 0.25), (0.7, 0.48), (1.0, 0.75))[: random.integers(1, 4)]:
        x = random.uniform(-0.6, 0.6)
        hull, sail = pick(random, WALLS) * 0.8, np.array([0.95, 0.92, 0.85]) * random.uniform(0.85, 1)
        c.polygon(
            [(x - 0.38 * s, y), (x + 0.38 * s, y), (x + 0.26 * s, y + 0.14 * s), (x - 0.28 * s, y + 0.14 * s)], hull
        )
        c.polygon([(x + 0.02 * s, y - 0.75 * s), (x + 0.32 * s, y - 0.05 * s), (x + 0.02 * s, y - 0.05 * s)], sail)
        c.polygon(
            [(x - 0.02 * s, y - 0.62 * s), (x - 0.26 * s, y - 0.05 * s), (x - 0.02 * s, y - 0.05 * s)], sail * 0.88
        )


def village(c: Canvas, random: Random) -> None:
    """Houses along a road."""
    sky(c, random)
    ridge(c, random, 0.1, 0.12, pick(random, GREENS) * 0.8)
    c.polygon([(-1, 0.35), (1, 0.35), (1, 1), (-1, 1)], pick(random, GREENS))
    c.polygon([(-0.1, 0.35), (0.06, 0.35), (0.55, 1), (-0.6, 1)], (0.78, 0.70, 0.55))
    x = -0.98
    while x < 0.8:
        w = random.uniform(0.26, 0.44)
        house(c, random, x, 0.42 + random.uniform(0, 0.14), w, random.uniform(0.3, 0.55))
        x += w + random.uniform(0.02, 0.25)
    tree(c, random, random.uniform(-0.9, 0.9), 0.85, 1.0)


def fruit(c: Canvas, random: Random) -> None:
    """Fruit and a jug on a table."""
    wall, cloth = (
        pick(random, ((0.45, 0.50, 0.55), (0.62, 0.52, 0.40), (0.30, 0.36, 0.34), (0.72, 0.66, 0.55))),
        pick(random, WALLS),
    )
    c.polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)], wall)
    c.polygon([(-1, 0.3), (1, 0.22), (1, 1), (-1, 1)], cloth)
    x, jug = random.uniform(-0.5, 0.3), pick(random, ((0.25, 0.40, 0.58), (0.75, 0.74, 0.70), (0.50, 0.30, 0.20)))
    body = smooth(
        [
            (-0.12, -0.62),
            (0.12, -0.62),
            (0.1, -0.42),
            (0.27, 0.0),
            (0.2, 0.42),
            (-0.2, 0.42),
            (-0.27, 0.0),
            (-0.1, -0.42),
        ],
        2,
    )
    c.polygon(shifted(body, x, 0.05), jug)
    c.polygon(shifted(body * (0.35, 0.8), x + 0.1, 0.05), jug * 0.75)
    hues = ((0.86, 0.20, 0.14), (0.95, 0.62, 0.14), (0.55, 0.68, 0.20), (0.92, 0.82, 0.30), (0.45, 0.16, 0.32))
    for _ in range(random.integers(4, 8)):
        fx, fy, r = random.uniform(-0.75, 0.75), random.uniform(0.35, 0.7), random.uniform(0.12, 0.18)
        colour = pick(random, hues)
        c.polygon(ellipse(fx + 0.05, fy + r * 0.95, r * 1.2, r * 0.25), cloth * 0.6)
        c.disc(fx, fy, r, colour * 0.82)
        c.disc(fx - r * 0.15, fy - r * 0.15, r * 0.78, colour)
        c.disc(fx - r * 0.35, fy - r * 0.4, r * 0.2, colour * 0.5 + 0.5)


def flowers(c: Canvas, random: Random) -> None:
    """A bunch in a vase."""
    c.polygon(
        [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        pick(random, ((0.55, 0.62, 0.66), (0.80, 0.74, 0.60), (0.36, 0.30, 0.34), (0.70, 0.58, 0.56))),
    )
    c.polygon([(-1, 0.6), (1, 0.6), (1, 1), (-1, 1)], pick(random, WALLS) * 0.8)
    vase = smooth([(-0.16, 0.05), (0.16, 0.05), (0.3, 0.45), (0.2, 0.82), (-0.2, 0.82), (-0.3, 0.45)], 2)
    heads = [(random.uniform(-0.6, 0.6), random.uniform(-0.8, -0.1)) for _ in range(random.integers(6, 11))]
    for x, y in heads:
        c.line([(x, y), (x * 0.3, -0.1), (0, 0.2)], 0.03, (0.25, 0.42, 0.22))
    c.polygon(vase, pick(random, ((0.28, 0.44, 0.62), (0.85, 0.82, 0.76), (0.60, 0.30, 0.22))))
    hues = ((0.88, 0.26, 0.30), (0.96, 0.80, 0.25), (0.93, 0.90, 0.86), (0.62, 0.40, 0.70), (0.95, 0.56, 0.30))
    for x, y in heads:
        colour, r = pick(random, hues), random.uniform(0.1, 0.16)
        for a in range(0, 360, 60):
            c.polygon(
                shifted(turned(ellipse(0, -r * 0.8, r * 0.42, r * 0.7, n=20), a + x * 60), x, y),
                colour * random.uniform(0.85, 1.1),
            )
        c.disc(x, y, r * 0.4, (0.45, 0.28, 0.10))


def cat(c: Canvas, random: Random) -> None:
    """A cat that sits by a window."""
    c.polygon(
        [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        pick(random, ((0.70, 0.62, 0.52), (0.42, 0.46, 0.52), (0.60, 0.66, 0.60))),
    )
    left = random.choice([-0.85, 0.2])
    c.polygon([(left, -0.8), (left + 0.65, -0.8), (left + 0.65, 0.2), (left, 0.2)], (0.70, 0.84, 0.92))
    c.line([(left + 0.325, -0.8), (left + 0.325, 0.2)], 0.03, (0.95, 0.94, 0.9))
    c.polygon([(-1, 0.55), (1, 0.55), (1, 1), (-1, 1)], pick(random, ROOFS))
    fur = pick(random, ((0.15, 0.14, 0.16), (0.82, 0.52, 0.24), (0.60, 0.58, 0.56), (0.92, 0.88, 0.82)))
    x, s = random.uniform(-0.3, 0.3), random.uniform(0.85, 1.1)
    c.line([(x + 0.25 * s, 0.7), (x + 0.55 * s, 0.68), (x + 0.62 * s, 0.4)], 0.1 * s, fur * 0.9)
    c.polygon(ellipse(x, 0.42, 0.3 * s, 0.42 * s), fur)
    for k in (-1, 1):
        c.polygon([(x + k * 0.22 * s, -0.05), (x + k * 0.2 * s, -0.46 * s), (x + k * 0.04 * s, -0.2)], fur)
        c.disc(x + k * 0.09 * s, -0.06, 0.04 * s, (0.85, 0.85, 0.30))
    c.disc(x, -0.04, 0.23 * s, fur)
    for k in (-1, 1):
        c.polygon(ellipse(x + k * 0.09 * s, -0.07, 0.045 * s, 0.05 * s), (0.80, 0.84, 0.32))
        c.polygon(ellipse(x + k * 0.09 * s, -0.07, 0.015 * s, 0.045 * s), (0.05, 0.05, 0.05))
    c.polygon([(x - 0.03, 0.03), (x + 0.03, 0.03), (x, 0.07)], (0.85, 0.5, 0.5))


def street(c: Canvas, random: Random) -> None:
    """A street that runs away between tall houses."""
    sky(c, random)
    vx, vy = random.uniform(-0.2, 0.2), 0.12
    c.polygon([(-1, 1), (1, 1), (vx, vy)], (0.55, 0.52, 0.50))
    for side in (-1, 1):
        edges = [1.0, 0.62, 0.36, 0.18, 0.08]
        for a, b in pairwise(edges):
            wall, h = pick(random, WALLS), random.uniform(0.8, 1.2)
            xa, xb = vx + (side - vx) * a * 1.02, vx + (side - vx) * b
            ya, yb, ta, tb = vy + 0.88 * a, vy + 0.88 * b, vy - h * 1.1 * a, vy - h * 1.1 * b
            c.polygon([(xa, ya), (xb, yb), (xb, tb), (xa, ta)], wall * (0.75 if side < 0 else 1))
            for t in (0.25, 0.5, 0.72):
                for u in (0.3, 0.7):
                    x = xa + (xb - xa) * u
                    y0, y1 = ya + (yb - ya) * u, ta + (tb - ta) * u
                    w, tall = abs(xa - xb) * 0.09, (y0 - y1) * 0.07
                    y = y0 + (y1 - y0) * t
                    c.polygon(
                        [(x - w, y - tall), (x + w, y - tall), (x + w, y + tall), (x - w, y + tall)], (0.28, 0.30, 0.36)
                    )


def lighthouse(c: Canvas, random: Random) -> None:
    """A lighthouse on a rock in the sea."""
    sky(c, random, 0.3)
    c.polygon([(-1, 0.25), (1, 0.25), (1, 1), (-1, 1)], (0.18, 0.36, 0.48))
    for _ in range(12):
        c.polygon(ellipse(random.uniform(-1, 1), random.uniform(0.3, 1), 0.18, 0.015), (0.42, 0.60, 0.68))
    x = random.uniform(-0.5, 0.5)
    c.polygon(
        smooth([(x - 0.5, 0.8), (x - 0.3, 0.4), (x, 0.3), (x + 0.35, 0.42), (x + 0.55, 0.8)], 1), (0.36, 0.32, 0.30)
    )
    stripe = pick(random, ((0.75, 0.18, 0.16), (0.15, 0.25, 0.45), (0.15, 0.15, 0.16)))
    for k in range(5):
        y0, y1 = 0.36 - 0.17 * k, 0.36 - 0.17 * (k + 1)
        w0, w1 = 0.15 - 0.012 * k, 0.15 - 0.012 * (k + 1)
        c.polygon([(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], stripe if k % 2 else (0.94, 0.93, 0.90))
    c.polygon([(x - 0.08, -0.49), (x + 0.08, -0.49), (x + 0.08, -0.62), (x - 0.08, -0.62)], (0.98, 0.88, 0.45))
    c.polygon([(x - 0.11, -0.62), (x, -0.74), (x + 0.11, -0.62)], stripe)


def bust(c: Canvas, random: Random) -> None:
    """Somebody's head and shoulders."""
    c.polygon(
        [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        pick(random, ((0.35, 0.42, 0.40), (0.55, 0.42, 0.34), (0.70, 0.70, 0.62), (0.28, 0.30, 0.42))),
    )
    skin = pick(random, ((0.86, 0.66, 0.54), (0.62, 0.42, 0.30), (0.40, 0.26, 0.18), (0.80, 0.60, 0.44)))
    hair, coat = (
        pick(random, ((0.12, 0.09, 0.08), (0.42, 0.25, 0.14), (0.70, 0.52, 0.28), (0.6, 0.6, 0.6))),
        pick(random, WALLS),
    )
    x, look = random.uniform(-0.15, 0.15), random.uniform(-0.1, 0.1)
    c.polygon(ellipse(x, -0.22, 0.40, 0.50), hair)
    c.polygon(
        smooth(
            [(x - 0.85, 1.2), (x - 0.62, 0.62), (x - 0.2, 0.46), (x + 0.2, 0.46), (x + 0.62, 0.62), (x + 0.85, 1.2)], 2
        ),
        coat,
    )
    c.polygon([(x - 0.13, 0.2), (x + 0.13, 0.2), (x + 0.16, 0.55), (x - 0.16, 0.55)], skin * 0.82)
    c.polygon(ellipse(x, -0.12, 0.31, 0.40), skin)
    c.polygon(ellipse(x + 0.16, -0.08, 0.14, 0.34), skin * 0.86)
    c.polygon(
        smooth([(x - 0.34, -0.2), (x - 0.3, -0.55), (x + 0.3, -0.55), (x + 0.34, -0.2), (x + 0.05, -0.36)], 2), hair
    )
    for k in (-1, 1):
        at = x + look + k * 0.12
        c.polygon(ellipse(at, -0.1, 0.055, 0.03), (0.95, 0.94, 0.9))
        c.disc(at + look * 0.2, -0.1, 0.026, (0.15, 0.12, 0.10))
        c.line([(at - 0.06, -0.18), (at + 0.06, -0.18)], 0.025, hair)
    c.line([(x + look, -0.08), (x + look + 0.04, 0.06), (x + look - 0.02, 0.07)], 0.022, skin * 0.7)
    c.polygon(ellipse(x + look, 0.16, 0.09, 0.025), (0.70, 0.30, 0.28))


MOTIFS: dict[str, Painter] = {
    "hills": hills, "mountain lake": mountains, "harbour": harbour, "village": village, "still life": fruit,
    "flowers": flowers, "cat": cat, "street": street, "lighthouse": lighthouse, "portrait": bust,
}  # fmt: skip
"""Everything that is painted, by the words that name it."""


def motif(name: str, size: int, random: Random) -> Array:
    """(size, size, 3): the motif in plain colours, with a little shade."""
    canvas = Canvas(size, (0.5, 0.5, 0.5))
    MOTIFS[name](canvas, random)
    image = canvas.array()[..., :3]
    return np.clip(image * (1 + 0.05 * noise(random, size, size, size / 12))[..., None], 0, 1)
