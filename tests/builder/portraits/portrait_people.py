"""Small people for the portrait tests: only what a portrait source looks at."""

import random
from dataclasses import dataclass

from mllmu.builder.population.appearance import draw_appearance
from mllmu.schemas.appearance import Ancestry, Appearance

MIXES = ((0, 0, 1), (0.9, 0, 0.1), (0.05, 0.9, 0.05), (0.2, 0.3, 0.5))


@dataclass
class Sitting:
    id: str
    appearance: Appearance


def look(k: int, **changes) -> Appearance:
    rng = random.Random(k)
    african, asian, european = MIXES[k % len(MIXES)]
    ancestry = Ancestry(african=african, asian=asian, european=european)
    drawn = draw_appearance(rng, 500 + k, "female" if k % 2 else "male", 20 + k * 7 % 60, ancestry)
    return drawn.model_copy(update=changes)


def sittings(n: int) -> list[Sitting]:
    return [Sitting(f"{k:03d}", look(k)) for k in range(n)]
