"""Puts flat art into a picture: turned, tilted, bent over a surface, with its shadow and its relief."""

import numpy as np
from PIL import Image

from .canvas import Array, as_image, blur

Random = np.random.Generator


def lay(
    art: Array, size: int, random: Random, share: tuple[float, float] = (0.6, 0.85), tilt: float = 1.0, turn: float = 12
) -> Array:
    """(size, size, 4): the art seen from a random place.

    Args:
        art: (h, w, 4).
        size: Side of the picture.
        random: Source of chance.
        share: Least and greatest part of the picture that the art's longer side fills.
        tilt: 0 straight from the front, 1 up to about 40 degrees from the side.
        turn: Degrees that the art may be turned in its plane.
    """
    h, w = art.shape[:2]
    half = random.uniform(*share) * np.array([w, h]) / max(w, h)
    angle = np.radians(random.uniform(-turn, turn))
    yaw, pitch = tilt * random.uniform(-0.65, 0.65), tilt * random.uniform(-0.5, 0.5)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    flat = corners @ spin
    x, y, z = (
        flat[:, 0] * np.cos(yaw),
        flat[:, 1] * np.cos(pitch),
        flat[:, 0] * np.sin(yaw) + flat[:, 1] * np.sin(pitch),
    )
    near = 3.2 / (3.2 + z)
    seen = np.stack([x * near, y * near], -1)
    seen -= (seen.max(0) + seen.min(0)) / 2
    room = np.maximum(1.0 - np.abs(seen).max(0), 0) * 0.75
    at = (seen + random.uniform(-1, 1, 2) * room + 1) / 2 * size
    source = np.array([(0, 0), (w, 0), (w, h), (0, h)], float)
    return warp(art, at, source, size)


def warp(art: Array, to: Array, source: Array, size: int) -> Array:
    """The art with its corners `source` moved to `to`, in a picture of `size`."""
    rows, values = [], []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    coefficients = np.linalg.solve(np.array(rows), np.array(values))
    image = as_image(premultiplied(art))
    if max(art.shape) > 1.5 * size:  # a smaller source keeps far edges from flickering
        scale = 1.25 * size / max(art.shape[:2])
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
        coefficients = coefficients * np.array([scale] * 6 + [1, 1])
    moved = image.transform((size, size), Image.Transform.PERSPECTIVE, tuple(coefficients), Image.Resampling.BICUBIC)
    out = np.asarray(moved, np.float32) / 255
    colour = out[..., :3] / np.maximum(out[..., 3:], 0.02)  # what is hardly covered has hardly a colour
    return np.concatenate([np.clip(colour, 0, 1), out[..., 3:]], -1)


def premultiplied(art: Array) -> Array:
    """Colour times coverage, so that what is not covered cannot bleed into edges."""
    return np.concatenate([art[..., :3] * art[..., 3:], art[..., 3:]], -1)


def over(top: Array, ground: Array, alpha: Array | None = None) -> Array:
    """The art in front of the ground."""
    cover = top[..., 3:] if alpha is None else alpha[..., None]
    return top[..., :3] * cover + ground * (1 - cover)


def shadow(ground: Array, alpha: Array, random: Random, reach: float, strength: float = 0.45) -> Array:
    """The ground, darkened where something of that coverage keeps light off."""
    size = len(ground)
    dx, dy = (round(float(v)) for v in size * reach * random.uniform(0.5, 1.0, 2) * (random.choice([-1, 1]), 1))
    moved = np.roll(np.pad(alpha, size // 4), (dy, dx), (0, 1))[size // 4 : -(size // 4), size // 4 : -(size // 4)]
    return ground * (1 - strength * blur(moved, size * reach * 0.7 + 0.5))[..., None]


def relief(height: Array, random: Random, depth: float) -> tuple[Array, Array]:
    """Shading (around 1) and highlights (0 to 1) of a surface of that height, lit from above and a side."""
    gy, gx = np.gradient(height.astype(np.float32) * depth)
    light = np.array([random.choice([-1, 1]) * random.uniform(0.4, 0.8), random.uniform(0.5, 0.8), 1.0])
    light /= np.linalg.norm(light)
    normal = np.stack([gx, gy, np.ones_like(gx)], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    lit = (normal * light).sum(-1) / light[2]
    between = np.add(light, [0.0, 0.0, 1.0])
    shine = np.clip((normal * between / np.linalg.norm(between)).sum(-1), 0, 1) ** 40
    return lit, shine


def edges(art: Array) -> Array:
    """(h, w): where colours or coverage change, 0 to 1."""
    smooth = blur(premultiplied(art), 0.8)
    gy, gx = np.gradient(smooth, axis=(0, 1))
    return np.clip(np.sqrt((gx**2 + gy**2).sum(-1)) * 5, 0, 1)


def luma(art: Array) -> Array:
    """Brightness of the colour, whatever its coverage."""
    return art[..., :3] @ np.array([0.3, 0.59, 0.11], np.float32)
