"""Forget sets, retain sets and the shards that hold them, for any number of people from 20 up.

Everybody stands in one seeded forget order. The forget set of p % is the first n * p / 100 of it, so the sets are
nested and each retain set is exactly a complement. Four shards, cut at 5, 10 and 15 %, hold every person once;
a config is a list of shards.
"""

from typing import NamedTuple

MIN_PEOPLE = 20
"""Fewer would leave the 5 % forget set empty."""

BLOCK = 5
"""People whose values are each other's wrong options: those of ranks 0 to 4, 5 to 9 and so on. Where `n` is a multiple
of 100, every forget set holds whole blocks."""

RATIOS = (5, 10, 15)
"""Forget ratios in per cent, as in the published benchmark."""

CUTS = ("00-05", "05-10", "10-15", "15-100")
"""The shards, named by the part of the forget order that they hold, in per cent."""

PROFILE_CONFIGS: dict[str, tuple[str, ...]] = {
    "full": CUTS,
    **{f"forget_{ratio:02d}": CUTS[: k + 1] for k, ratio in enumerate(RATIOS)},
    **{f"retain_{100 - ratio}": CUTS[k + 1 :] for k, ratio in enumerate(RATIOS)},
}
"""Configs read from `data/profiles`, each with its cuts."""

TEST_CONFIGS: dict[str, tuple[str, ...]] = {
    "test": CUTS,
    **{f"test_{ratio:02d}": CUTS[: k + 1] for k, ratio in enumerate(RATIOS)},
}
"""Configs read from `data/test`: the same people, paraphrased and re-posed."""

CELEBRITY_CONFIG = "celebrity"
DEFAULT_CONFIG = "full"
CONFIGS: tuple[str, ...] = (*PROFILE_CONFIGS, *TEST_CONFIGS, CELEBRITY_CONFIG)


class Span(NamedTuple):
    """Ranks `start` up to but not including `stop`."""

    start: int
    stop: int

    def __len__(self) -> int:  # the number of people, not of fields
        return self.stop - self.start


def forget_size(n: int, ratio: int) -> int:
    """People in the forget set of `ratio` % of `n`: the nearest whole number, halves up."""
    return (n * ratio + 50) // 100


def cut_spans(n: int) -> dict[str, Span]:
    """The ranks that each cut holds, for `n` people."""
    edges = [0, *(forget_size(n, ratio) for ratio in RATIOS), n]
    return {cut: Span(edges[k], edges[k + 1]) for k, cut in enumerate(CUTS)}


def config_sizes(n: int, celebrities: int) -> dict[str, int]:
    """Rows of every config, for `n` people."""
    spans = cut_spans(n)
    sizes = {name: sum(len(spans[cut]) for cut in cuts) for name, cuts in {**PROFILE_CONFIGS, **TEST_CONFIGS}.items()}
    return {**sizes, CELEBRITY_CONFIG: celebrities}
