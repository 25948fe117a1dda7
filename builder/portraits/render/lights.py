"""Light set-ups: a soft key, a fill, sometimes a rim, and a dome of sky and floor."""

from typing import NamedTuple

import numpy as np

from ..mathx import unit
from ..views import Setting

GOLDEN = 2.399963
"""Radians between neighbours on a sunflower spiral, which spreads points evenly."""
KEY, FILL, RIM, DOME = range(4)
COUNTS = (5, 3, 2, 14)
"""Directions in each group."""
SKY, FLOOR = np.array([0.97, 1.0, 1.05]) * 0.50, np.array([1.05, 0.95, 0.85]) * 0.24


class Lights(NamedTuple):
    """d directions towards the light, each with a colour and a group, and the three lamps as single directions."""

    directions: np.ndarray
    """(d, 3)"""
    colours: np.ndarray
    """(d, 3)"""
    groups: np.ndarray
    """(d,)"""
    lamps: np.ndarray
    """(3, 3) directions of key, fill and rim."""
    lamp_colours: np.ndarray
    """(3, 3)"""
    frames: np.ndarray
    """(d, 3, 3): columns right, up, towards the light."""


def direction(azimuth: float, elevation: float) -> np.ndarray:
    """Towards a light; radians, azimuth 0 in front, positive to the viewer's right."""
    flat = np.cos(elevation)
    return np.array([np.sin(azimuth) * flat, np.sin(elevation), np.cos(azimuth) * flat])


def _disc(centre: np.ndarray, radius: float, n: int) -> list[np.ndarray]:
    """Directions spread over a round lamp."""
    across = unit(np.cross([0.0, 1.0, 0.01], centre))
    up = np.cross(centre, across)
    angle, radii = np.arange(n) * GOLDEN, radius * np.sqrt((np.arange(n) + 0.5) / n)
    return [unit(centre + r * (np.cos(a) * across + np.sin(a) * up)) for a, r in zip(angle, radii, strict=True)]


def make_lights(setting: Setting) -> Lights:
    """All light of one picture."""
    azimuth = np.radians(setting.key_azimuth)
    side = -np.sign(azimuth) if azimuth else 1.0
    lamps = np.stack(
        [
            direction(azimuth, np.radians(setting.key_elevation)),
            direction(side * 0.75, 0.15),
            direction(side * 2.45, 0.45),
        ]
    )
    warm = np.array([1 + setting.warmth, 1.0, 1 - 1.2 * setting.warmth])
    colours = np.stack(
        [warm * setting.key, np.array([0.94, 0.98, 1.05]) * 0.62 * setting.fill, np.full(3, 1.4 * setting.rim)]
    )
    directions, shares, groups = [], [], []
    for group, radius in ((KEY, setting.key_size), (FILL, 0.5), (RIM, 0.12)):
        directions += _disc(lamps[group], radius, COUNTS[group])
        shares += [colours[group] / COUNTS[group]] * COUNTS[group]
        groups += [group] * COUNTS[group]
    backdrop = np.array(setting.backdrop)
    for i in range(COUNTS[DOME]):
        y = 1 - (i + 0.5) / COUNTS[DOME] * 1.75
        flat = np.sqrt(max(0.0, 1 - y * y))
        directions.append(np.array([np.cos(i * GOLDEN) * flat, y, np.sin(i * GOLDEN) * flat]))
        shares.append(
            (SKY * (0.5 + 0.5 * y) + FLOOR * (0.5 - 0.5 * y) + 0.12 * backdrop) * setting.fill * 3.5 / COUNTS[DOME]
        )
        groups.append(DOME)
    towards = np.array(directions)
    right = unit(np.cross([0.01, 1.0, 0.02], towards))
    frames = np.stack([right, np.cross(towards, right), towards], -1)
    shine = colours * np.array([1.0, 1.2, 1.0])[:, None]
    return Lights(towards, np.array(shares), np.array(groups), lamps, shine, frames.astype(np.float32))
