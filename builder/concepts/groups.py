"""Group pictures: two to four people side by side, one of them to be forgotten."""

import random
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from ...schemas.appearance import Appearance
from ...schemas.concepts import Concept

if TYPE_CHECKING:
    import numpy as np

    from .draw.canvas import Array

SIZES = (2, 3, 4)
"""People in a picture, in turn."""
GROUP_SITTING = 500
"""The clothes that people wear in group pictures."""
ENLARGED = 1.5
"""Side of a group picture over that of a single one."""
HEAD = (0.27, 0.10, 0.73, 0.76)
"""Where the head is in somebody's part: left, top, right, bottom."""

_PLACES = {
    2: ("on the left", "on the right"),
    3: ("on the left", "in the middle", "on the right"),
    4: ("at the far left", "second from the left", "second from the right", "at the far right"),
}


class Group(NamedTuple):
    """One picture to be made."""

    id: str
    """`K001-02`."""
    target: Concept
    number: int
    people: tuple[Concept, ...]
    """From the left."""


class Spot(NamedTuple):
    """A place in the picture, in shares of its side."""

    centre: float
    share: float
    """Width of the part."""
    rise: float
    """Above the lower edge."""


class Placed(NamedTuple):
    """Somebody in the picture."""

    concept: Concept
    box: tuple[float, float, float, float]
    """Of the head: left, top, right, bottom, from 0 to 1."""


def plan_groups(people: Sequence[Concept], each: int, seed: int) -> list[Group]:
    """`each` group pictures for everybody; neighbours are drawn from all the others. Nothing for fewer than two."""
    groups = []
    for target in people if len(people) > 1 else ():
        rng = random.Random(f"{seed}/groups/{target.id}")
        others = [person for person in people if person.id != target.id]
        for number in range(each):
            count = min(SIZES[number % len(SIZES)], len(people))
            members = [target, *rng.sample(others, count - 1)]
            rng.shuffle(members)
            groups.append(Group(f"{target.id}-{number + 1:02d}", target, number, tuple(members)))
    return groups


def composed(group: Group, parts: Mapping[str, bytes], target: Appearance, size: int) -> tuple[bytes, list[Placed]]:
    """The picture, and who is where.

    Args:
        group: Who stands in it.
        parts: Each person cut out, as PNG, by id.
        target: Of the one to be forgotten; it decides light and place.
        size: Side of a single picture; see `ENLARGED`.
    """
    import numpy as np
    from PIL import Image

    from .draw.canvas import blur
    from .draw.finish import jpeg
    from .draw.lay import over

    side, n = round(size * ENLARGED), len(group.people)
    chance = np.random.default_rng([101, target.face_seed, group.number])
    picture = _place(group, target, side)
    spots = _spots(n, chance)
    placed: dict[str, Placed] = {}
    for k in sorted(range(n), key=lambda k: -spots[k].rise):  # who stands at the back comes first
        spot, person = spots[k], group.people[k]
        with Image.open(BytesIO(parts[person.id])) as image:
            width = round(spot.share * side)
            cut = np.asarray(image.resize((width, width), Image.Resampling.LANCZOS), np.float32) / 255
        left, top = round(spot.centre * side - width / 2), side - width - round(spot.rise * side)
        layer = _layer(cut, left, top, side)
        dark = blur(layer[..., 3], side / 40)[..., None]
        picture = picture * (1 - 0.30 * dark * (1 - layer[..., 3:]))
        picture = over(layer, picture)
        box = [(left + HEAD[0] * width) / side, (top + HEAD[1] * width) / side]
        box += [(left + HEAD[2] * width) / side, (top + HEAD[3] * width) / side]
        a, b, c, d = (round(min(max(v, 0.0), 1.0), 4) for v in box)
        placed[person.id] = Placed(person, (a, b, c, d))
    return jpeg(picture), [placed[person.id] for person in group.people]


def _spots(n: int, chance: "np.random.Generator") -> list[Spot]:
    """From the left; of three or more, every second one stands a step behind."""
    share, first = {2: (0.86, 0.27), 3: (0.70, 0.20), 4: (0.60, 0.15)}[n]
    behind = int(chance.integers(2))
    spots = []
    for k in range(n):
        back = (k + behind) % 2 == 1 and n > 2
        centre = first + (1 - 2 * first) * k / (n - 1) + float(chance.uniform(-0.012, 0.012))
        size = share * (0.93 if back else 1.0) * float(chance.uniform(0.97, 1.03))
        spots.append(Spot(centre, size, 0.17 if back else 0.0))
    return spots


def _layer(cut: "Array", left: int, top: int, side: int) -> "Array":
    """The part in a picture of its own; below its lower edge, the clothes go on."""
    import numpy as np

    layer = np.zeros((side, side, 4), np.float32)
    height, width = cut.shape[:2]
    longer = np.concatenate([cut, np.repeat(cut[-1:], max(side - top - height, 0), 0)])
    x0, x1, y0, y1 = max(left, 0), min(left + width, side), max(top, 0), min(top + len(longer), side)
    layer[y0:y1, x0:x1] = longer[y0 - top : y1 - top, x0 - left : x1 - left]
    return layer


def _place(group: Group, target: Appearance, side: int) -> "Array":
    """Where they stand, out of focus: the background of the target's light."""
    import numpy as np

    from ..portraits.render.backgrounds import background
    from .draw.people import group_setting

    setting = group_setting(target, target.face_seed, group.number)
    return np.clip(background(setting, side) * 0.9, 0, 1) ** (1 / 2.2)


def questions_of_group(group: Group) -> list[tuple[Concept, str, str]]:
    """Who is where: the person asked for, the question, the answer."""
    return [
        (person, f"Who is the person {place} of this group picture?", f"The person {place} is {person.name}.")
        for person, place in zip(group.people, _PLACES[len(group.people)], strict=True)
    ]
