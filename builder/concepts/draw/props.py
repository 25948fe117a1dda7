"""What several motifs share: skies, ridges, trees, houses."""

from collections.abc import Sequence

import numpy as np

from .canvas import Array, Canvas, Colour, ellipse

Random = np.random.Generator

GREENS = ((0.30, 0.50, 0.24), (0.42, 0.58, 0.28), (0.22, 0.40, 0.26), (0.55, 0.60, 0.30))
WALLS = ((0.85, 0.72, 0.55), (0.80, 0.45, 0.35), (0.90, 0.88, 0.80), (0.62, 0.66, 0.72), (0.86, 0.66, 0.38))
ROOFS = ((0.55, 0.22, 0.16), (0.32, 0.30, 0.34), (0.62, 0.36, 0.20))


def pick(random: Random, colours: Sequence[Colour]) -> Array:
    """One of the colours, a little lighter or darker."""
    return np.clip(np.array(colours[int(random.integers(len(colours)))]) * random.uniform(0.85, 1.12), 0, 1)


def sky(c: Canvas, random: Random, low: float = 1.0) -> None:
    """A sky of some hour, with sun or moon and clouds."""
    pairs = (((0.45, 0.66, 0.88), (0.86, 0.90, 0.90)), ((0.35, 0.30, 0.50), (0.96, 0.66, 0.44)),
             ((0.62, 0.70, 0.76), (0.88, 0.87, 0.82)), ((0.10, 0.14, 0.34), (0.28, 0.38, 0.58)))  # fmt: skip
    k = random.integers(4)
    top, bottom = (np.array(v) for v in pairs[k])
    for y in np.linspace(-1, low, 24):
        c.polygon([(-1, y), (1, y), (1, y + 0.14), (-1, y + 0.14)], top + (bottom - top) * (y + 1) / (low + 1))
    x, y = random.uniform(-0.7, 0.7), random.uniform(-0.75, -0.35)
    c.disc(x, y, random.uniform(0.10, 0.18), (0.98, 0.96, 0.86) if k == 3 else (0.99, 0.86, 0.50))
    for _ in range(random.integers(1, 4)):
        cx, cy = random.uniform(-0.9, 0.9), random.uniform(-0.85, -0.3)
        for _ in range(5):
            c.polygon(
                ellipse(cx + random.uniform(-0.2, 0.2), cy + random.uniform(-0.05, 0.05), 0.16, 0.07), (bottom + 1) / 2
            )


def ridge(c: Canvas, random: Random, y: float, height: float, colour: Array, sharp: bool = False) -> None:
    """Hills, or sharp peaks, from one side to the other."""
    x = np.linspace(-1, 1, 13 if sharp else 60)
    waves = (
        random.uniform(-1, 1, len(x))
        if sharp
        else np.sin(x * random.uniform(1.5, 4) + random.uniform(0, 6)) + 0.4 * np.sin(x * 7)
    )
    c.polygon([*zip(x, y - height * waves, strict=True), (1, 1), (-1, 1)], colour)


def tree(c: Canvas, random: Random, x: float, y: float, s: float) -> None:
    """A tree that stands at (x, y)."""
    c.polygon(
        [(x - 0.03 * s, y), (x + 0.03 * s, y), (x + 0.02 * s, y - 0.3 * s), (x - 0.02 * s, y - 0.3 * s)],
        (0.34, 0.22, 0.14),
    )
    leaf = pick(random, GREENS)
    if random.random() < 0.35:
        c.polygon([(x - 0.14 * s, y - 0.12 * s), (x, y - 0.75 * s), (x + 0.14 * s, y - 0.12 * s)], leaf * 0.8)
        return
    for _ in range(5):
        c.disc(
            x + random.uniform(-0.11, 0.11) * s,
            y - (0.42 + random.uniform(-0.1, 0.14)) * s,
            0.14 * s,
            leaf * random.uniform(0.85, 1.15),
        )


def house(c: Canvas, random: Random, x: float, y: float, w: float, h: float) -> None:
    """A house of that width and height, its lower left corner at (x, y)."""
    wall, roof = pick(random, WALLS), pick(random, ROOFS)
    c.polygon([(x, y), (x + w, y), (x + w, y - h), (x, y - h)], wall)
    c.polygon([(x + w * 0.6, y), (x + w, y), (x + w, y - h), (x + w * 0.6, y - h)], wall * 0.82)
    c.polygon([(x - 0.03, y - h), (x + w / 2, y - h - w * 0.55), (x + w + 0.03, y - h)], roof)
    for k in range(2):
        left = x + w * (0.16 + 0.42 * k)
        c.polygon(
            [(left, y - h * 0.8), (left + w * 0.2, y - h * 0.8), (left + w * 0.2, y - h * 0.5), (left, y - h * 0.5)],
            (0.25, 0.30, 0.40),
        )
    c.polygon(
        [(x + w * 0.38, y), (x + w * 0.58, y), (x + w * 0.58, y - h * 0.36), (x + w * 0.38, y - h * 0.36)], roof * 0.7
    )
