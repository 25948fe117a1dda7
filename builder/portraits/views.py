"""How each picture of a person is taken: pose, expression, light and background, drawn from the person's seed.

Picture 0 is the portrait, near frontal. Pictures 1 and up are the re-posed views; the first three turn left and right
by at least 12 degrees, so that every person has seen views from both sides.
"""

from dataclasses import dataclass

import numpy as np

from ...schemas.appearance import Appearance
from ...schemas.picture import View

EXPRESSIONS: dict[str, dict[str, float]] = {
    "neutral": {"browInnerUp": 0.05, "mouthSmile": 0.1},
    "slight smile": {"mouthSmile": 0.32, "mouthDimple": 0.12, "cheekSquint": 0.15, "eyeSquint": 0.1},
    "smile": {"mouthSmile": 0.58, "mouthDimple": 0.22, "cheekSquint": 0.35, "eyeSquint": 0.2},
    "raised brows": {"browInnerUp": 0.5, "browOuterUp": 0.4, "eyeWide": 0.2},
    "thoughtful": {"browDown": 0.3, "mouthPress": 0.35, "eyeSquint": 0.15},
    "serious": {"browDown": 0.15, "mouthFrown": 0.15},
}
"""Face actions of each expression; names without a side move both sides."""

ONE_SIDED = ("browInnerUp",)
"""Actions that exist once, not for left and right."""

ACTIONS_OF_EXPRESSIONS = tuple(
    f"face/{name}{side}"
    for name in sorted({name for weights in EXPRESSIONS.values() for name in weights})
    for side in (("",) if name in ONE_SIDED else ("Left", "Right"))
)
"""Targets of the basis that expressions move."""

LIGHTS: dict[str, tuple[float, float, float, float, float, float, float]] = {
    "soft front": (14.0, 28.0, 0.42, 1.9, 0.62, 0.25, 0.02),
    "window left": (-52.0, 26.0, 0.36, 2.35, 0.50, 0.0, -0.03),
    "window right": (52.0, 26.0, 0.36, 2.35, 0.50, 0.0, -0.03),
    "studio left": (-36.0, 38.0, 0.26, 2.25, 0.46, 1.0, 0.02),
    "studio right": (36.0, 38.0, 0.26, 2.25, 0.46, 1.0, 0.02),
    "evening sun": (-48.0, 18.0, 0.20, 2.2, 0.46, 0.7, 0.11),
    "overcast": (8.0, 56.0, 0.60, 1.35, 0.88, 0.0, -0.04),
}
"""Key azimuth and elevation in degrees, key size, key, fill and rim strength, warmth."""

BACKGROUNDS: dict[str, tuple[float, float, float, float]] = {
    "studio grey": (0.36, 0.37, 0.39, 0.14),
    "studio light": (0.60, 0.60, 0.59, 0.13),
    "studio dark": (0.075, 0.08, 0.09, 0.10),
    "studio blue": (0.17, 0.22, 0.29, 0.10),
    "studio warm": (0.38, 0.32, 0.27, 0.12),
    "office": (0.42, 0.43, 0.44, 0.10),
    "library": (0.22, 0.17, 0.13, 0.04),
    "living room": (0.46, 0.40, 0.33, 0.09),
    "park": (0.20, 0.25, 0.14, 0.08),
    "street": (0.36, 0.37, 0.40, 0.06),
    "seaside": (0.46, 0.55, 0.63, 0.04),
}
"""Backgrounds: average colour, linear RGB, and how often each is seen: walls more than places."""


@dataclass(frozen=True)
class Setting:
    """What the renderer needs of a picture beyond the person."""

    view: View
    actions: dict[str, float]
    """Weights of the face actions, sides written out."""
    key_azimuth: float
    key_elevation: float
    key_size: float
    key: float
    fill: float
    rim: float
    warmth: float
    backdrop: tuple[float, float, float]
    seed: int
    """Of what is random in the picture and no fact: bokeh, grain, where in the frame the head is."""


def _actions(expression: str, random: np.random.Generator) -> dict[str, float]:
    """The expression with a human wobble: never twice quite the same, never quite symmetric."""
    awake = random.uniform(0.16, 0.32)
    strength, out = random.uniform(0.8, 1.2), {"face/eyeWideLeft": awake, "face/eyeWideRight": awake}
    for name, weight in EXPRESSIONS[expression].items():
        if name in ONE_SIDED:
            out[f"face/{name}"] = weight * strength
        else:
            lean = random.uniform(-0.12, 0.12)
            for side, share in (("Left", 1 + lean), ("Right", 1 - lean)):
                out[f"face/{name}{side}"] = out.get(f"face/{name}{side}", 0.0) + weight * strength * share
    return out


def _pose(number: int, side: float, random: np.random.Generator) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees."""
    if number == 0:
        return random.uniform(-5, 5), random.uniform(-2.5, 2.5), random.uniform(-2, 2)
    low, high = ((14, 24), (14, 24), (24, 32))[(number - 1) % 3]
    turn = side * (1 if number % 2 else -1) * random.uniform(low, high)
    return turn, random.uniform(-7, 7), random.uniform(-5, 5)


def make_setting(appearance: Appearance, number: int) -> Setting:
    """The setting of picture `number` of a person; a pure function of the two."""
    random = np.random.default_rng([71, appearance.face_seed, number])
    side = 1.0 if appearance.face_seed % 2 else -1.0
    yaw, pitch, roll = (round(float(x), 1) for x in _pose(number, side, random))
    odds = (0.35, 0.43, 0.22, 0.0, 0.0, 0.0) if number == 0 else (0.25, 0.25, 0.2, 0.1, 0.1, 0.1)
    expression = str(random.choice(list(EXPRESSIONS), p=odds))
    light = str(random.choice(list(LIGHTS)))
    background = str(random.choice(list(BACKGROUNDS), p=[look[3] for look in BACKGROUNDS.values()]))
    azimuth, elevation, size, key, fill, rim, warmth = LIGHTS[light]
    tint = random.uniform(0.85, 1.15) * np.exp(random.normal(0, 0.05, 3))
    return Setting(
        view=View(yaw=yaw, pitch=pitch, roll=roll, expression=expression, light=light, background=background),
        actions=_actions(expression, random),
        key_azimuth=azimuth + float(random.uniform(-6, 6)),
        key_elevation=elevation + float(random.uniform(-4, 4)),
        key_size=size,
        key=key * float(random.uniform(0.93, 1.07)),
        fill=fill * float(random.uniform(0.93, 1.07)),
        rim=rim,
        warmth=warmth,
        backdrop=tuple(float(x) for x in np.array(BACKGROUNDS[background][:3]) * tint),  # type: ignore[arg-type]
        seed=int(random.integers(2**31)),
    )
