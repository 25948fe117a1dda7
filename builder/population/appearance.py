"""Draws what a person looks like from sex, age and ancestry: the facts that the portrait obeys and the prose tells.

The vocabularies below are all that `builder/portraits/rendered.py` knows how to draw. Each word fits a sentence:
`has {hair_style} {hair_colour} hair` (or `is bald`), `wears a {clothing_colour} {clothing}`, `wears a {head_covering}`.
"""

import random
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from ...schemas.appearance import Ancestry, Appearance, EyeColour, FacialHair, Glasses, HairColour, Sex

T = TypeVar("T")


class Style(NamedTuple):
    """How often a hair style is worn: relative weights for hair that falls `straight`, `wavy`, `curly` or `coily`."""

    female: tuple[float, float, float, float]
    male: tuple[float, float, float, float]
    youngest: int = 18
    oldest: int = 95


BALD = "bald"
"""The one style that is not an adjective of hair."""

HAIR_STYLES: dict[str, Style] = {
    BALD: Style((0, 0, 0, 0), (0.5, 0.5, 0.5, 0.8), 30),
    "thinning": Style((0, 0, 0, 0), (1.3, 1.3, 1.0, 0.9), 42),
    "buzz-cut": Style((0, 0, 0, 0.2), (0.6, 0.6, 0.7, 2.4), 18, 75),
    "short": Style((0, 0, 0, 0), (1.5, 1.2, 0.3, 0)),
    "short side-parted": Style((0, 0, 0, 0), (1.5, 1.3, 0.2, 0)),
    "short swept-back": Style((0, 0, 0, 0), (0.9, 1.0, 0.3, 0)),
    "short fringed": Style((0, 0, 0, 0), (1.0, 0.7, 0, 0), 18, 55),
    "short wavy": Style((0.05, 0.4, 0, 0), (0, 1.3, 0, 0)),
    "short curly": Style((0, 0.1, 0.8, 0), (0, 0, 2.2, 0)),
    "short coily": Style((0, 0, 0, 0.8), (0, 0, 0, 2.2)),
    "rounded coily": Style((0, 0, 0.2, 1.2), (0, 0, 0.1, 0.6), 18, 70),
    "medium-length": Style((0, 0, 0, 0), (0.35, 0.5, 0.3, 0), 18, 60),
    "pixie-cut": Style((0.6, 0.6, 0.1, 0), (0, 0, 0, 0)),
    "bobbed": Style((1.1, 0.9, 0, 0.1), (0, 0, 0, 0)),
    "shoulder-length straight": Style((1.2, 0.3, 0, 0.1), (0, 0, 0, 0), 18, 76),
    "shoulder-length wavy": Style((0.2, 1.2, 0.3, 0), (0, 0, 0, 0), 18, 80),
    "shoulder-length curly": Style((0, 0, 1.3, 0.7), (0, 0, 0.15, 0)),
    "long straight": Style((1.3, 0.3, 0, 0.1), (0, 0, 0, 0), 18, 65),
    "long side-parted": Style((1.0, 0.7, 0, 0), (0, 0, 0, 0), 18, 65),
    "long wavy": Style((0.2, 1.3, 0.2, 0), (0, 0, 0, 0), 18, 65),
    "long curly": Style((0, 0, 1.2, 0.4), (0, 0, 0, 0), 18, 65),
    "long fringed": Style((0.9, 0.5, 0, 0), (0, 0, 0, 0), 18, 55),
    "tied-back": Style((0.9, 0.9, 0.7, 0.6), (0.05, 0.05, 0.05, 0)),
    "pinned-up": Style((0.7, 0.7, 0.6, 0.8), (0, 0, 0, 0)),
    "long braided": Style((0, 0, 0.05, 1.2), (0, 0, 0, 0.25), 18, 60),
}
"""Every style, with who wears it."""

HEAD_COVERINGS: tuple[str, ...] = ("none", "headscarf", "skullcap", "knitted hat")

CLOTHING: dict[str, tuple[float, float, int, int]] = {
    "T-shirt": (0.8, 1.2, 18, 60),
    "crew-neck sweater": (1.0, 1.2, 18, 95),
    "V-neck sweater": (0.9, 0.9, 25, 95),
    "turtleneck": (0.8, 0.5, 25, 95),
    "shirt": (0.8, 1.7, 18, 95),
    "polo shirt": (0.0, 0.9, 18, 95),
    "suit jacket": (0.0, 1.5, 24, 95),
    "blazer": (1.2, 0.0, 22, 95),
    "hoodie": (0.4, 0.7, 18, 45),
    "cardigan": (0.9, 0.4, 24, 95),
    "blouse": (1.4, 0.0, 20, 95),
    "scoop-neck top": (1.1, 0.0, 18, 70),
    "dress": (0.8, 0.0, 18, 80),
}
"""Garment: weight for women, weight for men, youngest and oldest wearer."""

CLOTHING_COLOURS: dict[str, float] = {
    "black": 1.4,
    "white": 1.2,
    "navy": 1.5,
    "grey": 1.1,
    "charcoal": 1.0,
    "beige": 0.9,
    "brown": 0.6,
    "burgundy": 0.9,
    "red": 0.5,
    "dusty pink": 0.6,
    "rust": 0.5,
    "mustard": 0.5,
    "olive": 0.8,
    "dark green": 0.8,
    "teal": 0.7,
    "light blue": 1.0,
    "royal blue": 0.6,
    "purple": 0.4,
    "lavender": 0.4,
}
SUIT_COLOURS: dict[str, float] = {"navy": 1.5, "charcoal": 1.3, "black": 0.9, "grey": 0.9, "brown": 0.4, "beige": 0.3}
"""Suit jackets and blazers come in these."""

_FACIAL_HAIR: dict[FacialHair, float] = {
    "none": 0.42,
    "stubble": 0.2,
    "moustache": 0.06,
    "goatee": 0.07,
    "short beard": 0.16,
    "full beard": 0.09,
}
_FAIR_HAIR: dict[HairColour, float] = {
    "black": 0.06,
    "dark brown": 0.3,
    "brown": 0.3,
    "auburn": 0.08,
    "red": 0.06,
    "blond": 0.2,
}
_FAIR_EYES: dict[EyeColour, float] = {
    "dark brown": 0.12,
    "brown": 0.24,
    "hazel": 0.14,
    "green": 0.12,
    "grey": 0.1,
    "blue": 0.28,
}


def _pick(rng: random.Random, weights: Mapping[T, float]) -> T:
    return rng.choices(list(weights), list(weights.values()))[0]


def draw_appearance(
    rng: random.Random, face_seed: int, sex: Sex, age: int, ancestry: Ancestry, covering: float = 0.0
) -> Appearance:
    """The visible facts of one person.

    Args:
        rng: Source of all chance; two equal states give two equal people.
        face_seed: Seeds the face's geometry; the caller keeps it unique.
        sex: Decides styles, beard, ear-rings and garments.
        age: In years; decides grey hair, baldness, glasses and garments.
        ancestry: Decides colours and how hair falls.
        covering: How often women of the person's culture cover their hair in a portrait, 0 to 1. Men cover
            theirs with a skullcap a quarter as often.
    """
    female = sex == "female"
    dark = ancestry.african + ancestry.asian
    hair_colour = _hair_colour(rng, age, dark)
    head_covering = _head_covering(rng, female, age, covering)
    clothing = _pick(rng, _worn(female, age, head_covering))
    return Appearance(
        face_seed=face_seed,
        sex=sex,
        age=age,
        ancestry=ancestry,
        hair_colour=hair_colour,
        hair_style=_hair_style(rng, female, age, ancestry),
        eye_colour=_eye_colour(rng, dark, hair_colour),
        facial_hair="none" if female else _facial_hair(rng, ancestry),
        glasses=_glasses(rng, age),
        head_covering=head_covering,
        earrings=female and head_covering != "headscarf" and rng.random() < 0.35,
        clothing=clothing,
        clothing_colour=_pick(rng, SUIT_COLOURS if clothing in ("suit jacket", "blazer") else CLOTHING_COLOURS),
    )


def _hair_colour(rng: random.Random, age: int, dark: float) -> HairColour:
    """Dark-haired ancestries hide the fair one's colours; grey comes at a personal age, white twenty years on."""
    if rng.random() < min(1.0, 1.35 * dark):
        colour: HairColour = "black" if rng.random() < 0.75 else "dark brown"
    else:
        colour = _pick(rng, _FAIR_HAIR)
    greying = rng.gauss(57, 7)
    if age > greying + 17:
        return "white"
    return "grey" if age > greying else colour


def _eye_colour(rng: random.Random, dark: float, hair: HairColour) -> EyeColour:
    if rng.random() < min(1.0, 1.5 * dark) or hair == "black":
        return "dark brown" if rng.random() < 0.6 else "brown"
    return _pick(rng, _FAIR_EYES)


def _texture(rng: random.Random, ancestry: Ancestry) -> int:
    """0 straight, 1 wavy, 2 curly, 3 coily."""
    if rng.random() < ancestry.african**1.5:
        return 3 if rng.random() < 0.85 else 2
    if rng.random() < ancestry.asian:
        return 0 if rng.random() < 0.85 else 1
    return rng.choices((0, 1, 2), (0.45, 0.37, 0.18 + 0.3 * ancestry.african))[0]


def _hair_style(rng: random.Random, female: bool, age: int, ancestry: Ancestry) -> str:
    texture = _texture(rng, ancestry)
    weights = {
        name: (style.female if female else style.male)[texture]
        for name, style in HAIR_STYLES.items()
        if style.youngest <= age <= style.oldest
    }
    return _pick(rng, weights)


def _facial_hair(rng: random.Random, ancestry: Ancestry) -> FacialHair:
    # East Asian men wear full beards rarely, so their shares go to a clean chin.
    if rng.random() < 0.5 * ancestry.asian:
        return "none" if rng.random() < 0.8 else "stubble"
    return _pick(rng, _FACIAL_HAIR)


def _glasses(rng: random.Random, age: int) -> Glasses:
    if rng.random() > (0.2 if age < 45 else 0.42):
        return "none"
    return _pick(rng, {"round": 0.3, "oval": 0.25, "rectangular": 0.45})


def _head_covering(rng: random.Random, female: bool, age: int, covering: float) -> str:
    """Always two draws, so that a culture's custom does not move the rest of the person."""
    cultural, casual = rng.random(), rng.random()
    if cultural < (covering if female else covering / 4):
        return "headscarf" if female else "skullcap"
    return "knitted hat" if casual < 0.025 and age < 60 else "none"


def _worn(female: bool, age: int, head_covering: str) -> dict[str, float]:
    # A headscarf goes over the neckline, so open necklines stay at home.
    open_neck = ("scoop-neck top", "T-shirt", "hoodie") if head_covering == "headscarf" else ()
    return {
        name: weight[0 if female else 1]
        for name, weight in CLOTHING.items()
        if weight[2] <= age <= weight[3] and name not in open_neck
    }
