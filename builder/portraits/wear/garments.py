"""Garments: the loose layer of the basis, cut to a neckline pixel by pixel, in one or more layers.

A cut is a field over the cloth's rest points, positive where there is cloth. Fields are nearly linear across a
triangle, so their zero lines come out smooth; a corner is where two of them meet.
"""

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from ....schemas.appearance import Appearance
from ..head.basis import Basis
from ..head.traits import Traits
from ..mathx import noise, ramp, unit, vertex_normals
from ..render.mesh import NO_CUT, Mesh

COLOURS = {
    "black": (0.016, 0.016, 0.018),
    "white": (0.64, 0.64, 0.62),
    "navy": (0.020, 0.030, 0.075),
    "grey": (0.23, 0.235, 0.245),
    "charcoal": (0.050, 0.052, 0.058),
    "beige": (0.47, 0.39, 0.28),
    "brown": (0.105, 0.058, 0.033),
    "burgundy": (0.105, 0.014, 0.025),
    "red": (0.33, 0.025, 0.027),
    "dusty pink": (0.47, 0.25, 0.25),
    "rust": (0.30, 0.095, 0.035),
    "mustard": (0.42, 0.25, 0.045),
    "olive": (0.105, 0.110, 0.045),
    "dark green": (0.022, 0.070, 0.043),
    "teal": (0.022, 0.125, 0.130),
    "light blue": (0.33, 0.45, 0.60),
    "royal blue": (0.030, 0.070, 0.28),
    "purple": (0.11, 0.035, 0.16),
    "lavender": (0.42, 0.36, 0.52),
}
"""Linear RGB of the vocabulary's colours."""


class Neck(NamedTuple):
    """A neckline: a plane through the base of the neck, perhaps with a V. The cloth hugs the neck up to it."""

    drop: float
    """How far under the base of the neck."""
    slope: float = 0.34
    """How much deeper in front than behind."""
    vee: tuple[float, float] | None = None
    """Depth and half width."""
    band: float = 0.0
    collar: str = ""
    """`shirt`, `polo`, `blouse` or none."""
    wide: float = 0.46
    """Half width of the opening."""


NECKS = {
    "T-shirt": Neck(0.02, 0.36, None, 0.04),
    "crew-neck sweater": Neck(-0.02, 0.34, None, 0.06),
    "V-neck sweater": Neck(0.0, 0.34, (0.42, 0.30), 0.05),
    "turtleneck": Neck(-0.24, 0.12),
    "shirt": Neck(-0.02, 0.34, (0.34, 0.13), 0.014, "shirt"),
    "polo shirt": Neck(-0.02, 0.34, (0.32, 0.11), 0.02, "polo"),
    "suit jacket": Neck(-0.04, 0.34, None, 0, "shirt"),
    "blazer": Neck(0.08, 0.60, None, 0.03, "", 0.5),
    "hoodie": Neck(0.02, 0.36, None, 0.05),
    "cardigan": Neck(0.05, 0.50, None, 0.03),
    "blouse": Neck(0.0, 0.36, (0.46, 0.22), 0.014, "blouse"),
    "scoop-neck top": Neck(0.10, 0.66, None, 0.025, "", 0.56),
    "dress": Neck(0.13, 0.42, None, 0.025, "", 0.66),
}


class Cloth(NamedTuple):
    """The draped layer, ready to be cut."""

    rest: np.ndarray
    points: np.ndarray
    normals: np.ndarray
    triangles: np.ndarray
    head: np.ndarray


def drape(basis: Basis, coarse: np.ndarray, mid: np.ndarray, mid_normals: np.ndarray) -> Cloth:
    """The loose layer over this person's shoulders, drawn close around the neck."""
    part = basis.cloth
    points = part.matrix @ coarse[part.span]
    normals = vertex_normals(points, part.triangles)
    loose = 0.020 + 0.026 * ramp(-part.rest[:, 1], -5.6, -4.9)
    distance, near = KDTree(mid).query(points, k=5)
    weight = 1 / (distance + 0.03)
    weight /= weight.sum(1, keepdims=True)
    gap = ((points[:, None] - mid[near]) * mid_normals[near]).sum(2)
    outward = unit((mid_normals[near] * weight[..., None]).sum(1))
    close = ramp(part.rest[:, 1], 5.0, 5.45)
    gap = (gap * weight).sum(1) * close
    points = points + normals * loose[:, None] - outward * np.clip(gap, -0.1, 0.3)[:, None]
    return Cloth(part.rest, points, vertex_normals(points, part.triangles), part.triangles, part.head)


def below_throat(rest: np.ndarray, drop: float, slope: float, wide: float = 0.46) -> np.ndarray:
    """Positive below a plane that slopes to the front, `drop` under the base of the neck, and on the shoulders."""
    beyond = np.abs(rest[:, 0]) - wide
    shoulder = 0.5 * (beyond + np.sqrt(beyond**2 + 0.03)) * (1.0 + 3 * drop) - 0.04
    return (5.76 - drop - slope * (rest[:, 2] - 0.2) + shoulder - rest[:, 1]) * 0.8


def below_vee(rest: np.ndarray, depth: float, half_width: float) -> np.ndarray:
    """Positive below a V in front."""
    line = 5.66 - depth + depth / half_width * np.abs(rest[:, 0]) - rest[:, 1]
    return np.where(rest[:, 2] > 0.3, line * 0.55, NO_CUT)


def neckline(appearance: Appearance, rest: np.ndarray) -> np.ndarray:
    """The three cuts (v, 3) of a garment's own cloth. Under a headscarf every neckline is closed."""
    cuts = np.full((len(rest), 3), NO_CUT)
    name = "turtleneck" if appearance.head_covering == "headscarf" else appearance.clothing
    neck = NECKS[name]
    cuts[:, 0] = below_throat(rest, neck.drop, neck.slope, neck.wide)
    if neck.vee:
        cuts[:, 1] = below_vee(rest, *neck.vee)
    return cuts


def dress_up(appearance: Appearance, t: Traits, cloth: Cloth) -> list[Mesh]:
    """All cloth layers, on the neutral bust."""
    name = appearance.clothing
    base = np.array(COLOURS[appearance.clothing_colour])
    inner = base
    if name in ("suit jacket", "blazer", "cardigan"):
        inner = inner_colour(name, t)
    layers = [
        _layer(
            cloth, neckline(appearance, cloth.rest), _fabric(appearance, t, cloth.rest, inner), 0.0, NECKS[name].band
        )
    ]
    if name == "suit jacket" and appearance.sex == "male":
        layers.append(_tie(cloth, t))
    if name in ("suit jacket", "blazer"):
        layers += _jacket(cloth, base, appearance)
    if name == "cardigan":
        open_ = np.where(
            cloth.rest[:, 2] > 0.2,
            np.abs(cloth.rest[:, 0]) - 0.30 + 0.12 * np.clip(5.66 - cloth.rest[:, 1], 0, 1),
            NO_CUT,
        )
        cuts = np.stack([open_, below_throat(cloth.rest, 0.0, 0.40), np.full(len(open_), NO_CUT)], 1)
        layers.append(_layer(cloth, cuts, _wool(cloth.rest, base, appearance), 0.04, 0.05))
    return layers


def inner_colour(name: str, t: Traits) -> np.ndarray:
    """Colour of what is worn under a jacket or cardigan."""
    shirts = ((0.64, 0.64, 0.63), (0.42, 0.52, 0.66), (0.60, 0.60, 0.60))
    if name == "suit jacket":
        return np.array(shirts[int(t.wave * 10) % 3])
    return np.array([(0.62, 0.61, 0.58), (0.05, 0.05, 0.055), (0.40, 0.36, 0.31)][int(t.wave * 10) % 3])


def _layer(cloth: Cloth, cuts: np.ndarray, colour: np.ndarray, lift: float, hem: float) -> Mesh:
    points = cloth.points + cloth.normals * lift
    return Mesh(points, cloth.triangles, colour, cloth.normals, 0.10, 0.8, cuts, hem, two_sided=True)


def _wool(rest: np.ndarray, colour: np.ndarray, appearance: Appearance) -> np.ndarray:
    grain = noise(rest * np.array([55, 30, 55]), appearance.face_seed % 9973, 2) - 0.5
    return colour * (1 + 0.30 * grain)[:, None]


def _fabric(appearance: Appearance, t: Traits, rest: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """The garment's colour with its weave and pattern."""
    x, y = rest[:, 0], rest[:, 1]
    name, out = appearance.clothing, np.repeat(colour[None], len(rest), 0)
    if name in ("crew-neck sweater", "V-neck sweater", "turtleneck", "hoodie", "T-shirt"):
        out = _wool(rest, colour, appearance)
    grain = noise(rest * 30, appearance.face_seed % 9973, 2) - 0.5
    out = out * (1 + (0.3 if t.pattern == "heather" else 0.08) * grain)[:, None]
    if t.pattern == "stripes" and name in ("T-shirt", "crew-neck sweater", "scoop-neck top", "polo shirt"):
        # Broad and half in the garment's own colour: finer than the mesh, stripes would fray.
        band = 0.6 * ramp(np.sin(y * 19), -0.1, 0.7)[:, None]
        out = out * (1 - band) + t.second_colour * band
    if t.pattern == "checks" and name in ("shirt", "blouse", "dress"):
        lines = 0.32 * (np.sin(x * 34) > 0.55) + 0.28 * (np.sin(y * 34) > 0.55)
        out = out * (1 - lines)[:, None]
    return out


def _opening(rest: np.ndarray) -> np.ndarray:
    """Positive where a jacket covers the front: beside a long V that closes at the chest."""
    below = np.clip(5.66 - 0.34 * (rest[:, 2] - 0.2) - rest[:, 1], -0.2, 1.2)
    return np.where(rest[:, 2] > 0.22, np.abs(rest[:, 0]) - 0.36 * (1 - below / 0.85), 1.0)


def _jacket(cloth: Cloth, colour: np.ndarray, appearance: Appearance) -> list[Mesh]:
    """A jacket and its lapels, with a notch."""
    rest = cloth.rest
    x, y = np.abs(rest[:, 0]), rest[:, 1]
    open_, none = _opening(rest), np.full(len(rest), NO_CUT)
    wool = colour * (1 + 0.16 * (noise(rest * 60, appearance.face_seed % 9973 + 4, 2) - 0.5))[:, None]
    body = _layer(cloth, np.stack([open_, below_throat(rest, 0.07, 0.34), none], 1), wool, 0.045, 0.0)
    below = np.clip(5.62 - y, 0, 1.0)
    wide = 0.20 + 0.10 * np.clip(1 - np.abs(below - 0.25) / 0.3, 0, 1)
    lapel_end = np.where(rest[:, 2] > 0.0, wide - open_, -1.0)
    bottom = 0.95 - below
    notch = np.where(open_ > 0.10, np.abs((y - 5.40) - 0.35 * (x - 0.42)) - 0.016, NO_CUT)
    edges = [open_ - 0.004, np.minimum(lapel_end, bottom), np.minimum(below_throat(rest, 0.05, 0.34), notch)]
    lapel = _layer(cloth, np.stack(edges, 1), wool * 1.12 + 0.003, 0.068, 0.014)
    return [body, lapel]


def _tie(cloth: Cloth, t: Traits) -> Mesh:
    """A tie that widens from its knot."""
    rest = cloth.rest
    x, below = np.abs(rest[:, 0]), 5.58 - rest[:, 1]
    half = 0.062 + 0.055 * np.clip(below - 0.12, 0, 1) + 0.028 * np.exp(-(((below - 0.02) / 0.08) ** 2))
    side = np.where(rest[:, 2] > 0.3, half - x, -1.0)
    cuts = np.stack([side, below + 0.06, np.full(len(x), NO_CUT)], 1)
    stripes = 1 + 0.35 * (np.sin((rest[:, 0] + rest[:, 1]) * 42) > 0.3) * t.mirrored
    colour = (t.second_colour * 0.55 + 0.008) * stripes[:, None]
    mesh = _layer(cloth, cuts, colour, 0.03, 0.012)
    mesh.gloss = 0.35
    mesh.rough = 0.5
    return mesh
