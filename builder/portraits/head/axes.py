"""Names of the basis' shape targets, and how far people differ along each.

An axis is a pair of targets (`+` and `-`). Spreads were chosen by eye: as wide as faces stay believable, wide enough
that no two people look alike.
"""

from typing import NamedTuple

ANCESTRIES = ("african", "asian", "caucasian")
MUSCLES = ("minmuscle", "averagemuscle", "maxmuscle")
WEIGHTS = ("minweight", "averageweight", "maxweight")


class Axis(NamedTuple):
    """One direction in which faces differ. With `paired` the target exists once for each side of the face."""

    plus: str
    minus: str | None
    spread: float
    paired: bool = False


def _both(folder: str, stem: str, plus: str, minus: str, spread: float, paired: bool = False) -> Axis:
    side = "{side}-" if paired else ""
    return Axis(f"{folder}/{side}{stem}-{plus}", f"{folder}/{side}{stem}-{minus}", spread, paired)


def _grown(folder: str, stems: dict[str, float], paired: bool = False) -> list[Axis]:
    return [_both(folder, stem, "incr", "decr", spread, paired) for stem, spread in stems.items()]


HEAD = [
    *(Axis(f"head/head-{shape}", None, 0.19) for shape in ("oval", "round", "rectangular", "square", "triangular")),
    *(Axis(f"head/head-{shape}", None, 0.13) for shape in ("invertedtriangular", "diamond")),
    *_grown("head", {"head-scale-depth": 0.16, "head-scale-horiz": 0.19, "head-scale-vert": 0.15, "head-fat": 0.19}),
    *_grown("head", {"head-back-scale-depth": 0.16}),
    *_grown("forehead", {"forehead-scale-vert": 0.17, "forehead-nubian": 0.14, "forehead-temple": 0.21}),
    _both("forehead", "forehead-trans", "forward", "backward", 0.17),
]
BROWS = [
    _both("eyebrows", "eyebrows-angle", "up", "down", 0.26),
    _both("eyebrows", "eyebrows-trans", "up", "down", 0.36),
    _both("eyebrows", "eyebrows-trans", "forward", "backward", 0.26),
]
CHIN = [
    *_grown("chin", {"chin-bones": 0.31, "chin-cleft": 0.22, "chin-height": 0.29, "chin-jaw-drop": 0.26}),
    *_grown("chin", {"chin-prominent": 0.29, "chin-width": 0.36, "chin-prognathism": 0.17}),
    Axis("chin/chin-triangle", None, 0.26),
]
MOUTH = [
    *_grown("mouth", {"mouth-scale-horiz": 0.27, "mouth-scale-vert": 0.26, "mouth-lowerlip-height": 0.28}),
    *_grown("mouth", {"mouth-upperlip-height": 0.28, "mouth-lowerlip-volume": 0.34, "mouth-upperlip-volume": 0.34}),
    *_grown("mouth", {"mouth-cupidsbow": 0.30, "mouth-philtrum-volume": 0.26, "mouth-lowerlip-width": 0.24}),
    _both("mouth", "mouth-trans", "up", "down", 0.29),
    _both("mouth", "mouth-laugh-lines", "in", "out", 0.26),
    _both("mouth", "mouth-angles", "up", "down", 0.17),
]
NOSE = [
    _both("nose", "nose-base", "up", "down", 0.29),
    _both("nose", "nose-compression", "compress", "uncompress", 0.19),
    _both("nose", "nose-curve", "convex", "concave", 0.29),
    *_grown("nose", {"nose-flaring": 0.24, "nose-greek": 0.22, "nose-hump": 0.2, "nose-nostrils-width": 0.26}),
    _both("nose", "nose-nostrils-angle", "up", "down", 0.24),
    _both("nose", "nose-point", "up", "down", 0.21),
    *_grown("nose", {"nose-point-width": 0.29, "nose-scale-depth": 0.23, "nose-scale-horiz": 0.31}),
    *_grown("nose", {"nose-scale-vert": 0.22, "nose-septumangle": 0.15, "nose-volume": 0.24}),
    *_grown("nose", {"nose-width1": 0.29, "nose-width2": 0.29, "nose-width3": 0.29}),
    _both("nose", "nose-trans", "up", "down", 0.24),
]
EYES = [
    _both("eyes", "eye-corner1", "up", "down", 0.31, True),
    _both("eyes", "eye-corner2", "up", "down", 0.34, True),
    _both("eyes", "eye-eyefold-angle", "up", "down", 0.29, True),
    _both("eyes", "eye-eyefold", "convex", "concave", 0.29, True),
    _both("eyes", "eye-eyefold", "up", "down", 0.29, True),
    _both("eyes", "eye-epicanthus", "in", "out", 0.22, True),
    *_grown("eyes", {"eye-height1": 0.24, "eye-height2": 0.26, "eye-height3": 0.24, "eye-scale": 0.28}, True),
    _both("eyes", "eye-trans", "up", "down", 0.26, True),
    _both("eyes", "eye-trans", "out", "in", 0.31, True),
    *_grown("eyes", {"eye-bag": 0.22}, True),
    _both("eyes", "eye-push1", "out", "in", 0.24, True),
    _both("eyes", "eye-push2", "out", "in", 0.24, True),
]
CHEEKS = [
    *_grown("cheek", {"cheek-bones": 0.34, "cheek-inner": 0.23, "cheek-volume": 0.32}, True),
    _both("cheek", "cheek-trans", "up", "down", 0.30, True),
]
EARS = [
    *_grown(
        "ears", {"ear-scale": 0.24, "ear-wing": 0.22, "ear-lobe": 0.30, "ear-flap": 0.24, "ear-scale-vert": 0.24}, True
    ),
    _both("ears", "ear-shape", "round", "square", 0.30, True),
]
BUST = [
    *_grown("neck", {"neck-scale-horiz": 0.3, "neck-scale-depth": 0.2, "neck-scale-vert": 0.25}),
    *_grown("torso", {"measure-shoulder-dist": 0.35, "torso-scale-horiz": 0.2}),
]
AXES: tuple[Axis, ...] = (*HEAD, *BROWS, *CHIN, *MOUTH, *NOSE, *EYES, *CHEEKS, *EARS, *BUST)

EVERYBODY = {
    "eyes/{side}-eye-scale-incr": 0.14,
    "eyes/{side}-eye-height2-incr": 0.06,
    "forehead/forehead-scale-vert-incr": -0.10,
    "mouth/mouth-angles-up": 0.08,
}
"""How the middle person differs from the basis' average, by an axis' `+` target: its eyes are small in a high
face, and its mouth is sour."""

FEMININE = {
    "eyes/{side}-eye-scale-incr": 0.14,
    "eyes/{side}-eye-height2-incr": 0.08,
    "mouth/mouth-lowerlip-volume-incr": 0.10,
    "mouth/mouth-upperlip-volume-incr": 0.12,
    "mouth/mouth-scale-horiz-incr": -0.06,
    "chin/chin-width-incr": -0.34,
    "chin/chin-bones-incr": -0.24,
    "chin/chin-prominent-incr": -0.10,
    "chin/chin-height-incr": -0.14,
    "head/head-scale-horiz-incr": -0.06,
    "eyebrows/eyebrows-trans-up": 0.14,
    "eyebrows/eyebrows-trans-forward": -0.12,
    "nose/nose-scale-horiz-incr": -0.14,
    "nose/nose-hump-incr": -0.10,
    "nose/nose-width2-incr": -0.08,
    "cheek/{side}-cheek-bones-incr": 0.08,
    "ears/{side}-ear-scale-incr": -0.14,
    "ears/{side}-ear-wing-incr": -0.14,
    "neck/neck-scale-horiz-incr": -0.32,
    "torso/measure-shoulder-dist-incr": -0.25,
}
"""How the middle woman differs from the middle person, by an axis' `+` target: the basis draws the sexes alike."""

ASYMMETRIES = tuple(
    f"asym/asym-{name}-{{side}}"
    for name in [
        "brown-1",
        "brown-2",
        "cheek-1",
        "eye-1",
        "eye-2",
        "eye-3",
        "jaw-1",
        "jaw-2",
        "mouth-1",
        "mouth-2",
        "nose-1",
        "nose-2",
        "temple-1",
    ]
)
"""Small differences between the two halves of a face; `{side}` is the side that moves."""

DOUBLE_CHIN = "neck/neck-double-incr"

ACTIONS = tuple(
    f"face/{name}{side}"
    for name in [
        "browDown",
        "browOuterUp",
        "cheekSquint",
        "eyeBlink",
        "eyeSquint",
        "eyeWide",
        "mouthDimple",
        "mouthFrown",
        "mouthLowerDown",
        "mouthPress",
        "mouthSmile",
        "mouthStretch",
        "mouthUpperUp",
        "noseSneer",
    ]
    for side in ("Left", "Right")
) + tuple(f"face/{name}" for name in ["browInnerUp", "cheekPuff", "jawOpen", "mouthPucker", "mouthLeft", "mouthRight"])
"""Movements of the face, for expressions."""


def macro(ancestry: str, sex: str, end: str) -> str:
    """The target of an ancestry at one end (`young`, `old`) of adult life."""
    return f"macrodetails/{ancestry}-{sex}-{end}"


def build(sex: str, end: str, muscle: str, weight: str) -> str:
    """The target of a body build."""
    return f"macrodetails/universal-{sex}-{end}-{muscle}-{weight}"


def all_targets() -> list[str]:
    """Every target the renderer uses."""
    ends = [(sex, end) for sex in ("female", "male") for end in ("young", "old")]
    names = [macro(ancestry, *pair) for ancestry in ANCESTRIES for pair in ends]
    names += [build(*pair, muscle, weight) for pair in ends for muscle in MUSCLES for weight in WEIGHTS]
    for axis in AXES:
        for name in filter(None, (axis.plus, axis.minus)):
            names += [name.format(side=side) for side in "lr"] if axis.paired else [name]
    names += [name.format(side=side) for name in ASYMMETRIES for side in "lr"]
    return [*names, DOUBLE_CHIN, *ACTIONS]
