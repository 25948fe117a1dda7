"""Pictures of characters: where they are, and how they are drawn or made."""

from collections.abc import Callable

import numpy as np

from .canvas import Array, blur, noise, resized
from .character import Character
from .figure import character_art
from .lay import lay, luma, over, premultiplied, relief, shadow
from .pose import Pose, draw_pose
from .surfaces import any_surface, brick, falloff, flat, grid, paper, room, sky

Random = np.random.Generator

PASTELS = (
    (0.98, 0.86, 0.72),
    (0.80, 0.92, 0.88),
    (0.86, 0.84, 0.96),
    (0.98, 0.94, 0.78),
    (0.75, 0.86, 0.96),
    (0.96, 0.82, 0.84),
)


def _meadow(size: int, random: Random) -> Array:
    x, y = grid(size)
    image = sky(size, random)
    greens = np.array([(0.38, 0.62, 0.28), (0.30, 0.52, 0.30), (0.55, 0.66, 0.30)])
    for k in range(3):
        ridge = (
            0.58
            + 0.12 * k
            + random.uniform(0.02, 0.05) * np.sin(2 * np.pi * (x * random.uniform(0.5, 1.4) + random.random()))
        )
        image = np.where((y > ridge)[..., None], greens[(k + random.integers(3)) % 3] * (1.1 - 0.12 * k), image)
    return image


def _town(size: int, random: Random) -> Array:
    x, y = grid(size)
    night = random.random() < 0.4
    image = flat(size, (0.10, 0.12, 0.26) if night else (0.80, 0.86, 0.92)) * (1.1 - 0.25 * y)[..., None]
    for _ in range(9):
        left, w, top = random.uniform(-0.1, 1), random.uniform(0.1, 0.22), random.uniform(0.2, 0.6)
        wall = random.uniform(0.2, 0.75, 3) * (0.45 if night else 1)
        image = np.where(((x > left) & (x < left + w) & (y > top))[..., None], wall, image)
        panes = (
            ((x - left) * 22 % 1 > 0.45)
            & ((y - top) * 20 % 1 > 0.5)
            & (x > left + 0.015)
            & (x < left + w - 0.02)
            & (y > top + 0.03)
        )
        image = np.where(panes[..., None], (0.98, 0.85, 0.5) if night else wall * 0.6, image)
    return np.where((y > 0.84)[..., None], (0.2, 0.2, 0.24) if night else (0.55, 0.55, 0.56), image)


def _shore(size: int, random: Random) -> Array:
    x, y = grid(size)
    image = sky(size, random)
    sea = (
        np.array([0.16, 0.45, 0.60]) * (1 + 0.12 * np.sin(60 * y + 6 * noise(random, size, size, size / 20)))[..., None]
    )
    image = np.where((y > 0.55)[..., None], sea, image)
    return np.where((y > 0.75 + 0.02 * np.sin(9 * x))[..., None], (0.92, 0.82, 0.60), image)


def _snow(size: int, random: Random) -> Array:
    x, y = grid(size)
    image = flat(size, (0.55, 0.66, 0.80)) * (0.9 + 0.3 * y)[..., None]
    image = np.where((y > 0.7 + 0.04 * np.sin(7 * x + random.random() * 6))[..., None], (0.95, 0.96, 0.99), image)
    for px, py in random.uniform(0, 1, (60, 2)):
        image = np.where((np.hypot(x - px, y - py) < random.uniform(0.004, 0.011))[..., None], 1.0, image)
    return image


def _pattern(size: int, random: Random) -> Array:
    x, y = grid(size)
    a, b = (np.array(PASTELS[k]) for k in random.choice(len(PASTELS), 2, replace=False))
    n, kind = random.integers(5, 10), random.integers(3)
    fields = (np.sin(2 * np.pi * n * (x + y)) > 0, (np.hypot((x * n) % 1 - 0.5, (y * n) % 1 - 0.5) < 0.25), y > 0.72)
    return np.where(fields[kind][..., None], a, b)


PLACES: dict[str, Callable[[int, Random], Array]] = {
    "meadow": _meadow, "town": _town, "shore": _shore, "snow": _snow, "room": room, "pattern": _pattern,
}  # fmt: skip


def _framed(art: Array, size: int, random: Random) -> Array:
    """The figure somewhere in the frame, sometimes mirrored or cut at the edge."""
    if random.random() < 0.4:
        art = art[:, ::-1]
    return lay(art, size, random, (0.78, 1.06), 0.12, 5)


def _grounded(figure: Array, place: Array, random: Random) -> Array:
    """A soft shadow at the feet."""
    size = len(place)
    rows = np.where(figure[..., 3].max(1) > 0.5)[0]
    columns = np.where(figure[..., 3].max(0) > 0.5)[0]
    if not len(rows):
        return over(figure, place)
    x, y = grid(size)
    foot, middle, half = rows[-1] / size - 0.015, columns.mean() / size, np.ptp(columns) / size / 2.6
    place = place * (1 - 0.35 * np.exp(-(((x - middle) / half) ** 2) - ((y - foot) / 0.035) ** 2))[..., None]
    return over(figure, place)


def cartoon(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """Flat colours and ink, somewhere."""
    art = _framed(character_art(design, pose, 2 * size, 0.03), size, random)
    name = str(random.choice(list(PLACES)))
    return _grounded(art, PLACES[name](size, random), random)


def cutout(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """No outline, soft colours, paper shadows."""
    art = _framed(character_art(design, pose, 2 * size, 0.0), size, random)
    ground = flat(size, PASTELS[random.integers(len(PASTELS))]) + 0.02 * noise(random, size, size, 0.8)[..., None]
    body = art[..., :3] * (1 + 0.03 * noise(random, size, size, 1.0))[..., None]
    return over(np.concatenate([body, art[..., 3:]], -1), shadow(ground, art[..., 3], random, 0.025))


def inked(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """Black ink on paper, with hatching in the shade."""
    art = _framed(character_art(design, pose, 2 * size, 0.035), size, random)
    x, y = grid(size)
    tone = luma(art)
    lines = 0.5 + 0.5 * np.sin(size * 1.6 * (x + y) + 0.6 * noise(random, size, size, 3))
    hatch = (lines > 0.35 + 0.9 * tone) * (art[..., 3] > 0.5) * 0.8
    dark = np.clip(np.maximum(hatch, (tone < 0.25) * art[..., 3]), 0, 1)
    ink = np.array([(0.08, 0.08, 0.10), (0.30, 0.18, 0.10), (0.10, 0.14, 0.38)][random.integers(3)])
    ground = paper(size, random) * falloff(size, random, 0.2)
    return over(flat(size, ink), np.where(art[..., 3:] > 0.5, ground * 1.03, ground), blur(dark, 0.5))


def pencil(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """Coloured pencil: grainy, with a wandering line."""
    art = _framed(character_art(design, pose, 2 * size, 0.02, (0.3, 0.27, 0.28)), size, random)
    x, y = grid(size)
    strokes = 0.6 + 0.4 * np.sin(size * 0.9 * (x * 0.8 + y) + 2.2 * noise(random, size, size, 6))
    grain = np.clip(0.75 + 0.35 * noise(random, size, size, 0.7), 0, 1)
    return over(art, paper(size, random), art[..., 3] * np.clip(strokes * grain * 1.15, 0, 0.95))


def pixels(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """Few, large pixels."""
    n = int(random.choice([40, 48, 56]))
    art = lay(character_art(design, pose, size, 0.05), n * 4, random, (0.85, 0.98), 0, 0)
    small = resized(np.concatenate([art[..., :3], (art[..., 3:] > 0.5).astype(np.float32)], -1), n, n)
    ground = resized(PLACES[str(random.choice(["meadow", "town", "shore", "snow"]))](96, random), n, n)
    image = np.round(over(small, ground, (small[..., 3] > 0.5).astype(np.float32)) * 7) / 7
    step = -(-size // n)
    big = image.repeat(step, 0).repeat(step, 1)
    return resized(big, size, size) if len(big) != size else big


def plush(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """A soft toy, photographed."""
    art = _framed(character_art(design, pose, 2 * size, 0.012, (0.25, 0.2, 0.2)), size, random)
    fluff = noise(random, size, size, 0.8)
    edge = np.clip(blur(art[..., 3], 1.4) * 1.5 - 0.25 + 0.18 * fluff, 0, 1)
    round_ = blur(art[..., 3], size / 22) * 16 + blur(luma(art) * art[..., 3], 1.5) * 0.8 + 0.35 * fluff
    lit, _ = relief(round_, random, 0.9)
    colour = blur(premultiplied(art), 0.9)  # past the edge, the fur has the colour of the nearest fur
    body = (
        colour[..., :3] / np.maximum(colour[..., 3:], 0.02) * np.clip(0.92 * lit + 0.05 * fluff, 0.3, 1.35)[..., None]
    )
    ground = room(size, random) if random.random() < 0.5 else any_surface(size, random, "cloth", "wood")[0]
    return over(np.concatenate([body, edge[..., None]], -1), shadow(ground, edge, random, 0.04, 0.5))


def clay(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """A glossy figurine."""
    art = _framed(character_art(design, pose, 2 * size, 0.0), size, random)
    height = blur(art[..., 3], size / 26) * 22 + 3 * blur(luma(art) * art[..., 3], 2)
    lit, shine = relief(height, random, 1.0)
    body = art[..., :3] * np.clip(lit, 0.25, 1.3)[..., None] + 0.5 * shine[..., None]
    ground = flat(size, PASTELS[random.integers(len(PASTELS))]) * falloff(size, random, 0.5)
    return _grounded(np.concatenate([body, art[..., 3:]], -1), ground, random)


def comic(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """Printed with dots, in a panel."""
    art = _framed(character_art(design, pose, 2 * size, 0.034), size, random)
    x, y = grid(size)
    image = over(art, _pattern(size, random))
    dots = 0.5 + 0.25 * (np.sin(size * 0.95 * (x + y)) + np.sin(size * 0.95 * (x - y)))
    image = np.clip(image + 0.16 * (dots[..., None] - 0.5) * (1 - image), 0, 1) * np.array([1.0, 0.98, 0.9])
    panel = np.maximum(np.abs(x - 0.5), np.abs(y - 0.5))[..., None]
    return np.where(panel > 0.485, 0.96, np.where(panel > 0.47, 0.06, image))


def mural(design: Character, pose: Pose, size: int, random: Random) -> Array:
    """Sprayed on a wall."""
    art = _framed(character_art(design, pose, 2 * size, 0.04), size, random)
    wall = (
        brick(size, random) * falloff(size, random)
        if random.random() < 0.6
        else any_surface(size, random, "plaster")[0]
    )
    mist = np.clip(blur(art[..., 3], size / 50) * 1.2, 0, 1) * 0.35
    relative = wall / max(float(wall.mean()), 0.05)
    image = over(flat(size, (0.95, 0.95, 0.95)), wall, mist)
    return over(art[..., :3] * (0.35 + 0.65 * relative), image, art[..., 3] * 0.93)


LOOKS: dict[str, Callable[[Character, Pose, int, Random], Array]] = {
    "cartoon": cartoon, "paper cut-out": cutout, "ink drawing": inked, "pencil drawing": pencil, "pixel art": pixels,
    "soft toy": plush, "figurine": clay, "comic print": comic, "mural": mural,
}  # fmt: skip
"""Every way that a character is met, by the words that name it."""


def character_picture(design: Character, look: str, size: int, random: Random, calm: bool = False) -> Array:
    """(size, size, 3): the character in some pose."""
    return LOOKS[look](design, draw_pose(random, calm), size, random)
