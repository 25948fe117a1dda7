"""What emblems and flags are made of when one meets them: printed, sewn, carved, painted, cast, lit.

A medium takes flat art and gives a square picture. Each call differs: place, tilt, surface, wear, light.
"""

from collections.abc import Callable

import numpy as np

from .canvas import Array, blur, noise
from .lay import edges, lay, luma, over, relief, shadow
from .surfaces import any_surface, board, brick, falloff, flat, grid, paper, room, stone

Random = np.random.Generator
Medium = Callable[[Array, int, Random], Array]


def printed(art: Array, size: int, random: Random) -> Array:
    """On paper, with a little unevenness of ink."""
    art = lay(art, size, random, (0.66, 0.9), 0.5)
    ground = paper(size, random) * falloff(size, random, 0.2)
    ink = art[..., 3] * np.clip(0.97 + 0.03 * noise(random, size, size, 1.0), 0, 1)
    return over(art * np.array([1, 1, 1, 1]), ground, ink) * (1 + 0.01 * noise(random, size, size, 0.6))[..., None]


def sewn(art: Array, size: int, random: Random) -> Array:
    """An embroidered patch: threads run one way in each colour."""
    art = lay(art, size, random, tilt=0.5)
    ground, _ = any_surface(size, random, "cloth")
    x, y = grid(size)
    tone = luma(art)
    angle = 0.6 + 2.2 * np.round(tone * 5) / 5
    threads = np.sin(
        2 * np.pi * size / 3.4 * (x * np.cos(angle) + y * np.sin(angle)) + 0.8 * noise(random, size, size, 3)
    )
    height = blur(art[..., 3], 2.0) * 3 - 1.4 * blur(edges(art), 0.8) + 0.16 * threads
    lit, shine = relief(height, random, 0.5)
    ground = shadow(ground, art[..., 3], random, 0.02)
    patch = art[..., :3] * 0.92 * (lit * (1 + 0.06 * threads))[..., None] + 0.08 * shine[..., None]
    return over(patch, ground, art[..., 3])


def enamel(art: Array, size: int, random: Random) -> Array:
    """A pin of enamel cells between metal ridges."""
    art = lay(art, size, random, (0.6, 0.82), 0.7)
    ground, _ = any_surface(size, random, "cloth", "paper", "wood")
    metal = np.array([(0.86, 0.70, 0.36), (0.78, 0.79, 0.82), (0.62, 0.42, 0.28)][random.integers(3)])
    ridge = np.clip(edges(art) * 1.6, 0, 1)
    lit, shine = relief(blur(art[..., 3], 2.5) * 5 + 1.6 * blur(ridge, 0.8), random, 0.7)
    body = art[..., :3] * (1 - ridge[..., None]) + metal * ridge[..., None]
    gloss = np.clip(noise(random, size, size, size / 6) - 0.9, 0, 1)[..., None] * 0.35
    ground = shadow(ground, art[..., 3], random, 0.03, 0.6)
    return over(body * lit[..., None] + 0.55 * shine[..., None] * ridge[..., None] + gloss, ground, art[..., 3])


def carved(art: Array, size: int, random: Random) -> Array:
    """Cut in stone, without colours."""
    art = lay(art, size, random, tilt=0.6)
    ground = stone(size, random) * falloff(size, random)
    height = blur(art[..., 3] * (0.5 + luma(art)), 1.4) * 7 + 0.25 * noise(random, size, size, 0.8)
    lit, _ = relief(height, random, 0.55)
    moss = np.clip(noise(random, size, size, size / 10) - 1.1, 0, 1)[..., None] * random.uniform(0, 0.8)
    return (ground + (np.array([0.30, 0.36, 0.20]) - ground) * moss) * np.clip(lit, 0.25, 1.6)[..., None]


def cast(art: Array, size: int, random: Random) -> Array:
    """A medal of bronze, silver or old brass."""
    art = lay(art, size, random, (0.62, 0.86), 0.6)
    ground, _ = any_surface(size, random, "cloth", "wood", "stone")
    metal = np.array(
        [(0.62, 0.42, 0.22), (0.70, 0.71, 0.73), (0.72, 0.60, 0.32), (0.35, 0.42, 0.38)][random.integers(4)]
    )
    lit, shine = relief(blur(art[..., 3] * (0.55 + 0.8 * luma(art)), 1.2) * 8, random, 0.5)
    tarnish = 1 + 0.12 * noise(random, size, size, size / 14) - 0.25 * blur(edges(art), 2)
    ground = shadow(ground, art[..., 3], random, 0.03, 0.6)
    return over(metal * (np.clip(lit, 0.2, 1.7) * tarnish)[..., None] + 0.5 * shine[..., None], ground, art[..., 3])


def painted(art: Array, size: int, random: Random) -> Array:
    """On a wall or boards, and worn by weather."""
    art = lay(art, size, random, (0.7, 0.95), 0.8, 6)
    ground, _ = any_surface(size, random, "brick", "plaster", "wood")
    relative = ground / max(float(ground.mean()), 0.05)
    worn = noise(random, size, size, 1.6) * 0.6 + noise(random, size, size, size / 14)
    cover = art[..., 3] * np.clip(1.6 - worn * random.uniform(0.5, 1.0), 0.0, 0.95)
    return over(art[..., :3] * (0.25 + 0.75 * relative) * 0.95, ground, cover)


def stamped(art: Array, size: int, random: Random) -> Array:
    """One colour of ink from a rubber stamp, over lines of writing."""
    art = lay(art, size, random, (0.55, 0.8), 0.2, 35)
    ground = paper(size, random) * falloff(size, random, 0.2)
    x, y = grid(size)
    pitch = size / random.integers(13, 18)
    words = np.sin(x * size / 2.1 + 3 * noise(random, size, size, 2)) + np.sin(
        x * size / 9 + np.floor(y * size / pitch) * 5
    )
    text = (np.abs((y * size) % pitch - pitch / 2) < pitch * 0.13) & (words > -0.2) & (x > 0.08) & (x < 0.93)
    ground = ground * (1 - 0.5 * blur(text.astype(np.float32), 0.6))[..., None]
    ink = np.array([(0.12, 0.16, 0.50), (0.55, 0.10, 0.14), (0.10, 0.10, 0.12), (0.10, 0.38, 0.25)][random.integers(4)])
    dark = np.clip(edges(art) * 1.4 + art[..., 3] * (luma(art) < 0.5) * 0.9, 0, 1)
    patchy = np.clip(1.1 + 0.35 * noise(random, size, size, 1.0) + 0.25 * noise(random, size, size, size / 9), 0, 1)
    return over(flat(size, ink), ground, np.clip(dark * patchy, 0, 1) * 0.85)


def neon(art: Array, size: int, random: Random) -> Array:
    """Tubes of light along every edge, on a dark wall."""
    art = lay(art, size, random, (0.66, 0.86), 0.7)
    wall = brick(size, random) * 0.16
    tube = np.clip(blur(edges(art), 0.7) * 1.5, 0, 1)[..., None]
    colour = np.clip(blur(art[..., :3] * art[..., 3:], 2) + 0.12, 0, 1)
    colour = np.clip(colour / colour.max(-1, keepdims=True), 0, 1)
    calm = min(1.0, 0.055 / max(float(tube.mean()), 1e-3))  # many tubes would burn the picture out
    light = (blur(tube * colour, size / 60) * 1.7 + blur(tube * colour, size / 16) * 1.9) * calm
    return np.clip(wall * (1 + 7 * light) + light * 0.55 + tube * (0.35 + 0.65 * colour), 0, 1)


def mug(art: Array, size: int, random: Random) -> Array:
    """Around a cup that stands in a room."""
    ground = room(size, random)
    w, top, low = random.uniform(0.27, 0.33), random.uniform(0.16, 0.24), random.uniform(0.82, 0.9)
    x, y = grid(size)
    middle = random.uniform(0.42, 0.5)
    across = (x - middle) / w
    bend = 0.05 * np.sqrt(np.clip(1 - across**2, 0, 1))
    body = (np.abs(across) < 1) & (y > top + 0 * bend) & (y < low + bend)
    h, width = art.shape[:2]
    angle = np.arcsin(np.clip(across, -1, 1)) + random.uniform(-0.45, 0.45)
    reach = random.uniform(0.95, 1.2)
    tall = reach * w * 2 * h / width
    u, v = angle / (2 * reach) + 0.5, (y - bend - (top + low) / 2) / tall + 0.5
    inside = (u > 0) & (u < 1) & (v > 0) & (v < 1) & body
    picked = art[np.clip((v * h).astype(int), 0, h - 1), np.clip((u * width).astype(int), 0, width - 1)]
    glaze = np.array(
        [(0.94, 0.93, 0.90), (0.20, 0.24, 0.32), (0.86, 0.80, 0.66), (0.55, 0.22, 0.20)][random.integers(4)]
    )
    cup = over(picked, flat(size, glaze), picked[..., 3] * inside)
    side = random.choice([-1, 1])
    shade = 0.55 + 0.5 * np.sqrt(np.clip(1 - (across * 0.93 - 0.25 * side) ** 2, 0, 1))
    glare = np.exp(-(((across - 0.55 * side) / 0.07) ** 2)) * 0.28
    ring = np.hypot((x - middle - w * 1.05) / 0.13, (y - 0.52) / 0.2)
    handle = (ring < 1) & (ring > 0.62) & (x > middle + w * 0.9)
    ground = shadow(ground, (body | handle).astype(np.float32), random, 0.04, 0.4)
    ground = np.where(handle[..., None], glaze * (0.7 + 0.2 * (1 - ring))[..., None], ground)
    mouth = np.hypot((x - middle) / w, (y - top) / 0.05) < 1
    image = over(cup * shade[..., None] + glare[..., None], ground, blur(body.astype(np.float32), 0.5))
    return over(flat(size, glaze * 0.45), image, blur(mouth.astype(np.float32), 0.6))


def chalk(art: Array, size: int, random: Random) -> Array:
    """Drawn with coloured chalk."""
    art = lay(art, size, random, (0.7, 0.92), 0.4)
    grain = np.clip(0.62 + 0.5 * noise(random, size, size, 0.7), 0, 1)
    hatch = 0.5 + 0.5 * np.sin(size * 1.1 * (grid(size)[0] + grid(size)[1]) + noise(random, size, size, 4))
    fill = art[..., 3] * (0.25 + 0.5 * hatch) * (luma(art) > 0.12)
    cover = np.clip(fill * 0.75 + edges(art) * 0.9, 0, 1) * grain
    return over(art[..., :3] * 0.75 + 0.22, board(size, random), np.clip(cover, 0, 0.95))


def glazed(art: Array, size: int, random: Random) -> Array:
    """Stained glass with light behind it."""
    art = lay(art, size, random, (0.74, 0.95), 0.4, 5)
    x, y = grid(size)
    panes = np.minimum(np.abs((x * 6 + 0.4 * y) % 1 - 0.5), np.abs((y * 6 - 0.3 * x) % 1 - 0.5)) < 0.03
    lead = np.clip(edges(art) * 1.7 + blur(panes.astype(np.float32), 0.6), 0, 1)
    pale = flat(size, np.array([(0.80, 0.86, 0.82), (0.86, 0.82, 0.66), (0.70, 0.80, 0.90)][random.integers(3)]))
    glass = over(art, pale) ** 0.85 * (1 + 0.10 * noise(random, size, size, size / 20))[..., None]
    sun = np.exp(-((x - random.uniform(0.2, 0.8)) ** 2 + (y - random.uniform(0, 0.5)) ** 2) / 0.25)[..., None]
    return glass * (0.6 + 0.65 * sun) * (1 - 0.93 * lead[..., None]) + 0.02


def sticker(art: Array, size: int, random: Random) -> Array:
    """Cut out with a white border and stuck on something."""
    art = lay(art, size, random, (0.5, 0.78), 0.5, 40)
    ground, _ = any_surface(size, random)
    border = np.clip(blur(art[..., 3], size / 60) * 6, 0, 1)
    ground = shadow(ground, border, random, 0.012, 0.5)
    gloss = np.clip(noise(random, size, size, size / 5) - 0.8, 0, 1)[..., None] * 0.16
    return over(over(art, flat(size, (0.96, 0.96, 0.95))) + gloss, ground, border)


def screen(art: Array, size: int, random: Random) -> Array:
    """Photographed from a screen: rows of pixels, bands, a dark surround."""
    art = lay(art, size, random, (0.62, 0.85), 0.7)
    x, y = grid(size)
    glow = np.array(
        [(0.93, 0.95, 0.99), (0.10, 0.12, 0.16), (0.20, 0.45, 0.60), (0.92, 0.90, 0.85)][random.integers(4)]
    )
    image = over(art, flat(size, glow) * falloff(size, random))
    rows = (
        1
        - 0.10 * (0.5 + 0.5 * np.sin(2 * np.pi * y * size / 2.7))
        - 0.05 * np.sin(2 * np.pi * (3 * y + x * 0.4 + random.random()))
    )
    image = image * rows[..., None] * np.array([0.96, 1.0, 1.06])
    frame = np.clip((np.maximum(np.abs(x - 0.5), np.abs(y - 0.5)) - 0.47) * size / 2, 0, 1)[..., None]
    return image * (1 - frame) + 0.04 * frame


def tiled(art: Array, size: int, random: Random) -> Array:
    """A mosaic of small stones."""
    art = lay(art, size, random, (0.8, 0.98), 0.15, 4)
    step = max(3, round(size / random.integers(38, 52)))
    n = -(-size // step)
    ground = flat(size, np.array([(0.85, 0.82, 0.74), (0.55, 0.60, 0.62), (0.74, 0.62, 0.48)][random.integers(3)]))
    image = over(art, ground)
    sampled = image[np.minimum(np.arange(n) * step + step // 2, size - 1)][
        :, np.minimum(np.arange(n) * step + step // 2, size - 1)
    ]
    stones = sampled * random.normal(1, 0.07, (n, n, 1))
    big = stones.repeat(step, 0).repeat(step, 1)[:size, :size]
    x, y = grid(size)
    gap = ((x * size) % step < 1) | ((y * size) % step < 1)
    return (np.where(gap[..., None], 0.38, big) + 0.02 * noise(random, size, size, 0.7)[..., None]) * falloff(
        size, random
    )


MEDIA: dict[str, Medium] = {
    "printed": printed,
    "embroidered patch": sewn,
    "enamel pin": enamel,
    "stone carving": carved,
    "cast medal": cast,
    "wall painting": painted,
    "rubber stamp": stamped,
    "neon sign": neon,
    "mug": mug,
    "chalk drawing": chalk,
    "stained glass": glazed,
    "sticker": sticker,
    "screen": screen,
    "mosaic": tiled,
}
"""Every medium, by the words that name it."""
