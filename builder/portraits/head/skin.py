"""Colour, shine and fine relief of the skin, painted in rest space so that every expression and pose shares them."""

from typing import NamedTuple

import numpy as np

from ....schemas.appearance import Appearance
from ..mathx import bell, noise, ramp
from .basis import Basis
from .brows import brow_line
from .regions import beard_area, ear_area, hairline
from .shape import elderliness, generator
from .traits import Traits

BEARD_SHADOW = {"none": 0.12, "stubble": 0.4, "moustache": 0.2, "goatee": 0.28, "short beard": 0.5, "full beard": 0.6}
SCALP_COVER = {"bald": 0.16, "thinning": 0.45, "buzz-cut": 0.78}
"""How much of the scalp's colour is the hair's, where hair grows."""


class Skin(NamedTuple):
    """At each fine skin point."""

    colour: np.ndarray
    gloss: np.ndarray
    rough: np.ndarray
    relief: np.ndarray
    """Height of pores and lines, before scaling."""


def paint(appearance: Appearance, t: Traits, basis: Basis) -> Skin:
    """The skin of one person."""
    rest, masks = basis.skin.rest, basis.masks
    random = generator(appearance, 53)
    seed = appearance.face_seed % 100_003 * 7 + 3
    age = elderliness(appearance)
    folds = noise(
        np.stack([rest[:, 0] * 3, rest[:, 1] * 26 + 1.5 * np.sin(rest[:, 0] * 7), rest[:, 2] * 3], 1), seed + 31, 2
    )
    colour = _complexion(rest, masks, t, age, seed)
    colour = _age(colour, rest, folds, t, age, seed)
    colour = _creases(colour, rest, age, generator(appearance, 54))
    colour = _spots(colour, rest, masks, t, random, seed)
    lips = np.clip(masks["lips"] * 1.15, 0, 1)[:, None]
    colour = (
        colour * (1 - lips)
        + _lip_colour(t) * (1 + 0.2 * (noise(rest * np.array([60, 8, 8]), seed + 5, 2) - 0.5))[:, None] * lips
    )
    colour = _shadows_of_hair(colour, rest, basis, appearance, t, lips[:, 0], seed)
    pores = noise(rest * 38, seed + 13, 2) - 0.5
    tip, forehead = bell(rest, (0, 7.0, 1.68), 0.12), bell(rest, (0, 7.7, 1.45), 0.4)
    oil = 0.34 + 0.13 * forehead + 0.16 * tip + 0.3 * lips[:, 0] + 0.05 * bell(rest, (0.4, 7.0, 1.3), 0.2)
    gloss = oil * (1 + 0.15 * t.melanin) * (1 + 0.5 * pores)
    rough = np.clip(0.57 - 0.07 * forehead - 0.07 * tip - 0.14 * lips[:, 0] + 0.06 * pores, 0.25, 0.7)
    lined = bell(rest, (0, 7.8, 1.45), 0.5) + bell(rest, (0.55, 7.25, 1.15), 0.15) + 0.3
    relief = 0.5 * noise(rest * 45, seed + 41, 2) + 0.9 * (0.1 + age) * (folds - 0.5) * lined
    return Skin(np.clip(colour, 0.004, 0.95), gloss, rough, relief)


def _complexion(rest: np.ndarray, masks: dict[str, np.ndarray], t: Traits, age: float, seed: int) -> np.ndarray:
    """Base tone, mottling, blood near the surface, shadows under the eyes."""
    low, mid, fine = (noise(rest * f, seed + k, o) - 0.5 for f, k, o in ((2.7, 11, 2), (9, 12, 3), (38, 13, 2)))
    colour = t.tone * (1 + (0.14 * low + 0.18 * mid + 0.10 * fine)[:, None] * np.array([0.7, 1.05, 1.1]))
    red = 0.1 + t.blush * 0.85 * bell(rest, (0.40, 6.93, 1.3), 0.24) + 0.7 * bell(rest, (0, 6.96, 1.66), 0.14)
    red = (
        red
        + 0.55 * masks["ears"]
        + 0.35 * bell(rest, (0, 6.3, 1.5), 0.2)
        + 0.2 * ramp(-rest[:, 1], -6.2, -5.7)
        + 0.5 * low
    )
    yellow = 0.25 * bell(rest, (0, 7.75, 1.4), 0.45) + 0.2 * bell(rest, (0.3, 7.5, 1.3), 0.2)
    light = 1 - 0.6 * t.melanin
    colour = colour * (
        1 + (red * light)[:, None] * np.array([0.02, -0.30, -0.28]) + yellow[:, None] * np.array([0.03, 0.03, -0.06])
    )
    under = bell(rest, (0.29, 7.10, 1.36), 0.13, 0.06)[:, None]
    colour = colour * (1 - (0.13 + 0.24 * age) * under * np.array([0.75, 1.0, 0.8]))
    # The sides of nose and jaw lie deeper and darker than the middle of the face.
    contour = bell(rest, (0.62, 6.75, 0.9), 0.22)[:, None]
    colour = colour * (1 - 0.10 * contour)
    lids = masks["eyelids"][:, None]
    return colour * (1 - lids * np.array([0.12, 0.22, 0.18]) * (1 + 1.2 * t.makeup))


def _age(colour: np.ndarray, rest: np.ndarray, folds: np.ndarray, t: Traits, age: float, seed: int) -> np.ndarray:
    """Lines on the forehead and beside the eyes, and the spots of old age."""
    forehead, crow = bell(rest, (0, 7.8, 1.45), 0.45), bell(rest, (0.55, 7.22, 1.15), 0.12)
    lines = age * 0.4 * np.clip(forehead * (folds - 0.5), 0, 1) + age * 0.35 * crow * np.clip(folds - 0.4, 0, 1)
    colour = colour * (1 - lines[:, None])
    if age > 0.5:
        spots = np.clip((noise(rest * 11, seed + 22, 1) - 0.74) * 5, 0, 1) * (age - 0.4) * (1 - 0.6 * t.melanin)
        colour = colour * (1 - spots[:, None] * np.array([0.25, 0.35, 0.4]))
    return colour


def _creases(colour: np.ndarray, rest: np.ndarray, age: float, random: np.random.Generator) -> np.ndarray:
    """Fold from nose to mouth, groove under the eye, dimple under the lip: deeper with age, and personal."""
    x, y, z = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    depth = random.uniform(0.3, 1.0, 3) * np.array([0.13 + 0.30 * age, 0.07 + 0.20 * age, 0.10 + 0.05 * age])
    top, low = np.array([0.185, 6.93]), np.array([0.37 + random.uniform(-0.02, 0.03), 6.58 - 0.08 * age])
    along = np.clip(
        ((x - top[0]) * (low[0] - top[0]) + (y - top[1]) * (low[1] - top[1])) / ((low - top) ** 2).sum(), 0, 1
    )
    away = np.hypot(x - top[0] - along * (low[0] - top[0]), y - top[1] - along * (low[1] - top[1]))
    fold = np.exp(-((away / 0.035) ** 2)) * np.sin(np.pi * np.clip(0.15 + 0.85 * along, 0, 1)) * (z > 1.1)
    groove = np.exp(-(((y - 7.075 - 0.5 * (x - 0.30) ** 2) / 0.03) ** 2)) * bell(rest, (0.28, 7.08, 1.36), 0.16, 0.1)
    dimple = bell(rest, (0, 6.44, 1.5), 0.14, 0.045)
    shade = depth[0] * fold + depth[1] * groove + depth[2] * dimple
    return colour * (1 - shade[:, None] * np.array([0.75, 1.0, 0.95]))


def _spots(
    colour: np.ndarray,
    rest: np.ndarray,
    masks: dict[str, np.ndarray],
    t: Traits,
    random: np.random.Generator,
    seed: int,
) -> np.ndarray:
    """Freckles and moles."""
    if t.freckles > 0:
        where = np.clip(bell(rest, (0.22, 7.0, 1.42), 0.40) * 1.4, 0, 1)
        freckles = np.clip((noise(rest * 34, seed + 21, 1) - 0.66) * 6, 0, 1) * where * t.freckles
        colour = colour * (1 - freckles[:, None] * np.array([0.20, 0.34, 0.42]))
    face = np.flatnonzero((rest[:, 2] > 0.9) & (rest[:, 1] > 6.2) & (rest[:, 1] < 7.9) & (masks["lips"] < 0.1))
    for _ in range(t.moles):
        distance = ((rest - rest[random.choice(face)]) ** 2).sum(1)
        mole = np.exp(-distance / random.uniform(0.008, 0.015) ** 2)
        colour = colour * (1 - 0.65 * mole[:, None] * np.array([0.8, 0.95, 1.0]))
    return colour


def _lip_colour(t: Traits) -> np.ndarray:
    natural = t.tone * (np.array([0.84, 0.56, 0.56]) * (1 - t.melanin) + np.array([0.95, 0.74, 0.76]) * t.melanin)
    paint_ = t.makeup * 0.7
    return natural * (1 - paint_) + t.lipstick * (0.4 + 0.6 * (1 - t.melanin)) * paint_


def _shadows_of_hair(
    colour: np.ndarray, rest: np.ndarray, basis: Basis, appearance: Appearance, t: Traits, lips: np.ndarray, seed: int
) -> np.ndarray:
    """What shines through or lies under hair: beard shadow, scalp and brows. Strands alone never cover."""
    if appearance.sex == "male":
        strength = BEARD_SHADOW[appearance.facial_hair] * (1 - 0.6 * t.greyness) * (1 if t.hair.mean() < 0.12 else 0.5)
        area = beard_area(rest, appearance.facial_hair) * (1 - lips)
        mottled = strength * area * (0.75 + 0.5 * noise(rest * 30, seed + 9, 2))
        colour = colour * (1 - mottled[:, None] * np.array([0.95, 0.86, 0.74]))
    above, _ = hairline(rest, appearance, t)
    cover = SCALP_COVER.get(appearance.hair_style, 0.9) * ramp(above, -0.03, 0.07) * ~ear_area(rest)
    if appearance.head_covering == "headscarf":
        cover = cover * 0
    root = t.hair * 0.75 + 0.10 * t.tone
    colour = colour * (1 - cover[:, None]) + root * cover[:, None]
    along, across = brow_line(rest, t)
    brow = (
        np.exp(-(across**2))
        * ramp(np.abs(rest[:, 0]), 0.09, 0.15)
        * ramp(-np.abs(rest[:, 0]), -0.50, -0.36)
        * (rest[:, 2] > 1.0)
    )
    brow = (brow * (1 - 0.3 * along))[:, None] * t.brow_weight
    return colour * (1 - 0.45 * brow) + t.hair * 0.3 * brow
