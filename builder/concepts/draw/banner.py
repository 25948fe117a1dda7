"""Cloth: flags that wave, hang, lie in folds, stand on a table, or run along a string."""

import numpy as np
from scipy.ndimage import map_coordinates

from .canvas import Array, blur, noise
from .lay import over, shadow
from .surfaces import any_surface, falloff, grid, room, sky

Random = np.random.Generator


def bent(art: Array, size: int, left: float, top: float, width: float, shift: Array, squeeze: Array) -> Array:
    """(size, size, 4): the art `width` wide at (left, top), moved down by `shift`, squeezed across by `squeeze`.

    `shift` and `squeeze` are (size, size) fields over the picture, in units of the picture's side.
    """
    h, w = art.shape[:2]
    x, y = grid(size)
    u = (x - left + squeeze) / width
    v = (y - top - shift) / (width * h / w)
    at = np.stack([v * h - 0.5, u * w - 0.5])
    out = np.stack([map_coordinates(art[..., c], at, order=1, mode="nearest") for c in range(4)], -1)
    inside = np.clip(np.minimum.reduce([u * w, (1 - u) * w, v * h, (1 - v) * h]) + 0.5, 0, 1)
    out[..., 3] *= inside
    return out.astype(np.float32)


def _weave(cloth: Array, shade: Array, random: Random) -> Array:
    size = len(cloth)
    fine = 1 + 0.025 * noise(random, size, size, 0.6)
    return np.concatenate([cloth[..., :3] * (shade * fine)[..., None], cloth[..., 3:]], -1)


def waving(art: Array, size: int, random: Random) -> Array:
    """In the wind, on a pole, before the sky."""
    x, y = grid(size)
    width, left = random.uniform(0.66, 0.82), random.uniform(0.08, 0.14)
    high = width * art.shape[0] / art.shape[1]
    top = random.uniform(0.08, max(0.09, 0.8 - high))
    run = np.clip((x - left) / width, 0, 1.2)
    waves, phase, slant = random.uniform(0.9, 2.1), random.uniform(0, 2 * np.pi), random.uniform(-0.6, 0.6)
    angle = 2 * np.pi * (waves * run + slant * (y - top)) + phase
    swing = random.uniform(0.025, 0.05) * run**0.7
    shift = swing * np.sin(angle) + random.uniform(-0.03, 0.12) * run**2 * high
    shade = 1 + np.minimum(1, 3 * run) * random.uniform(0.25, 0.42) * np.cos(angle + 0.6)
    cloth = _weave(bent(art, size, left, top, width, shift, 0.25 * swing * np.cos(angle)), shade, random)
    image = sky(size, random)
    pole = (x > left - 0.026) & (x < left + 0.002) & (y > top - 0.05)
    metal = np.array([(0.80, 0.80, 0.82), (0.45, 0.30, 0.18), (0.92, 0.92, 0.90)][random.integers(3)])
    round_ = 0.55 + 0.5 * np.sin(np.pi * np.clip((x - left + 0.026) / 0.028, 0, 1))
    image = np.where(pole[..., None], metal * round_[..., None], image)
    return over(cloth, image)


def hanging(art: Array, size: int, random: Random) -> Array:
    """On a wall from a rod, upright, in soft folds."""
    turned = np.rot90(art, -1) if random.random() < 0.5 else art
    ground, _ = any_surface(size, random, "plaster", "brick", "wood", "stone")
    x, y = grid(size)
    h, w = turned.shape[:2]
    width = random.uniform(0.72, 0.86) * min(1.0, w / h)
    left, top = (1 - width) / 2 + random.uniform(-0.05, 0.05), random.uniform(0.05, 0.10)
    angle = 2 * np.pi * random.uniform(2.5, 4.5) * (x - left) / width + random.uniform(0, 6) + 0.8 * (y - top)
    fall = np.clip((y - top) * 2, 0.25, 1)
    cloth = bent(turned, size, left, top, width, 0.006 * np.sin(angle), 0.012 * fall * np.sin(angle))
    cloth = _weave(cloth, 1 + 0.2 * fall * np.cos(angle), random)
    ground = shadow(ground, cloth[..., 3], random, 0.03, 0.5)
    rod = (np.abs(y - top) < 0.012) & (np.abs(x - left - width / 2) < width / 2 + 0.04)
    return np.where(rod[..., None], (0.25, 0.17, 0.1), over(cloth, ground)).astype(np.float32)


def crumpled(art: Array, size: int, random: Random) -> Array:
    """Thrown down, in folds that run every way."""
    ground, _ = any_surface(size, random, "wood", "stone", "cloth")
    field = noise(random, size, size, size / 12) + 0.6 * noise(random, size, size, size / 24)
    gy, gx = np.gradient(blur(field, 2) * size / 18)
    width = random.uniform(0.8, 0.92)
    top = (1 - width * art.shape[0] / art.shape[1]) / 2
    cloth = bent(art, size, (1 - width) / 2, top, width, 0.014 * field, 0.014 * np.roll(field, size // 3, 1))
    shade = np.clip(1 + 0.32 * (random.choice([-1, 1]) * gx + gy), 0.45, 1.4)
    return over(_weave(cloth, shade, random), shadow(ground, cloth[..., 3], random, 0.02, 0.6))


def on_table(art: Array, size: int, random: Random) -> Array:
    """A little flag on a stand, indoors."""
    image = room(size, random)
    x, y = grid(size)
    left, top, width = random.uniform(0.2, 0.3), random.uniform(0.12, 0.2), random.uniform(0.52, 0.62)
    run = np.clip((x - left) / width, 0, 1)
    angle = 2 * np.pi * random.uniform(0.5, 1.0) * run + random.uniform(0, 6)
    cloth = bent(art, size, left, top, width, 0.10 * run**2 + 0.012 * np.sin(angle), 0.02 * run * np.sin(angle))
    cloth = _weave(cloth, 1 + 0.22 * run * np.cos(angle), random)
    pole = (np.abs(x - left + 0.006) < 0.008) & (y > top - 0.04) & (y < 0.88)
    foot = np.hypot((x - left + 0.006) / 0.11, (y - 0.88) / 0.035) < 1
    image = shadow(image, (pole | foot).astype(np.float32), random, 0.03, 0.4)
    brass = (
        np.array([0.72, 0.58, 0.30]) * (0.7 + 0.6 * np.sin(np.pi * np.clip((x - left + 0.12) / 0.22, 0, 1)))[..., None]
    )
    return over(cloth, np.where((pole | foot)[..., None], brass, image))


def bunting(art: Array, size: int, random: Random) -> Array:
    """Several along a sagging string."""
    image = sky(size, random) if random.random() < 0.6 else any_surface(size, random, "brick", "plaster")[0]
    x, y = grid(size)
    for row in range(2):
        sag, height = random.uniform(0.05, 0.16), 0.10 + 0.45 * row + random.uniform(-0.03, 0.05)
        count, first = 3, random.uniform(-0.1, 0.02)
        string = height + sag * (1 - (2 * x - 1) ** 2)
        image = np.where((np.abs(y - string) < 0.004)[..., None], 0.25, image)
        for k in range(count):
            left, width = first + 0.36 * k, 0.31
            flutter = 0.012 * np.sin(2 * np.pi * (1.5 * (x - left) / width + random.random()))
            level = height + sag * (1 - (2 * (left + width / 2) - 1) ** 2) - 0.004
            cloth = bent(art, size, left, level, width, flutter * (y - level) * 8, flutter * 0.4)
            image = over(_weave(cloth, 1 + 12 * flutter, random), image)
    return image * falloff(size, random, 0.2)


CLOTH = {
    "flying": waving,
    "wall hanging": hanging,
    "crumpled cloth": crumpled,
    "table flag": on_table,
    "bunting": bunting,
}
"""Every way that a flag is met as cloth."""
