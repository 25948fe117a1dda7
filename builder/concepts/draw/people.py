"""Pictures of a person from all over their life: ten sittings, each in its own year and clothes, five pictures each."""

import random
from dataclasses import replace

import numpy as np

from ....schemas.appearance import Appearance
from ...population.appearance import CLOTHING, CLOTHING_COLOURS, SUIT_COLOURS
from ...portraits.render.image import render
from ...portraits.rendered import SAMPLES_BELOW
from ...portraits.sitter import Sitter
from ...portraits.views import Setting, make_setting
from .canvas import Array

A_SITTING = 5
"""Pictures from one sitting."""
LONG_AGO = 18
"""Years before the reference date that the oldest picture was taken, at most."""
BLACK, WHITE = (0.0, 0.0, 0.0), (8.0, 8.0, 8.0)
"""Backdrops; the light one is so bright that its shading is cut off and it comes out even."""
OPEN_NECK = ("scoop-neck top", "T-shirt", "hoodie")
"""What is not worn under a headscarf."""


def sitting_look(appearance: Appearance, sitting: int) -> Appearance:
    """How the person looked at that sitting; at the first, as their description says."""
    if sitting == 0:
        return appearance
    rng = random.Random(f"{appearance.face_seed}/sitting/{sitting}")
    age = max(18, appearance.age - (rng.randrange(LONG_AGO + 1) if rng.random() < 0.6 else rng.randrange(4)))
    woman = appearance.sex == "female"
    worn = [
        name
        for name, (female, male, youngest, oldest) in CLOTHING.items()
        if (female if woman else male) and youngest <= age <= oldest
        and not (appearance.head_covering == "headscarf" and name in OPEN_NECK)
    ]  # fmt: skip
    clothing = rng.choice(worn)
    colours = SUIT_COLOURS if clothing in ("suit jacket", "blazer") else CLOTHING_COLOURS
    return appearance.model_copy(
        update={"age": age, "clothing": clothing, "clothing_colour": rng.choice(list(colours))}
    )


def setting_of(appearance: Appearance, number: int) -> Setting:
    """Pose, expression, light and place of picture `number`; the first is near frontal."""
    setting = make_setting(appearance, number)
    if number == 0:
        return setting
    chance = np.random.default_rng([83, appearance.face_seed, number])
    side = 1 if (number + appearance.face_seed) % 2 else -1
    yaw = side * chance.uniform(*((0, 10), (8, 20), (16, 28), (24, 35))[number % 4])
    view = setting.view.model_copy(
        update={
            "yaw": round(float(yaw), 1),
            "pitch": round(float(chance.uniform(-10, 10)), 1),
            "roll": round(float(chance.uniform(-8, 8)), 1),
        }
    )
    return replace(setting, view=view)


def person_picture(sitter: Sitter, setting: Setting, size: int) -> Array:
    """(size, size, 3): the sitter in that setting."""
    samples = 3 if size < SAMPLES_BELOW else 2
    return render(sitter.scene(setting), sitter.basis, setting, size, samples).astype(np.float32) / 255


def cutout(sitter: Sitter, setting: Setting, size: int) -> Array:
    """(size, size, 4): the sitter without what is behind them, found by rendering before black and before white."""
    dark, light = (person_picture(sitter, _before(setting, backdrop), size) for backdrop in (BLACK, WHITE))
    gap = (light - dark).mean(-1)
    wall = gap[gap > 0.8 * gap.max()]  # uneven by a few levels: its darkest part is nothing but wall
    alpha = np.clip((1 - gap / float(np.quantile(wall, 0.01))) * 1.06 - 0.03, 0, 1)
    colour = dark / np.maximum(alpha[..., None], 0.05)
    return np.concatenate([np.clip(colour, 0, 1), alpha[..., None]], -1)


def _before(setting: Setting, backdrop: tuple[float, float, float]) -> Setting:
    """The same setting in front of a plain wall."""
    view = setting.view.model_copy(update={"background": "studio plain"})
    return replace(setting, view=view, backdrop=backdrop)


def group_setting(appearance: Appearance, lit_by: int, number: int) -> Setting:
    """The person's pose in a group picture, in the light that all of the group share.

    Args:
        appearance: The person.
        lit_by: Face seed of the one for whom the picture is taken; it decides light and place.
        number: Of that one's group pictures.
    """
    shared = make_setting(appearance.model_copy(update={"face_seed": lit_by}), 10_000 + number)
    own = make_setting(appearance, 10_000 + number)
    chance = np.random.default_rng([97, appearance.face_seed, lit_by, number])
    view = shared.view.model_copy(
        update={
            "yaw": round(float(chance.uniform(-20, 20)), 1),
            "pitch": round(float(chance.uniform(-5, 5)), 1),
            "roll": round(float(chance.uniform(-5, 5)), 1),
            "expression": own.view.expression,
        }
    )
    return replace(shared, view=view, actions=own.actions)
