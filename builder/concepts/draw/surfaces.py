"""What a thing is printed on, sewn to or hung before: textures of wood, cloth, stone, sky."""

from collections.abc import Callable

import numpy as np

from .canvas import Array, blur, noise

Random = np.random.Generator


def flat(size: int, colour: tuple[float, float, float] | Array) -> Array:
    """One colour."""
    return np.ones((size, size, 3), np.float32) * np.asarray(colour, np.float32)


def grid(size: int) -> tuple[Array, Array]:
    """x and y of every pixel, 0 to 1."""
    line = (np.arange(size, dtype=np.float32) + 0.5) / size
    return np.broadcast_to(line[None, :], (size, size)), np.broadcast_to(line[:, None], (size, size))


def falloff(size: int, random: Random, strength: float = 0.35) -> Array:
    """(size, size, 1): light that comes from one side and fades to the other."""
    x, y = grid(size)
    angle = random.uniform(0, 2 * np.pi)
    slope = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    return (1 + strength * random.uniform(0.4, 1.2) * slope)[..., None]


def paper(size: int, random: Random) -> Array:
    """White to cream, with fibres."""
    tone = np.array([(0.95, 0.94, 0.92), (0.93, 0.89, 0.80), (0.87, 0.84, 0.78), (0.90, 0.92, 0.93)])[
        random.integers(4)
    ]
    fibres = 0.012 * noise(random, size, size, 0.7) + 0.015 * noise(random, size, size, size / 12)
    return flat(size, tone) + fibres[..., None]


def cloth(size: int, random: Random) -> Array:
    """Woven: fine crossing threads in a muted colour."""
    tones = [
        (0.20, 0.27, 0.42),
        (0.30, 0.30, 0.31),
        (0.45, 0.40, 0.31),
        (0.22, 0.30, 0.24),
        (0.42, 0.20, 0.20),
        (0.75, 0.71, 0.63),
    ]
    x, y = grid(size)
    n = size / random.uniform(2.6, 4.2)
    weave = 0.10 * np.sin(2 * np.pi * n * x) * np.sin(2 * np.pi * n * y) + 0.05 * noise(random, size, size, 0.8)
    folds = 0.14 * noise(random, size, size, size / 7)
    return flat(size, tones[random.integers(len(tones))]) * (1 + weave + folds)[..., None]


def wood(size: int, random: Random) -> Array:
    """Boards with grain."""
    tones = [(0.52, 0.35, 0.21), (0.35, 0.22, 0.14), (0.68, 0.53, 0.36), (0.45, 0.41, 0.37)]
    _, y = grid(size)
    boards = random.integers(2, 5)
    board = np.floor(y * boards).astype(int)
    wobble = blur(random.normal(0, 1, (size, size)).astype(np.float32), size / 14)
    rings = np.sin(2 * np.pi * (y * 26 + 14 * wobble / max(float(wobble.std()), 1e-6) * 0.06 + board * 0.37))
    grain = noise(random, size, 8, 0.4).repeat(-(-size // 8), 1)[:, :size]
    shade = random.uniform(0.85, 1.12, boards)[board] + 0.06 * rings + 0.03 * blur(grain, 0.8)
    gap = (np.abs(y * boards - np.round(y * boards)) < 0.012 * boards / 2) & (np.round(y * boards) % boards != 0)
    image = flat(size, tones[random.integers(len(tones))]) * np.where(gap, 0.35, shade)[..., None]
    return image if random.random() < 0.5 else image.transpose(1, 0, 2)


def brick(size: int, random: Random) -> Array:
    """A brick wall, bare or whitewashed."""
    x, y = grid(size)
    rows = random.integers(9, 15)
    row = np.floor(y * rows)
    across = x * rows / 2.4 + 0.5 * (row % 2)
    seam = (np.abs(y * rows - np.round(y * rows)) < 0.07) | (np.abs(across - np.round(across)) < 0.035)
    tone = random.uniform(0.8, 1.15, (rows + 1, rows + 1))[row.astype(int), np.floor(across).astype(int) % (rows + 1)]
    colour = [(0.58, 0.30, 0.22), (0.46, 0.27, 0.22), (0.86, 0.84, 0.80), (0.62, 0.56, 0.50)][random.integers(4)]
    body = flat(size, colour) * (tone + 0.08 * noise(random, size, size, 1.0))[..., None]
    mortar = flat(size, np.array(colour) * 0.35 + 0.40)
    return body + (mortar - body) * blur(seam.astype(np.float32), 0.6)[..., None]


def plaster(size: int, random: Random) -> Array:
    """A painted wall with stains and a few cracks."""
    tones = [(0.80, 0.78, 0.72), (0.73, 0.62, 0.50), (0.62, 0.70, 0.70), (0.78, 0.70, 0.45), (0.66, 0.66, 0.68)]
    stains = 0.07 * noise(random, size, size, size / 9) + 0.05 * noise(random, size, size, 1.2)
    crack = np.abs(noise(random, size, size, size / 18)) < 0.02
    crack &= noise(random, size, size, size / 6) > 0.6
    shade = 1 + stains - 0.3 * blur(crack.astype(np.float32), 0.7)
    return flat(size, tones[random.integers(len(tones))]) * shade[..., None]


def stone(size: int, random: Random) -> Array:
    """Sandstone, granite or slate."""
    tones = [(0.72, 0.63, 0.48), (0.58, 0.58, 0.58), (0.40, 0.43, 0.46), (0.80, 0.77, 0.72)]
    speckle = 0.07 * noise(random, size, size, 0.8) + 0.06 * noise(random, size, size, size / 16)
    return flat(size, tones[random.integers(len(tones))]) * (1 + speckle)[..., None]


def sky(size: int, random: Random) -> Array:
    """Clear, cloudy, evening or overcast."""
    x, y = grid(size)
    pairs = [((0.25, 0.48, 0.80), (0.72, 0.84, 0.94)), ((0.52, 0.60, 0.68), (0.80, 0.83, 0.85)),
             ((0.24, 0.25, 0.45), (0.95, 0.62, 0.42)), ((0.10, 0.30, 0.58), (0.50, 0.72, 0.88))]  # fmt: skip
    top, low = (np.array(c) for c in pairs[random.integers(4)])
    image = top + (low - top) * y[..., None]
    cloud = (
        noise(random, size, size, size / 14) * 0.7
        + noise(random, size, size, size / 30) * 0.4
        + random.uniform(-1.4, 0.4)
    )
    cover = np.clip(cloud, 0, 1)[..., None] * random.uniform(0.3, 0.9)
    image = image + (np.array([0.97, 0.95, 0.93]) * (0.75 + 0.25 * low) - image) * cover
    if random.random() < 0.5:  # roofs or hills below
        ridge = 0.86 + 0.05 * np.sin(2 * np.pi * (x * random.uniform(0.6, 1.6) + random.random()))
        land = np.array([(0.16, 0.24, 0.16), (0.25, 0.24, 0.26), (0.30, 0.27, 0.20)][random.integers(3)])
        image = np.where((y > ridge)[..., None], land * (1 + 0.1 * noise(random, size, size, 2))[..., None], image)
    return image.astype(np.float32)


def board(size: int, random: Random) -> Array:
    """A blackboard that has been wiped."""
    tone = [(0.13, 0.22, 0.18), (0.12, 0.13, 0.14)][random.integers(2)]
    smear = 0.03 * noise(random, size, size, size / 10) + 0.012 * noise(random, size, size, 1)
    return flat(size, tone) + smear[..., None]


def room(size: int, random: Random) -> Array:
    """Indoors and out of focus."""
    x, y = grid(size)
    wall = np.array(
        [(0.62, 0.58, 0.52), (0.45, 0.50, 0.55), (0.70, 0.66, 0.60), (0.38, 0.33, 0.30)][random.integers(4)]
    )
    image = flat(size, wall)
    for _ in range(6):
        w, h, left, top = (
            random.uniform(0.1, 0.4),
            random.uniform(0.1, 0.5),
            random.uniform(-0.1, 0.9),
            random.uniform(-0.1, 0.8),
        )
        inside = (x > left) & (x < left + w) & (y > top) & (y < top + h)
        image = np.where(inside[..., None], random.uniform(0.15, 0.8, 3) * 0.5 + wall * 0.4, image)
    table = np.array([(0.42, 0.28, 0.18), (0.24, 0.17, 0.13), (0.60, 0.55, 0.50)][random.integers(3)])
    image = np.where((y > random.uniform(0.72, 0.8))[..., None], table, image)
    return blur(image, size / 40) * falloff(size, random)


SURFACES: dict[str, Callable[[int, Random], Array]] = {
    "paper": paper,
    "cloth": cloth,
    "wood": wood,
    "brick": brick,
    "plaster": plaster,
    "stone": stone,
}
"""What something can lie on or be fixed to."""


def any_surface(size: int, random: Random, *names: str) -> tuple[Array, str]:
    """One of them, lit from a side, and its name."""
    name = str(random.choice(names or list(SURFACES)))
    return SURFACES[name](size, random) * falloff(size, random), name
