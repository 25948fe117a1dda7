"""How a character stands and looks: gestures, steps, mouths and eyes in any combination."""

from dataclasses import dataclass
from itertools import product

import numpy as np


@dataclass(frozen=True)
class Pose:
    """How a character stands; degrees, 0 is straight down for limbs."""

    left_arm: float
    right_arm: float
    left_leg: float
    right_leg: float
    lean: float
    look: float
    """-1 looks to the left, 1 to the right."""
    mouth: str
    eyes: str
    sits: bool


MOUTHS = ("smile", "open", "grin", "small", "surprised")
EYES = ("open", "closed", "wink")
GESTURES = tuple(product((25, 60, 110, 150), (25, 60, 110, 150)))


def draw_pose(random_: np.random.Generator, calm: bool = False) -> Pose:
    """Any pose, or, when `calm`, standing and smiling."""
    if calm:
        return Pose(30, 30, 0, 0, 0, 0.1, "smile", "open", False)
    left, right = GESTURES[random_.integers(len(GESTURES))]
    stride = float(random_.choice([0, 0, 14, 26, -20]))
    return Pose(
        left_arm=left + float(random_.uniform(-12, 12)),
        right_arm=right + float(random_.uniform(-12, 12)),
        left_leg=stride,
        right_leg=-stride,
        lean=float(random_.uniform(-13, 13)),
        look=float(random_.uniform(-1, 1)),
        mouth=str(random_.choice(MOUTHS)),
        eyes=str(random_.choice(EYES, p=(0.76, 0.12, 0.12))),
        sits=bool(random_.random() < 0.2),
    )
