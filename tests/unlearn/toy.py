"""A model with a vocabulary of two tokens, whose every probability is set by hand."""

from contextlib import contextmanager
from types import SimpleNamespace

import torch
from mllmu.unlearn.step import Counts, Step, count
from torch import Tensor


class Toy:
    """Says token 1 at position t of row b with probability sigmoid(w[b, t]), whatever it is given."""

    def __init__(self, w: Tensor, reference: Tensor):
        self.w = w
        self.reference = reference
        self.training = False
        self._frozen = False

    def __call__(self, *, logits_to_keep: int, **_: object) -> SimpleNamespace:
        w = self.reference if self._frozen else self.w
        logits = torch.stack([torch.zeros_like(w), w], -1)  # (B, T, 2)
        return SimpleNamespace(logits=logits[:, -logits_to_keep:])

    def eval(self) -> None:
        self.training = False

    def train(self, mode: bool = True) -> None:
        self.training = mode

    @contextmanager
    def disable_adapter(self):
        self._frozen = True
        yield
        self._frozen = False


def step(w: Tensor, reference: Tensor | None = None) -> Step:
    """Two answers: of one token (1), and of two tokens (1, 0). Position t predicts token t + 1."""
    labels = torch.tensor([[-100, -100, -100, 1], [-100, -100, 1, 0]])
    toy = Toy(w, w.detach() if reference is None else reference)
    batch = {"input_ids": labels.clamp_min(0), "labels": labels}
    tokens, rows = count(batch)
    return Step(toy, batch, Counts(tokens, rows), toy.disable_adapter)
