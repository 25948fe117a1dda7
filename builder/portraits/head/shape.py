"""From a person to the weights of the basis' targets, and from weights to points.

Nothing here is drawn for a picture: the same person has the same skull in every view, by construction.
"""

import numpy as np

from ....schemas.appearance import Appearance
from . import axes
from .basis import Basis

YOUNG, OLD = 25.0, 88.0
"""Ages in years of the basis' two ends of adult life."""


def generator(appearance: Appearance, purpose: int) -> np.random.Generator:
    """A person's own randomness, one independent stream for each purpose."""
    return np.random.default_rng([purpose, appearance.face_seed])


def elderliness(appearance: Appearance) -> float:
    """0 at 25 years, 1 at 88."""
    return float(np.clip((appearance.age - YOUNG) / (OLD - YOUNG), 0.0, 1.0))


def person_weights(appearance: Appearance) -> dict[str, float]:
    """Target weights of one person's face and build."""
    random = generator(appearance, 17)
    weights = _macro(appearance, random)
    for axis in axes.AXES:
        value = axis.spread * _evenly(random) + axes.EVERYBODY.get(axis.plus, 0.0)
        if appearance.sex == "female":
            value += axes.FEMININE.get(axis.plus, 0.0)
        name = axis.plus if value >= 0 else axis.minus
        if name is None:
            continue
        for target in [name.format(side=side) for side in "lr"] if axis.paired else [name]:
            weights[target] = weights.get(target, 0) + abs(value)
    for name in axes.ASYMMETRIES:
        value = float(np.clip(random.normal(0, 0.16), -0.4, 0.4))
        weights[name.format(side="l" if value >= 0 else "r")] = abs(value)
    return weights


def _evenly(random: np.random.Generator) -> float:
    """Where somebody stands on an axis, in spreads: more even than the normal, so distinct without caricatures.

    The standard deviation is 1.2, and nobody is beyond 2.1.
    """
    return float(2.1 * np.tanh(0.75 * random.normal()))


def _macro(appearance: Appearance, random: np.random.Generator) -> dict[str, float]:
    """Ancestry, sex, age and build."""
    age, sex = elderliness(appearance), appearance.sex
    shares = np.array([appearance.ancestry.african, appearance.ancestry.asian, appearance.ancestry.european])
    # Nobody's bones are the pure type of their ancestry.
    own = float(random.uniform(0.0, 0.24))
    shares = shares * (1 - own) + random.dirichlet([1.0, 1.0, 1.0]) * own
    ends = (("young", 1 - age), ("old", age))
    weights = {}
    for name, share in zip(axes.ANCESTRIES, shares, strict=True):
        for end, part in ends:
            weights[axes.macro(name, sex, end)] = float(share) * part
    muscle = float(random.uniform(0.3, 0.7)) - 0.05 * (sex == "female")
    fat = float(np.clip(random.normal(0.46 + 0.1 * min(age, 0.6), 0.17), 0.12, 0.95))
    for m_name, m in zip(axes.MUSCLES, _tent(muscle), strict=True):
        for w_name, w in zip(axes.WEIGHTS, _tent(fat), strict=True):
            for end, part in ends:
                weights[axes.build(sex, end, m_name, w_name)] = m * w * part
    weights[axes.DOUBLE_CHIN] = max(0.0, fat - 0.6) * 1.2
    return weights


def _tent(x: float) -> tuple[float, float, float]:
    """Weights of low, middle and high for 0..1."""
    return max(0.0, 1 - 2 * x), 1 - abs(2 * x - 1), max(0.0, 2 * x - 1)


def points(basis: Basis, weights: dict[str, float]) -> np.ndarray:
    """Coarse points (n, 3) of the bust under `weights`."""
    row = np.zeros(len(basis.index))
    for name, weight in weights.items():
        row[basis.index[name]] = weight
    return basis.points + (basis.targets.T @ row).reshape(-1, 3)
