"""How a picture came down to us: cropped, faded, copied, printed, blown up from too few pixels."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image

from .canvas import Array, as_image, blur, noise, resized
from .surfaces import grid

Random = np.random.Generator
QUALITY = 90
"""Of the JPEG, without colour subsampling, as the portraits of people are kept."""


def _grey(p: Array) -> Array:
    return (p @ np.array([0.3, 0.59, 0.11]))[..., None]


def as_taken(p: Array, random: Random) -> Array:
    """Untouched."""
    return p


def sepia(p: Array, random: Random) -> Array:
    """An old print."""
    tone = np.clip(0.08 + 0.86 * _grey(p), 0, 1)
    brown = tone ** np.array([0.82, 1.05, 1.45]) * (1.0, 0.94, 0.82)
    return brown * _vignette(p, 0.35) + 0.02 * noise(random, len(p), len(p), 0.7)[..., None]


def black_and_white(p: Array, random: Random) -> Array:
    """Film without colour, more or less hard."""
    return np.clip((_grey(p) - 0.5) * random.uniform(0.9, 1.5) + 0.5, 0, 1).repeat(3, -1) + _film(p, random, 0.03)


def faded(p: Array, random: Random) -> Array:
    """A colour print that hung in the sun."""
    casts = [(1.05, 0.93, 0.80), (1.04, 0.90, 0.96), (0.92, 1.0, 0.90)]
    return (0.22 + 0.66 * (p * 0.7 + 0.3 * _grey(p))) * np.array(casts[random.integers(3)]) + _film(p, random, 0.015)


def grainy(p: Array, random: Random) -> Array:
    """Fast film in poor light."""
    return p * random.uniform(0.7, 0.95) + _film(p, random, 0.05)


def low_resolution(p: Array, random: Random) -> Array:
    """Enlarged from a thumbnail."""
    size, n = len(p), int(len(p) * random.uniform(0.22, 0.38))
    small = as_image(resized(p, n, n))
    how = Image.Resampling.BILINEAR if random.random() < 0.6 else Image.Resampling.NEAREST
    return np.asarray(small.resize((size, size), how), np.float32) / 255


def recompressed(p: Array, random: Random) -> Array:
    """Passed on too often as a JPEG."""
    file = BytesIO()
    as_image(p).save(file, "JPEG", quality=int(random.integers(6, 16)))
    return np.asarray(Image.open(file).convert("RGB"), np.float32) / 255


def newspaper(p: Array, random: Random) -> Array:
    """Printed in dots of black on grey paper."""
    x, y = grid(len(p))
    angle, pitch = random.uniform(0.5, 1.1), len(p) / random.uniform(58, 76)
    u, v = (x * np.cos(angle) + y * np.sin(angle)), (y * np.cos(angle) - x * np.sin(angle))
    wave = np.cos(2 * np.pi * u * len(p) / pitch) + np.cos(2 * np.pi * v * len(p) / pitch)
    ink = np.clip((0.5 + 0.25 * wave - np.clip(_grey(p)[..., 0] * 1.05, 0, 1)) * 4 + 0.5, 0, 1)
    return np.array([0.86, 0.84, 0.78]) * (1 - 0.85 * blur(ink, 0.4))[..., None]


def photocopy(p: Array, random: Random) -> Array:
    """Hard and streaky."""
    tone = _grey(p)[..., 0]
    local = blur(tone, len(p) / 14)
    hard = np.clip((tone - local * 0.85 - 0.05) * 5 + 0.5, 0, 1)
    streaks = 0.05 * noise(random, 1, len(p), 1.0)
    return (np.clip(hard * 0.88 + 0.08 + streaks, 0, 1))[..., None].repeat(3, -1)


def soft(p: Array, random: Random) -> Array:
    """A little out of focus."""
    return blur(p, len(p) / 256 * random.uniform(0.9, 1.8))


def bright(p: Array, random: Random) -> Array:
    """Overexposed."""
    return 1 - (1 - p) ** random.uniform(1.5, 2.0)


def dim(p: Array, random: Random) -> Array:
    """Underexposed and bluish."""
    return p ** random.uniform(1.3, 1.7) * (0.80, 0.88, 1.05) + _film(p, random, 0.02)


def tinted(p: Array, random: Random) -> Array:
    """Under coloured light."""
    casts = [(1.15, 0.95, 0.72), (0.82, 0.95, 1.18), (0.90, 1.10, 0.88), (1.12, 0.86, 1.05)]
    return p * np.array(casts[random.integers(4)])


def scratched(p: Array, random: Random) -> Array:
    """Creased and scratched."""
    x, y = grid(len(p))
    out = p * 0.9 + 0.05
    for _ in range(random.integers(3, 8)):
        a, b, wide = random.uniform(-0.6, 0.6), random.uniform(0, 1), random.uniform(0.001, 0.003)
        line = x - b - a * (y - 0.5) if random.random() < 0.6 else y - b - a * (x - 0.5)
        out = out + (0.85 - out) * (np.exp(-((line / wide) ** 2)) * random.uniform(0.3, 0.8))[..., None]
    return out * _vignette(p, 0.2)


def leaked(p: Array, random: Random) -> Array:
    """With light that got into the camera."""
    x, y = grid(len(p))
    edge = x if random.random() < 0.5 else 1 - x
    glow = np.exp(-edge / random.uniform(0.1, 0.25)) * (0.7 + 0.3 * np.sin(5 * y + random.uniform(0, 6)))
    return 1 - (1 - p) * (1 - glow[..., None] * np.array([0.85, 0.42, 0.15]))


def bordered(p: Array, random: Random) -> Array:
    """An instant print in its white frame."""
    size = len(p)
    side, top = round(size * 0.06), round(size * 0.06)
    inner = size - 2 * side
    out = np.ones_like(p) * np.array([0.95, 0.94, 0.91]) + 0.01 * noise(random, size, size, 1)[..., None]
    out[top : top + inner, side : side + inner] = resized(p, inner, inner) * (1.02, 0.98, 0.9) * 0.94 + 0.04
    return out


FINISHES: dict[str, Callable[[Array, Random], Array]] = {
    "as taken": as_taken, "sepia": sepia, "black and white": black_and_white, "faded": faded, "grainy": grainy,
    "low resolution": low_resolution, "recompressed": recompressed, "newspaper": newspaper, "photocopy": photocopy,
    "out of focus": soft, "overexposed": bright, "underexposed": dim, "coloured light": tinted, "scratched": scratched,
    "light leak": leaked, "instant print": bordered,
}  # fmt: skip
"""Every way a picture may have aged, by the words that name it."""

_COMMON = 0.30
"""Share of pictures that are left as taken."""


def _vignette(p: Array, strength: float) -> Array:
    x, y = grid(len(p))
    return (1 - strength * 2 * ((x - 0.5) ** 2 + (y - 0.5) ** 2))[..., None]


def _film(p: Array, random: Random, strength: float) -> Array:
    return strength * noise(random, len(p), len(p), 0.6)[..., None]


def choose_finish(random: Random) -> str:
    """Often none, else any."""
    names = list(FINISHES)
    return names[0] if random.random() < _COMMON else str(random.choice(names[1:]))


def cropped(p: Array, random: Random, most: float) -> tuple[Array, float]:
    """A part of the picture, enlarged by up to `most`; and by how much."""
    zoom = float(np.round(random.uniform(1, most), 2)) if random.random() < 0.6 else 1.0
    side = len(p)
    kept = round(side / zoom)
    left, top = (int(v) for v in random.integers(0, side - kept + 1, 2))
    part = p[top : top + kept, left : left + kept]
    return (resized(part, side, side) if kept < side else p), zoom


def jpeg(p: Array) -> bytes:
    """The picture, encoded."""
    file = BytesIO()
    as_image(p).save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()
