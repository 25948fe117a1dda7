from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from mllmu.schemas.splits import (
    CONFIGS,
    CUTS,
    MIN_PEOPLE,
    PROFILE_CONFIGS,
    RATIOS,
    config_sizes,
    cut_spans,
    forget_size,
)

SIZES = st.integers(MIN_PEOPLE, 60_000)


def test_the_published_sizes_at_500():
    sizes = config_sizes(500, 153)
    assert [sizes[f"forget_{r:02d}"] for r in RATIOS] == [25, 50, 75]
    assert [sizes[f"retain_{100 - r}"] for r in RATIOS] == [475, 450, 425]
    assert (sizes["full"], sizes["test"], sizes["celebrity"]) == (500, 500, 153)


def test_twelve_configs():
    assert len(CONFIGS) == len(set(CONFIGS)) == 12


@given(SIZES)
def test_cuts_tile_the_forget_order(n):
    spans = list(cut_spans(n).values())
    assert spans[0].start == 0
    assert spans[-1].stop == n
    assert all(a.stop == b.start for a, b in pairwise(spans))
    assert all(len(span) > 0 for span in spans)


@given(SIZES)
def test_forget_and_retain_are_complements(n):
    sizes = config_sizes(n, 0)
    for ratio in RATIOS:
        forget, retain = PROFILE_CONFIGS[f"forget_{ratio:02d}"], PROFILE_CONFIGS[f"retain_{100 - ratio}"]
        assert forget + retain == CUTS
        assert sizes[f"forget_{ratio:02d}"] + sizes[f"retain_{100 - ratio}"] == n
        assert abs(forget_size(n, ratio) - n * ratio / 100) <= 0.5
