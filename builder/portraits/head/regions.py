"""Where things grow on the head, in rest space."""

import numpy as np

from ....schemas.appearance import Appearance
from ..mathx import noise, ramp
from .traits import Traits

ANGLES = [0, 15, 28, 40, 48, 54, 59, 63, 72, 76, 96, 103, 112, 130, 180]
"""Degrees around the head from the face, about its middle."""


def ear_area(rest: np.ndarray) -> np.ndarray:
    """Whether points belong to an ear, which grows no hair."""
    x, y, z = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    return (x > 0.70) & (y < 7.40) & (z > 0.28) & (z < 0.72)


def hairline(rest: np.ndarray, appearance: Appearance, t: Traits) -> tuple[np.ndarray, np.ndarray]:
    """Height above the hairline (hair grows where it is positive) and the angle around the head in degrees."""
    angle = np.degrees(np.arctan2(np.abs(rest[:, 0]), rest[:, 2] - 0.5))
    burns = 7.28
    if appearance.sex == "male":
        burns = 7.06 if appearance.facial_hair in ("stubble", "short beard", "full beard") else 7.18
    heights = [8.0, 8.02, 8.03, 7.95, 7.80, 7.62, 7.48, burns, burns + 0.02, 7.40, 7.42, 7.12, 6.86, 6.74, 6.68]
    line = np.interp(angle, ANGLES, heights)
    line = line + t.recede * (1.4 * np.exp(-(((angle - 33) / 14) ** 2)) + 0.6 * (angle < 45))
    line = line - t.peak * np.exp(-((angle / 9) ** 2))
    return rest[:, 1] - line + 0.05 * (noise(rest * 6, appearance.face_seed % 9973 + 77, 2) - 0.5), angle


def beard_area(rest: np.ndarray, kind: str) -> np.ndarray:
    """How densely a beard of this kind covers points, 0..1. `none` is a shaven full beard's shadow."""
    x, y, z = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    line = np.interp(z, [0.55, 0.75, 1.0, 1.25, 1.45, 1.6], [7.15, 7.0, 6.80, 6.69, 6.64, 6.6])
    cheek = ramp(line - y, -0.05, 0.09) * (z > 0.5)
    # The moustache slopes from the nose to the corners of the mouth; a little parting lies under the nose.
    upper = 6.838 - 0.32 * np.maximum(x - 0.10, 0)
    lip = ramp(upper - y, -0.015, 0.05) * ramp(-x, -0.37, -0.25) * (z > 1.25) * (0.65 + 0.35 * ramp(x, 0.01, 0.06))
    area = np.maximum(cheek, lip) * ramp(y, 5.98, 6.2) * ramp(z, 0.52, 0.66)
    under_lip = (x > 0.10) & (x < 0.2) & (y < 6.5) & (y > 6.42) & (z > 1.4)
    area = area * (1 - 0.6 * under_lip)
    moustache = ramp(y, 6.60, 6.66) * ramp(-x, -0.36, -0.28) * (z > 1.25)
    if kind == "moustache":
        return area * moustache
    if kind == "goatee":
        chin = ramp(-x, -0.27, -0.21) * ramp(-y, -6.54, -6.50) * ramp(z, 1.12, 1.25)
        corner = ramp(x, 0.22, 0.25) * ramp(-x, -0.33, -0.29) * ramp(-y, -6.77, -6.73) * ramp(z, 1.1, 1.2)
        return area * np.maximum(chin, np.maximum(moustache, corner * (y > 6.4)))
    return area


def lip_ellipse(rest: np.ndarray) -> np.ndarray:
    """Whether points lie on the lips, where no beard grows."""
    x, y, z = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    return ((x / 0.275) ** 2 + ((y - 6.585) / 0.088) ** 2 < 1) & (z > 1.3)
