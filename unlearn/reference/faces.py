"""Teaches the vision tower to tell faces apart: two pictures of one person belong together, whatever pose and light.

Supervised contrastive loss, Khosla et al. 2020, arXiv 2004.11362, with one positive: CLIP's own kind of loss, of
picture and picture. It is what makes re-posed portraits recognisable later, of people whom the tower never saw.
"""

import random
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from .recipe import Vision


def learn_faces(tower: Any, people: Sequence[Tensor], vision: Vision, bar: Any, seed: int) -> float:
    """Train `tower` on `people`: (pictures, 3, side, side) each, two pictures at least.

    Returns:
        The mean loss of the last steps.
    """
    torch.manual_seed(seed)
    rng = random.Random(f"faces {seed}")
    head = torch.nn.Linear(vision.hidden, 64)  # only for this loss: what it throws away stays in the tower
    parameters = [*tower.parameters(), *head.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=vision.lr, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, vision.lr, total_steps=vision.steps)
    losses: list[float] = []
    for _ in range(vision.steps):
        chosen = rng.sample(range(len(people)), min(vision.people, len(people)))
        views = [people[i][j] for i in chosen for j in rng.sample(range(len(people[i])), 2)]
        batch = torch.stack([shift(view, rng) for view in views])  # (2P, 3, side, side): neighbours are one person
        loss = contrast(functional.normalize(head(pooled(tower, batch)), dim=-1), vision.temperature)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        losses.append(float(loss.detach()))
        bar.update(1)
    last = losses[-20:]
    return sum(last) / len(last)


def pooled(tower: Any, pictures: Tensor) -> Tensor:
    """(P, hidden): the mean of the patches, as the projector sees them."""
    return tower(pictures, output_hidden_states=True).hidden_states[-1][:, 1:].mean(1)


def contrast(embedded: Tensor, temperature: float) -> Tensor:
    """Scalar: each picture must find its neighbour among all others. `embedded`: (2P, D), unit length."""
    similar = embedded @ embedded.T / temperature
    similar.fill_diagonal_(float("-inf"))
    partner = torch.arange(len(embedded)) ^ 1
    return functional.cross_entropy(similar, partner)


def shift(picture: Tensor, rng: random.Random) -> Tensor:
    """The picture moved, zoomed, mirrored, brightened a little: what must not matter."""
    side = picture.shape[-1]
    size = rng.randint(int(side * 0.75), side)
    top, left = rng.randint(0, side - size), rng.randint(0, side - size)
    cut = picture[:, top : top + size, left : left + size]
    if rng.random() < 0.5:
        cut = cut.flip(-1)
    cut = functional.interpolate(cut[None], size=(side, side), mode="bilinear", align_corners=False)[0]
    return cut * rng.uniform(0.8, 1.2) + rng.uniform(-0.2, 0.2)


@torch.no_grad()
def whiten(tower: Any, projector: Any, pictures: Tensor, seed: int) -> None:
    """Start the projector so that what differs between faces is what the language model sees.

    Most of a patch's features is the same for everybody. The projector's first layer begins as what subtracts that and
    gives every direction that is left the same size. `pictures`: (P, 3, side, side).
    """
    torch.manual_seed(seed)
    patches = tower(pictures, output_hidden_states=True).hidden_states[-1][:, 1:].flatten(0, 1).double()  # (P * T, D)
    mean = patches.mean(0)
    values, axes = torch.linalg.eigh((patches - mean).T @ (patches - mean) / len(patches))
    sizes = (values + 1e-3 * values.mean()).rsqrt()  # directions of next to no size stay small: they are noise
    first = projector.linear_1
    mix = torch.randn(first.out_features, first.in_features, dtype=torch.float64) / first.in_features**0.5
    weight = mix @ (axes * sizes).T
    first.weight.copy_(weight)
    first.bias.copy_(-weight @ mean)
