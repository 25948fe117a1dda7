"""The line of the brows in rest space."""

import numpy as np

from .traits import Traits


def brow_line(rest: np.ndarray, t: Traits) -> tuple[np.ndarray, np.ndarray]:
    """Place along the brow (0 at the nose, 1 at the temple) and signed distance across it in half thicknesses."""
    along = np.clip((np.abs(rest[:, 0]) - 0.10) / 0.44, 0, 1)
    middle = (
        7.486
        + t.brow_height
        + 0.055 * t.brow_arch * np.sin(np.pi * np.clip(along * 0.8 + 0.05, 0, 1))
        + (t.brow_tilt - 0.035 * along) * along
    )
    start = np.clip(along / 0.18, 0, 1)
    half = 0.038 * (1 - 0.62 * along) * (0.55 + 0.45 * start * start * (3 - 2 * start)) * t.brow_thickness
    return along, (rest[:, 1] - middle) / half
