"""What stands behind the head: a studio wall, or a place far out of focus."""

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from ..views import Setting

SIDE = 128
"""Painted this small, then enlarged: everything here is blurred."""

Canvas = np.ndarray
Y, X = np.mgrid[0:SIDE, 0:SIDE] / SIDE


def background(setting: Setting, size: int) -> Canvas:
    """(size, size, 3) linear RGB."""
    random = np.random.default_rng([41, setting.seed])
    name, colour = setting.view.background, np.array(setting.backdrop)
    if name.startswith("studio"):
        image, blur = _studio(colour, np.sign(setting.key_azimuth), random), 2.0
    else:
        image, blur = PLACES[name](colour, random), float(random.uniform(5.0, 8.0))
    image = np.clip(image, 0.004, 1.6)
    image = np.stack([gaussian_filter(image[..., c], blur, mode="nearest") for c in range(3)], -1)
    enlarge = [
        Image.fromarray(image[..., c].astype(np.float32)).resize((size, size), Image.Resampling.BICUBIC)
        for c in range(3)
    ]
    return np.stack([np.asarray(channel) for channel in enlarge], -1)


def _studio(colour: Canvas, key_side: float, random: np.random.Generator) -> Canvas:
    """A wall with a pool of light on the side the key does not come from."""
    x, y = 0.5 - 0.22 * key_side, random.uniform(0.35, 0.6)
    pool = np.exp(-((X - x) ** 2 + (Y - y) ** 2) / random.uniform(0.16, 0.4))
    wall = 0.62 + 0.55 * pool
    mottle = gaussian_filter(random.normal(0, 1, (SIDE, SIDE)), 9) * random.choice([0.0, 0.35, 0.7])
    return colour * (wall + mottle)[..., None]


def _boxes(
    image: Canvas, random: np.random.Generator, n: int, colours: Canvas, high: tuple[float, float] = (0.1, 0.6)
) -> Canvas:
    """Random upright boxes: furniture, frames, houses."""
    for _ in range(n):
        w, h, x, y = (
            random.uniform(0.05, 0.3),
            random.uniform(*high),
            random.uniform(-0.1, 1),
            random.uniform(-0.1, 0.9),
        )
        inside = (x < X) & (x + w > X) & (y < Y) & (y + h > Y)
        image = np.where(inside[..., None], colours[random.integers(len(colours))] * random.uniform(0.6, 1.3), image)
    return image


def _discs(
    image: Canvas, random: np.random.Generator, n: int, colours: Canvas, top: float, bottom: float, strength: float
) -> Canvas:
    """Out-of-focus points of light."""
    for _ in range(n):
        x, y, r = random.uniform(0, 1), random.uniform(top, bottom), random.uniform(0.02, 0.07)
        disc = np.clip((r - np.hypot(X - x, Y - y)) * 70, 0, 1)[..., None]
        image = image + disc * colours[random.integers(len(colours))] * random.uniform(0.2, 1.0) * strength
    return image


def _window(image: Canvas, random: np.random.Generator, light: Canvas) -> Canvas:
    """A bright window with its bars, off to one side."""
    w, x = random.uniform(0.25, 0.4), random.choice([random.uniform(-0.1, 0.08), random.uniform(0.65, 0.85)])
    inside = (x < X) & (x + w > X) & (Y < 0.72)
    bars = (np.abs((X - x) % (w / 2)) < 0.012) | (np.abs(Y - 0.36) < 0.012)
    return np.where((inside & ~bars)[..., None], light, image)


def _office(colour: Canvas, random: np.random.Generator) -> Canvas:
    image = np.ones((SIDE, SIDE, 3)) * colour * (1.1 - 0.35 * Y)[..., None]
    greys = np.array([(0.3, 0.32, 0.34), (0.16, 0.17, 0.19), (0.55, 0.54, 0.52), (0.34, 0.26, 0.19)])
    return _window(_boxes(image, random, 7, greys), random, np.array([0.95, 1.0, 1.05]))


def _library(colour: Canvas, random: np.random.Generator) -> Canvas:
    image = np.ones((SIDE, SIDE, 3)) * colour * 0.6
    spines = np.array(
        [
            (0.20, 0.10, 0.07),
            (0.08, 0.11, 0.15),
            (0.11, 0.13, 0.09),
            (0.34, 0.26, 0.15),
            (0.14, 0.09, 0.07),
            (0.4, 0.36, 0.3),
        ]
    )
    shelf = random.uniform(0.17, 0.24)
    for row in range(int(1 / shelf) + 2):
        x, top = 0.0, row * shelf
        while x < 1:
            w = random.uniform(0.014, 0.05)
            inside = (x <= X) & (x + w > X) & (top + random.uniform(0.02, 0.07) < Y) & (top + shelf - 0.025 > Y)
            image = np.where(inside[..., None], spines[random.integers(len(spines))] * random.uniform(0.6, 1.3), image)
            x += w
    return image * (1.15 - 0.4 * np.abs(X - random.uniform(0.2, 0.8)))[..., None]


def _living_room(colour: Canvas, random: np.random.Generator) -> Canvas:
    image = np.ones((SIDE, SIDE, 3)) * colour * (1.05 - 0.3 * Y)[..., None]
    things = np.array([(0.30, 0.2, 0.12), (0.2, 0.2, 0.2), (0.55, 0.5, 0.42), (0.16, 0.2, 0.17), (0.34, 0.18, 0.13)])
    image = _boxes(image, random, 6, things, (0.08, 0.35))
    glow = np.exp(-((X - random.choice([0.1, 0.9])) ** 2 + (Y - 0.45) ** 2) / 0.03)[..., None]
    return image + glow * np.array([0.85, 0.6, 0.32])


def _park(colour: Canvas, random: np.random.Generator) -> Canvas:
    """Muted foliage under a pale sky, with a path or meadow below."""
    leaf = gaussian_filter(random.normal(0, 1, (SIDE, SIDE)), 5)
    leaf = leaf / leaf.std()
    image = colour * (1 + 0.35 * leaf)[..., None] * (1.0 - 0.25 * Y)[..., None]
    sky = np.clip((0.30 - Y) * 3 + 0.25 * leaf, 0, 1)[..., None]
    image = image * (1 - 0.75 * sky) + np.array([0.72, 0.78, 0.80]) * 0.75 * sky
    ground = np.clip((Y - 0.72) * 6, 0, 1)[..., None]
    image = image * (1 - 0.6 * ground) + np.array([0.33, 0.31, 0.2]) * 0.6 * ground
    return _discs(image, random, 12, np.array([(0.5, 0.55, 0.3), (0.7, 0.7, 0.55)]), 0.0, 0.6, 0.4)


def _street(colour: Canvas, random: np.random.Generator) -> Canvas:
    image = np.ones((SIDE, SIDE, 3)) * colour * (1.3 - 0.7 * Y)[..., None]
    walls = np.array([(0.35, 0.3, 0.26), (0.24, 0.25, 0.28), (0.46, 0.43, 0.4), (0.28, 0.18, 0.14), (0.16, 0.18, 0.21)])
    image = _boxes(image, random, 9, walls, (0.3, 0.9))
    lights = np.array([(1.0, 0.75, 0.45), (0.9, 0.9, 0.95), (0.9, 0.4, 0.3)])
    return _discs(image, random, 9, lights, 0.35, 0.85, 0.55)


def _seaside(colour: Canvas, random: np.random.Generator) -> Canvas:
    horizon = random.uniform(0.42, 0.6)
    sky = colour * (0.95 + 0.35 * Y / horizon)[..., None]
    sea = np.array([0.16, 0.26, 0.32]) * (0.9 + 0.25 * random.normal(0, 1, (SIDE, 1)))[..., None].clip(0.5, 1.4)
    shore = np.array([0.5, 0.43, 0.33]) * np.ones((SIDE, SIDE, 1))
    return np.where((horizon > Y)[..., None], sky, np.where((horizon + 0.28 > Y)[..., None], sea, shore))


PLACES = {
    "office": _office,
    "library": _library,
    "living room": _living_room,
    "park": _park,
    "street": _street,
    "seaside": _seaside,
}
