"""Keeps near-twins out of a build before anybody is drawn, by the likeness of `likeness.py`.

People are seated one after another. Whoever is too much like somebody seated gets another face, and another, until
one is distinct; if none is, the most distinct of those tried. A face costs about 1.4 milliseconds to try.
"""

from collections.abc import Callable, Sequence

import numpy as np

from ...schemas.appearance import Appearance

STEPS = 1024.0
"""Directions are rounded to this fraction: sums of whole numbers are exact in any order, so on any machine."""


def likest_allowed(n: int) -> float:
    """The cosine above which two of `n` people are near-twins.

    The more people, the closer the closest must be: a limit that did not rise could not be met by redrawing.
    """
    return min(0.76 + 0.05 * float(np.log10(max(n, 1) / 500)), 0.95)


def attempts_for(n: int) -> int:
    """How many other faces one of `n` people may be given: few in a crowd, or casting would outlast drawing."""
    return max(2, min(24, 12_000 // max(n, 1)))


def rounded(direction: np.ndarray) -> np.ndarray:
    """A direction in whole steps."""
    return np.rint(direction * STEPS)


def distinct_face_seeds(appearances: Sequence[Appearance], reseed: Callable[[int, int], int]) -> list[int]:
    """Face seeds under which no two people are near-twins, as far as can be; most are the ones the people have.

    Args:
        appearances: Everybody, in order. An earlier person keeps the face, a later near-twin gets another.
        reseed: `reseed(k, attempt)` is another seed for person number `k`; a pure function, so that builds repeat.
    """
    from .likeness import likeness

    limit, attempts = likest_allowed(len(appearances)) * STEPS**2, attempts_for(len(appearances))
    seated = np.zeros((len(appearances), len(likeness(appearances[0])) if appearances else 0))
    seeds: list[int] = []
    for k, person in enumerate(appearances):
        best, lowest = person.face_seed, np.inf
        for attempt in range(attempts + 1):
            seed = reseed(k, attempt) if attempt else person.face_seed
            direction = rounded(likeness(person.model_copy(update={"face_seed": seed})))
            likest = float((seated[:k] @ direction).max(initial=-np.inf))
            if likest < lowest:
                best, lowest, seated[k] = seed, likest, direction
            if likest < limit:
                break
        seeds.append(best)
    return seeds
