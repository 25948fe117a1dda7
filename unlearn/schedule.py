"""Which examples meet in which step, decided before training starts.

Everything random about the order is here and seeded, so a resumed run, a run on other hardware and a run spread over
processes all see the same examples in the same steps.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple


class Item(NamedTuple):
    """One row of a batch: an index into the forget examples, one into the retain examples, or both."""

    forget: int | None = None
    retain: int | None = None


def joint(forget: int, retain: int | None, epochs: int, batch: int, seed: int) -> list[Item]:
    """Epochs over `forget` examples, each with a retain example beside it, drawn without repeats until all were seen.

    `batch` is the number of examples in an optimiser step; the last step is filled up.
    """
    order = _endless(forget, epochs * forget, batch, random.Random(f"forget {seed}"))
    if retain is None:
        return [Item(forget=i) for i in order]
    partners = _endless(retain, len(order), 1, random.Random(f"retain {seed}"))
    return [Item(i, j) for i, j in zip(order, partners, strict=True)]


def phases(forget: int, retain: int, epochs: int, batch: int, seed: int) -> list[Item]:
    """As the published scripts do: in each epoch all of forget, then all of retain."""
    plan: list[Item] = []
    for epoch in range(epochs):
        plan += [Item(forget=i) for i in _endless(forget, forget, batch, random.Random(f"forget {seed} {epoch}"))]
        plan += [Item(retain=i) for i in _endless(retain, retain, batch, random.Random(f"retain {seed} {epoch}"))]
    return plan


def single(
    lengths: Sequence[int], epochs: int, batch: int, seed: int, rehearsed: Sequence[int] = (), share: float = 0
) -> list[Item]:
    """Epochs of fine-tuning. Examples of like length share a step, so that little is computed on padding.

    Args:
        lengths: Of the examples to learn.
        epochs: Passes over them.
        batch: Examples in a step; the last one is filled up.
        seed: Of the order.
        rehearsed: Lengths of further examples, whose indices follow.
        share: How many of those join each epoch, as a share of `lengths`; drawn without repeats until all were seen.
    """
    rng = random.Random(f"train {seed}")
    every = [*lengths, *rehearsed]
    joining = round(share * len(lengths)) if rehearsed else 0
    again = _endless(len(rehearsed), epochs * joining, 1, random.Random(f"rehearse {seed}"))
    plan: list[Item] = []
    for epoch in range(epochs):
        order = [*range(len(lengths)), *(len(lengths) + i for i in again[epoch * joining : (epoch + 1) * joining])]
        rng.shuffle(order)
        order.sort(key=lambda i: every[i] + rng.random() * 6)  # a little noise, so that company changes
        order += order[: -len(order) % batch]
        steps = [order[k : k + batch] for k in range(0, len(order), batch)]
        rng.shuffle(steps)
        plan += [Item(retain=i) for step in steps for i in step]
    return plan


def _endless(n: int, wanted: int, batch: int, rng: random.Random) -> list[int]:
    """At least `wanted` indices below `n`, a whole number of batches; each pass a new order."""
    wanted += -wanted % batch
    order: list[int] = []
    while len(order) < wanted:
        fresh = list(range(n))
        rng.shuffle(fresh)
        order += fresh
    return order[:wanted]
