"""A canvas of unit coordinates: smooth polygons, lines and discs, drawn large and averaged down."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = tuple[float, float, float]
"""RGB, 0 to 1, as a screen shows it."""
Array = np.ndarray[Any, np.dtype[Any]]
Tone = Sequence[float] | Array
"""A colour, or what arithmetic made of one; whatever is out of range is cut off."""

FINE = 3
"""Samples a side of each pixel."""


def bytes_of(colour: Tone) -> tuple[int, int, int]:
    """The colour in bytes."""
    r, g, b = (round(255 * min(max(float(c), 0.0), 1.0)) for c in colour)
    return r, g, b


class Canvas:
    """A square picture with transparency; x and y run from -1 to 1, y downwards."""

    def __init__(self, size: int, ground: Tone | None = None):
        self.size = size
        self._side = size * FINE
        fill = (*bytes_of(ground), 255) if ground is not None else (0, 0, 0, 0)
        self._image = Image.new("RGBA", (self._side, self._side), fill)
        self._draw = ImageDraw.Draw(self._image)

    def _at(self, points: Sequence[Point] | Array) -> list[Point]:
        return [((float(x) + 1) / 2 * self._side, (float(y) + 1) / 2 * self._side) for x, y in points]

    def polygon(self, points: Sequence[Point] | Array, colour: Tone) -> None:
        """A filled polygon."""
        self._draw.polygon(self._at(points), fill=bytes_of(colour))

    def line(self, points: Sequence[Point] | Array, width: float, colour: Tone, closed: bool = False) -> None:
        """A line with round corners and ends; `width` in units."""
        at = self._at([*points, points[0]] if closed else points)
        thick = max(1, round(width * self._side / 2))
        self._draw.line(at, fill=bytes_of(colour), width=thick, joint="curve")
        for x, y in at if closed else (at[0], at[-1]):
            r = thick / 2
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=bytes_of(colour))

    def shape(
        self,
        points: Sequence[Point] | Array,
        colour: Tone,
        edge: float = 0,
        ink: Tone = (0, 0, 0),
    ) -> None:
        """A polygon with an outline of width `edge`."""
        self.polygon(points, colour)
        if edge:
            self.line(points, edge, ink, closed=True)

    def disc(self, x: float, y: float, r: float, colour: Tone, edge: float = 0, ink: Colour = (0, 0, 0)) -> None:
        """A filled circle."""
        self.shape(ellipse(x, y, r, r), colour, edge, ink)

    def array(self) -> Array:
        """(size, size, 4): RGB and coverage, 0 to 1."""
        whole = np.asarray(self._image, np.float32) / 255
        blocks = whole.reshape(self.size, FINE, self.size, FINE, 4)
        alpha = blocks[..., 3:].mean((1, 3))
        colour = (blocks[..., :3] * blocks[..., 3:]).mean((1, 3)) / np.maximum(alpha, 1e-6)
        return np.concatenate([colour, alpha], -1)

    def paste(self, other: "Canvas", mask: "Canvas") -> None:
        """Draw `other` where `mask` is covered."""
        self._image.paste(other._image, (0, 0), mask._image.getchannel("A"))


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0, n: int = 72) -> Array:
    """Points of an ellipse, turned by degrees."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return shifted(turned(np.stack([rx * np.cos(t), ry * np.sin(t)], -1), turn), x, y)


def around(at: Array, rx: float, ry: float, turn: float = 0.0, n: int = 72) -> Array:
    """Points of an ellipse around the point `at`."""
    return ellipse(float(at[0]), float(at[1]), rx, ry, turn, n)


def shifted(points: Sequence[Point] | Array, x: float, y: float) -> Array:
    """The points, moved."""
    return np.asarray(points, float) + np.array([x, y])


def turned(points: Sequence[Point] | Array, degrees: float) -> Array:
    """Points turned clockwise about the origin."""
    a = np.radians(degrees)
    return np.asarray(points, float) @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


def smooth(points: Sequence[Point] | Array, rounds: int = 3) -> Array:
    """The closed polygon with its corners cut (Chaikin), so that it looks drawn by a curve."""
    p = np.asarray(points, float)
    for _ in range(rounds):
        following = np.roll(p, -1, 0)
        p = np.stack([0.75 * p + 0.25 * following, 0.25 * p + 0.75 * following], 1).reshape(-1, 2)
    return p


def as_image(picture: Array) -> Image.Image:
    """(h, w, 3 or 4) of 0 to 1 as a Pillow picture."""
    return Image.fromarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))


def resized(picture: Array, width: int, height: int) -> Array:
    """The picture at another size."""
    return np.asarray(as_image(picture).resize((width, height), Image.Resampling.LANCZOS), np.float32) / 255


def blur(picture: Array, sigma: float) -> Array:
    """Gaussian blur over the first two axes."""
    from scipy.ndimage import gaussian_filter

    sigmas = (sigma, sigma, *([0] * (picture.ndim - 2)))
    return cast(Array, gaussian_filter(picture.astype(np.float32), sigmas, mode="nearest"))


def noise(random: np.random.Generator, height: int, width: int, grain: float) -> Array:
    """Smooth noise of mean 0 and deviation 1; `grain` is the size of its blots in pixels."""
    field = blur(random.normal(0, 1, (height, width)).astype(np.float32), grain)
    return (field - field.mean()) / max(float(field.std()), 1e-6)
