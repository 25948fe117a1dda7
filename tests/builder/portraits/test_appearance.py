import random
from collections import Counter
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.population.appearance import (
    CLOTHING,
    CLOTHING_COLOURS,
    HAIR_STYLES,
    HEAD_COVERINGS,
    SUIT_COLOURS,
    draw_appearance,
)
from mllmu.builder.portraits.hair.facial import BEARDS
from mllmu.builder.portraits.hair.styles import STYLES
from mllmu.builder.portraits.head.traits import EYE_COLOURS, HAIR_COLOURS
from mllmu.builder.portraits.wear.accessories import FRAMES
from mllmu.builder.portraits.wear.garments import COLOURS, NECKS
from mllmu.schemas.appearance import Ancestry, EyeColour, FacialHair, Glasses, HairColour, Sex

ANCESTRIES = st.tuples(*[st.floats(0.01, 1)] * 3).map(
    lambda w: Ancestry(african=w[0] / sum(w), asian=w[1] / sum(w), european=1 - w[0] / sum(w) - w[1] / sum(w))
)


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 2**31), st.sampled_from(["female", "male"]), st.integers(18, 95), ANCESTRIES, st.floats(0, 1))
def test_equal_states_draw_equal_people(seed, sex, age, ancestry, covering):
    first = draw_appearance(random.Random(seed), seed, sex, age, ancestry, covering)
    assert first == draw_appearance(random.Random(seed), seed, sex, age, ancestry, covering)
    assert (first.sex, first.age, first.face_seed) == (sex, age, seed)
    assert first.hair_style in HAIR_STYLES
    assert first.clothing in CLOTHING
    assert first.head_covering in HEAD_COVERINGS
    if sex == "female":
        assert first.facial_hair == "none"
        assert first.hair_style not in ("bald", "thinning")
    else:
        assert not first.earrings
        assert first.head_covering != "headscarf"


def test_the_renderer_knows_every_word():
    assert set(STYLES) == set(HAIR_STYLES)
    assert set(NECKS) == set(CLOTHING)
    assert set(CLOTHING_COLOURS) | set(SUIT_COLOURS) <= set(COLOURS)
    assert set(HAIR_COLOURS) == set(get_args(HairColour))
    assert set(EYE_COLOURS) == set(get_args(EyeColour))
    assert set(BEARDS) == set(get_args(FacialHair)) - {"none"}
    assert set(FRAMES) == set(get_args(Glasses)) - {"none"}


def draw_many(sex: Sex, age: int, ancestry: tuple[float, float, float], covering: float = 0.0) -> list:
    rng = random.Random(5)
    african, asian, european = ancestry
    weights = Ancestry(african=african, asian=asian, european=european)
    return [draw_appearance(rng, k, sex, age, weights, covering) for k in range(1500)]


def test_every_style_is_worn_by_somebody():
    seen = Counter()
    for sex in ("female", "male"):
        for age in (25, 60):
            for ancestry in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
                seen.update(a.hair_style for a in draw_many(sex, age, ancestry))
    assert set(seen) == set(HAIR_STYLES)


@pytest.mark.parametrize("ancestry", [(1, 0, 0), (0, 1, 0)])
def test_dark_haired_ancestries_have_dark_hair_when_young(ancestry):
    assert {a.hair_colour for a in draw_many("male", 25, ancestry)} == {"black", "dark brown"}


def test_hair_greys_with_age():
    grey = [
        sum(a.hair_colour in ("grey", "white") for a in draw_many("female", age, (0, 0, 1))) for age in (30, 50, 65, 85)
    ]
    assert grey == sorted(grey)
    assert grey[0] < 30
    assert grey[-1] > 1400


def test_covering_is_as_frequent_as_the_culture_says():
    share = sum(a.head_covering == "headscarf" for a in draw_many("female", 40, (0.1, 0.2, 0.7), 0.6)) / 1500
    assert 0.55 < share < 0.65
    assert not any(a.head_covering == "headscarf" for a in draw_many("female", 40, (0, 0, 1)))
