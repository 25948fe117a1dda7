"""Drawing styles: one technique, one palette, one habit; the same hand whatever it paints."""

from collections.abc import Callable

import numpy as np
from PIL import ImageDraw

from ....schemas.base import Strict
from .canvas import Array, as_image, blur, bytes_of, noise
from .motifs import motif
from .surfaces import grid

Random = np.random.Generator

PALETTES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "blue and gold": (
        (0.05, 0.10, 0.28),
        (0.12, 0.30, 0.58),
        (0.36, 0.60, 0.78),
        (0.92, 0.74, 0.25),
        (0.98, 0.93, 0.72),
    ),
    "rust and teal": (
        (0.16, 0.12, 0.12),
        (0.60, 0.24, 0.12),
        (0.10, 0.46, 0.46),
        (0.90, 0.62, 0.36),
        (0.95, 0.90, 0.80),
    ),
    "violet and lime": (
        (0.14, 0.08, 0.26),
        (0.42, 0.22, 0.60),
        (0.72, 0.52, 0.80),
        (0.66, 0.80, 0.22),
        (0.96, 0.95, 0.82),
    ),
    "red and black": (
        (0.06, 0.05, 0.06),
        (0.45, 0.08, 0.10),
        (0.82, 0.16, 0.14),
        (0.60, 0.55, 0.50),
        (0.95, 0.91, 0.84),
    ),
    "green and rose": (
        (0.06, 0.18, 0.14),
        (0.20, 0.42, 0.28),
        (0.55, 0.70, 0.45),
        (0.90, 0.55, 0.60),
        (0.98, 0.90, 0.86),
    ),
    "earth and sky": (
        (0.20, 0.13, 0.09),
        (0.48, 0.32, 0.20),
        (0.76, 0.60, 0.40),
        (0.45, 0.64, 0.76),
        (0.94, 0.92, 0.86),
    ),
    "pink and indigo": (
        (0.10, 0.08, 0.30),
        (0.30, 0.24, 0.60),
        (0.86, 0.36, 0.56),
        (0.98, 0.70, 0.66),
        (1.0, 0.94, 0.88),
    ),
}
"""Five colours each, from dark to light."""


class Style(Strict):
    """A design."""

    technique: str
    palette: str

    def words(self) -> str:
        """What can be seen, as it follows `a`: `picture built of short curling strokes, in blue and gold`."""
        return f"picture {WORDS[self.technique]}, in {self.palette}"


def _graded(image: Array, palette: str, strength: float) -> Array:
    """The picture with its tones drawn towards the palette's."""
    colours = np.array(PALETTES[palette])
    tone = image @ np.array([0.3, 0.59, 0.11])
    low, high = np.quantile(tone, [0.02, 0.98])
    place = np.clip((tone - low) / max(high - low, 1e-3), 0, 1) * (len(colours) - 1)
    mapped = np.stack([np.interp(place, np.arange(len(colours)), colours[:, c]) for c in range(3)], -1)
    return image * (1 - strength) + mapped * strength


def _nearest(image: Array, palette: str) -> Array:
    """Which colour of the palette each pixel gets: by tone, then by hue."""
    colours = np.array(PALETTES[palette])
    gaps: np.ndarray = ((_graded(image, palette, 0.6)[..., None, :] - colours) ** 2).sum(-1)
    return np.argmin(gaps, axis=-1)


def curls(image: Array, palette: str, random: Random) -> Array:
    """Short strokes that follow eddies."""
    size = len(image)
    source = _graded(image, palette, 0.72)
    flow = noise(random, size, size, size / 9) * 1.6
    tone = blur(source @ np.array([0.3, 0.59, 0.11]), 2)
    gy, gx = np.gradient(tone)
    along = np.arctan2(gx, -gy)
    picture = as_image(blur(source, 3) * 0.85).resize((2 * size, 2 * size))
    draw = ImageDraw.Draw(picture)
    for length, width, step in ((20, 8, 7), (15, 5, 4.5)):
        n = int((size / step) ** 2)
        for x, y in random.uniform(0, size - 1, (n, 2)):
            i, j = int(y), int(x)
            strong = min(1.0, 40 * float(np.hypot(gx[i, j], gy[i, j])))
            angle = flow[i, j] * (1 - strong) + along[i, j] * strong
            bend = 0.5 * flow[i, j]
            points = [(2 * x, 2 * y)]
            for _ in range(4):
                angle += bend * 0.25
                points.append((points[-1][0] + length / 2 * np.cos(angle), points[-1][1] + length / 2 * np.sin(angle)))
            colour = source[i, j] * random.uniform(0.78, 1.25) + random.normal(0, 0.025, 3)
            draw.line(points, fill=bytes_of(colour), width=width, joint="curve")
    return np.asarray(picture.resize((size, size)), np.float32) / 255


def dots(image: Array, palette: str, random: Random) -> Array:
    """Dots of unmixed colour on cream."""
    size = len(image)
    colours = np.array(PALETTES[palette])
    source = _graded(image, palette, 0.6)
    picture = as_image(np.ones((2 * size, 2 * size, 3)) * (0.95, 0.92, 0.84))
    draw = ImageDraw.Draw(picture)
    step = size / 70
    centres = (np.stack(np.meshgrid(np.arange(0, size, step), np.arange(0, size, step)), -1)).reshape(-1, 2)
    centres = np.concatenate([centres, centres + step / 2])
    for x, y in centres + random.normal(0, step * 0.22, centres.shape):
        here = source[min(max(int(y), 0), size - 1), min(max(int(x), 0), size - 1)]
        gaps = ((colours - here) ** 2).sum(-1)
        odds = np.exp(-gaps * 26)
        k = random.choice(len(colours), p=odds / odds.sum())
        r = step * random.uniform(0.85, 1.15)
        draw.ellipse(
            (2 * x - r, 2 * y - r, 2 * x + r, 2 * y + r), fill=bytes_of(colours[k] * random.uniform(0.92, 1.08))
        )
    return np.asarray(picture.resize((size, size)), np.float32) / 255


def cut_paper(image: Array, palette: str, random: Random) -> Array:
    """Sheets of coloured paper, one above the other."""
    size = len(image)
    index = _nearest(blur(image, size / 60), palette)
    colours = np.array(PALETTES[palette])
    out = np.ones((size, size, 3)) * colours[0]
    for k in range(1, len(colours)):
        sheet = blur((index >= k).astype(np.float32), size / 90)
        sheet = np.clip((sheet - 0.5) * 8 + 0.5, 0, 1)
        shade = blur(np.roll(sheet, (-3, -3), (0, 1)), 2.5)
        out = out * (1 - 0.45 * np.clip(shade - sheet, 0, 1))[..., None]
        out = out * (1 - 0.35 * np.clip(blur(sheet, 3) - sheet, 0, 1))[..., None]
        grain = 1 + 0.035 * noise(random, size, size, 0.9)
        out = out + (colours[k] * grain[..., None] - out) * sheet[..., None]
    return out


def hatching(image: Array, palette: str, random: Random) -> Array:
    """Pen lines in layers: the darker, the more ways they cross; one wash of colour."""
    size = len(image)
    colours = np.array(PALETTES[palette])
    tone = blur(image @ np.array([0.3, 0.59, 0.11]), 1.0)
    low, high = np.quantile(tone, [0.02, 0.98])
    tone = np.clip((tone - low) / max(high - low, 1e-3), 0, 1)
    x, y = grid(size)
    out = np.ones((size, size, 3)) * colours[4] * (1 + 0.015 * noise(random, size, size, 1))[..., None]
    wash = blur((_nearest(image, palette) == 3).astype(np.float32), 2.5)[..., None]
    out = out * (1 - 0.55 * wash * (1 - colours[3]))
    ink = np.zeros((size, size))
    wander = 0.9 * noise(random, size, size, size / 16)
    for angle, limit in ((0.8, 0.72), (-0.7, 0.5), (0.05, 0.32), (1.5, 0.18)):
        wave = np.sin(2 * np.pi * size / 5.0 * (x * np.cos(angle) + y * np.sin(angle)) + wander)
        ink = np.maximum(ink, np.clip((wave - 0.25) * 2.2, 0, 1) * np.clip((limit - tone) * 9, 0, 1))
    gy, gx = np.gradient(blur(image, 1.0), axis=(0, 1))
    contour = np.clip(np.sqrt((gx**2 + gy**2).sum(-1)) * 9 - 0.25, 0, 1)
    return out + (colours[0] - out) * np.clip(ink * 0.85 + contour, 0, 1)[..., None]


def shards(image: Array, palette: str, random: Random) -> Array:
    """Flat splinters with pale seams, like broken glass."""
    from scipy.spatial import KDTree

    size = len(image)
    source = _graded(image, palette, 0.65)
    gy, gx = np.gradient(blur(image, 1.5).mean(-1))
    weight = (np.hypot(gx, gy) + 0.006).ravel()
    chosen = random.choice(size * size, 620, replace=False, p=weight / weight.sum())
    centres = np.stack([chosen % size, chosen // size], -1) + random.uniform(-1, 1, (620, 2))
    pixels = np.stack(np.meshgrid(np.arange(size), np.arange(size)), -1).reshape(-1, 2)
    pixels = pixels @ np.array([[1.0, 0.35], [-0.15, 1.0]])
    gaps, near = KDTree(centres @ np.array([[1.0, 0.35], [-0.15, 1.0]])).query(pixels, k=2)
    cell = np.asarray(near)[:, 0].reshape(size, size)
    sums = np.stack([np.bincount(cell.ravel(), source[..., c].ravel(), 620) for c in range(3)], -1)
    mean = sums / np.maximum(np.bincount(cell.ravel(), minlength=620), 1)[:, None]
    mean = mean * random.uniform(0.86, 1.14, (620, 1))
    seam = np.clip(1.1 - (np.asarray(gaps)[:, 1] - np.asarray(gaps)[:, 0]), 0, 1).reshape(size, size, 1)
    return mean[cell] * (1 - 0.55 * seam) + np.array(PALETTES[palette][4]) * 0.55 * seam


def lino(image: Array, palette: str, random: Random) -> Array:
    """A linocut: two blocks, with the marks of the gouge."""
    size = len(image)
    colours = np.array(PALETTES[palette])
    tone = blur(image @ np.array([0.3, 0.59, 0.11]), 1.6)
    gy, gx = np.gradient(blur(tone, 3))
    angle = np.arctan2(gy, gx) + 0.4 * noise(random, size, size, size / 10)
    x, y = grid(size)
    cuts = np.sin(size * 0.85 * (x * np.cos(np.round(angle * 1.5) / 1.5) + y * np.sin(np.round(angle * 1.5) / 1.5)))
    low, middle, high = np.quantile(tone, [0.25, 0.5, 0.8])
    dark = (tone < low) | ((tone < middle) & (cuts > 0.1)) | ((tone < high) & (cuts > 0.86))
    second = tone < high
    patchy = np.clip(1.15 + 0.25 * noise(random, size, size, 0.8), 0, 1)
    out = np.ones((size, size, 3)) * colours[4]
    out = out + (colours[3] - out) * (blur(np.roll(second, 2, 1).astype(np.float32), 0.6) * patchy)[..., None]
    return out + (colours[0] - out) * (blur(dark.astype(np.float32), 0.7) * patchy)[..., None]


def contours(image: Array, palette: str, random: Random) -> Array:
    """Bands of colour with dark lines, like the levels on a map."""
    size = len(image)
    tone = blur(_graded(image, palette, 0.3) @ np.array([0.3, 0.59, 0.11]), size / 70) + 0.03 * noise(
        random, size, size, size / 14
    )
    tone = (tone - tone.min()) / max(float(np.ptp(tone)), 1e-3)
    levels = tone * 13
    colours = np.array(PALETTES[palette])
    step = np.floor(levels) / 13 * (len(colours) - 1)
    out = np.stack([np.interp(step, np.arange(len(colours)), colours[:, c]) for c in range(3)], -1)
    gy, gx = np.gradient(levels)
    width = np.maximum(np.hypot(gx, gy), 0.02)
    line = np.clip(1.4 - np.abs(levels - np.round(levels)) / width, 0, 1)
    return out + (colours[0] - out) * (0.85 * line)[..., None]


def panes(image: Array, palette: str, random: Random) -> Array:
    """Flat colours between heavy black lines."""
    size = len(image)
    index = _nearest(blur(image, size / 80), palette)
    colours = np.array(PALETTES[palette])[np.maximum(index, 1)]
    smooth = blur(image, size / 110)
    gy, gx = np.gradient(smooth, axis=(0, 1))
    line = blur(np.clip(np.sqrt((gx**2 + gy**2).sum(-1)) * 14 - 0.35, 0, 1), 1.0)
    x, y = grid(size)
    turn = random.uniform(-0.4, 0.4)
    rays = np.abs(((np.arctan2(y - 0.1, x - 0.5 - turn) / np.pi * 14) % 1) - 0.5) > 0.475
    shine = 1 + 0.12 * noise(random, size, size, size / 18)
    return colours * shine[..., None] * (1 - 0.94 * np.clip(line * 1.8 + 0.55 * rays, 0, 1))[..., None]


TECHNIQUES: dict[str, Callable[[Array, str, Random], Array]] = {
    "curls": curls, "paper": cut_paper, "hatching": hatching, "shards": shards, "dots": dots, "lino": lino,
    "contours": contours, "panes": panes,
}  # fmt: skip
WORDS: dict[str, str] = {
    "curls": "painted in short curling strokes",
    "paper": "made of layers of cut paper",
    "hatching": "drawn in crossing pen lines over a pale wash",
    "shards": "broken into flat splinters with pale seams",
    "dots": "built of dots of unmixed colour",
    "lino": "cut in lino, with the marks of the gouge",
    "contours": "drawn in bands of colour like the levels of a map",
    "panes": "made of flat panes between heavy dark lines",
}
"""How each technique is told."""


def style_picture(design: Style, name: str, size: int, random: Random) -> Array:
    """(size, size, 3): the motif `name` in the style."""
    return np.clip(TECHNIQUES[design.technique](motif(name, size, random), design.palette, random), 0, 1)
