"""What is visible of a person but too fine for words: skin tone, brows, hairline, parting, frames, fabric.

Drawn from the person's seed, once; every view shares them.
"""

from dataclasses import dataclass

import numpy as np

from ....schemas.appearance import Appearance
from .shape import elderliness, generator

MELANIN_STEPS = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
SKIN_TONES = np.array(
    [(0.56, 0.345, 0.262), (0.475, 0.278, 0.192), (0.35, 0.195, 0.122), (0.19, 0.098, 0.058), (0.082, 0.042, 0.026)]
)
"""Skin at rising melanin, linear RGB."""
HAIR_COLOURS = {
    "black": (0.011, 0.009, 0.008),
    "dark brown": (0.030, 0.018, 0.011),
    "brown": (0.082, 0.046, 0.025),
    "auburn": (0.100, 0.034, 0.016),
    "red": (0.230, 0.078, 0.022),
    "blond": (0.330, 0.232, 0.130),
    "grey": (0.215, 0.21, 0.205),
    "white": (0.56, 0.55, 0.53),
}
EYE_COLOURS = {
    "dark brown": (0.040, 0.019, 0.010),
    "brown": (0.095, 0.045, 0.019),
    "hazel": (0.125, 0.082, 0.030),
    "green": (0.085, 0.110, 0.055),
    "grey": (0.160, 0.190, 0.205),
    "blue": (0.105, 0.165, 0.225),
}
FRAME_COLOURS = (
    (0.012, 0.012, 0.012),
    (0.07, 0.028, 0.012),
    (0.20, 0.15, 0.08),
    (0.02, 0.03, 0.06),
    (0.13, 0.13, 0.14),
)
LIP_STICKS = ((0.36, 0.06, 0.07), (0.40, 0.13, 0.13), (0.28, 0.07, 0.09), (0.44, 0.17, 0.15))


@dataclass(frozen=True)
class Traits:
    """Lengths in scene units, colours linear RGB."""

    melanin: float
    tone: np.ndarray
    hair: np.ndarray
    beard: np.ndarray
    eye: np.ndarray
    greyness: float
    """Share of grey in the brows and beard."""
    freckles: float
    blush: float
    makeup: float
    lipstick: np.ndarray
    moles: int
    brow_weight: float
    brow_height: float
    brow_thickness: float
    brow_arch: float
    brow_tilt: float
    """How much higher the outer end lies."""
    lashes: float
    parting: float
    """Where the hair parts, along x."""
    recede: float
    """How far the hairline has gone back at the temples."""
    peak: float
    """How far it comes down in the middle."""
    length: float
    """Hair length over the style's usual."""
    volume: float
    wave: float
    """Phase of everything wavy."""
    mirrored: bool
    """Which of two variants: side of the fringe, high or low bun."""
    frame: np.ndarray
    frame_width: float
    second_colour: np.ndarray
    """Of what lies under or over the garment: a shirt under a jacket, a tie, a hat."""
    pattern: str
    """`plain`, `heather`, `stripes` or `checks`."""
    metal: np.ndarray
    """Of ear-rings and buttons."""


SECOND_COLOURS = (
    (0.66, 0.66, 0.65), (0.45, 0.55, 0.68), (0.10, 0.02, 0.03), (0.03, 0.05, 0.13), (0.30, 0.27, 0.22),
    (0.05, 0.05, 0.055), (0.05, 0.10, 0.07), (0.42, 0.24, 0.26), (0.20, 0.21, 0.23),
)  # fmt: skip


def traits(appearance: Appearance) -> Traits:
    """The hidden visible facts of one person."""
    r = generator(appearance, 29)
    age, male, ancestry = elderliness(appearance), appearance.sex == "male", appearance.ancestry
    melanin = float(
        np.clip(
            ancestry.european * r.uniform(0.0, 0.26)
            + ancestry.asian * r.uniform(0.1, 0.36)
            + ancestry.african * r.uniform(0.62, 1.0),
            0,
            1,
        )
    )
    tone = np.array([np.interp(melanin, MELANIN_STEPS, SKIN_TONES[:, k]) for k in range(3)])
    tone = tone * np.exp(r.normal(0, 0.05)) * np.exp(r.normal(0, 0.025, 3))
    tone = tone * np.array([1.0, 1 + 0.03 * ancestry.asian, 1 - 0.07 * ancestry.asian])
    hair = np.array(HAIR_COLOURS[appearance.hair_colour]) * np.exp(r.normal(0, 0.14)) * np.exp(r.normal(0, 0.04, 3))
    grey = {"grey": 0.55, "white": 0.95}.get(appearance.hair_colour, float(np.clip((age - 0.25) * 0.8, 0, 0.35)))
    under = np.array(HAIR_COLOURS["dark brown"]) if grey > 0.5 else hair
    beard = (under * (1 - grey) + np.array(HAIR_COLOURS["white"]) * 0.8 * grey) * r.uniform(0.85, 1.1)
    return Traits(
        melanin=melanin,
        tone=tone,
        hair=hair,
        beard=beard,
        eye=np.array(EYE_COLOURS[appearance.eye_colour]) * np.exp(r.normal(0, 0.15)),
        greyness=grey,
        freckles=float(r.random() < (0.6 if appearance.hair_colour in ("red", "auburn") else 0.2))
        * float(r.uniform(0.3, 1))
        * ancestry.european**2,
        blush=float(r.uniform(0.1, 0.85)),
        makeup=0.0 if male else float(r.random() < 0.7) * float(r.uniform(0.2, 0.8)),
        lipstick=np.array(LIP_STICKS[r.integers(len(LIP_STICKS))]),
        moles=int(r.integers(0, 4)),
        brow_weight=float(r.uniform(0.75, 1.25)) * (1.1 if male else 0.72),
        brow_height=float(r.normal(0, 0.012)) + 0.012 * (not male),
        brow_thickness=float(r.uniform(0.6, 1.5)) * (1.15 if male else 0.76),
        brow_arch=float(r.uniform(0.0, 1.3)) * (0.75 if male else 1.0),
        brow_tilt=float(r.uniform(-0.035, 0.035)),
        lashes=0.55 if male else 1.0,
        parting=float(r.choice([-0.3, 0.3, -0.16, 0.16, 0.0])),
        recede=float(np.clip((0.02 + 0.13 * age + r.normal(0, 0.03)) if male else r.normal(-0.02, 0.02), -0.06, 0.2)),
        peak=float(r.uniform(-0.02, 0.05)),
        length=float(r.uniform(0.84, 1.2)),
        volume=float(r.uniform(0.75, 1.3)),
        wave=float(r.uniform(0, 6.28)),
        mirrored=bool(r.random() < 0.5),
        frame=np.array(FRAME_COLOURS[r.integers(len(FRAME_COLOURS))]),
        frame_width=float(r.uniform(0.009, 0.018)),
        second_colour=np.array(SECOND_COLOURS[r.integers(len(SECOND_COLOURS))]) * r.uniform(0.85, 1.1),
        pattern=str(r.choice(["plain", "heather", "stripes", "checks"], p=[0.55, 0.2, 0.12, 0.13])),
        metal=np.array([(0.72, 0.53, 0.22), (0.68, 0.68, 0.7)][r.integers(2)]),
    )
