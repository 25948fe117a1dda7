"""What a loss looks at: one batch, seen by the model, answer tokens only.

Shapes: B examples in the batch, N answer tokens in the batch (the ending token included), V vocabulary.
Everything is computed when it is first asked for, so a loss pays for what it uses.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import torch
from torch import Tensor

from ..errors import MllmuError
from .collate import Batch
from .encode import IGNORED

REFERENCE_LOGP = "reference_logp"
"""Batch key of (B,) answer log-probabilities that another model was asked for before training."""

SPECIFIED, NAME_TOKENS, EXPANDED = "specified", "name_tokens", "expanded"
"""Batch keys that SIU looks at: see `siu/encoder.py`."""

NO_INPUTS = frozenset({"labels", REFERENCE_LOGP, SPECIFIED, NAME_TOKENS, EXPANDED})
"""Batch keys that no model takes."""


class Counts(NamedTuple):
    """How many there are in the whole optimiser step: over all processes and accumulated batches."""

    tokens: Tensor | float
    rows: Tensor | float
    processes: int = 1
    """Gradients are averaged over these, so each process weighs its part by their number."""


class Answers(NamedTuple):
    """What the model says at the answer's positions."""

    logits: Tensor
    """(N, V), float32 or better."""
    targets: Tensor
    """(N,)"""
    mask: Tensor
    """(B, K): where in the last K columns the N tokens stand, row by row."""


class HasAnswerLogp(Protocol):
    """The least that a reference is."""

    @property
    def answer_logp(self) -> Tensor:
        """(B,)"""
        ...


class Recorded:
    """A reference that was asked beforehand, and knows the log-probability of whole answers only."""

    def __init__(self, answer_logp: Tensor):
        self.answer_logp = answer_logp

    def __getattr__(self, name: str) -> Any:
        raise MllmuError(f"a recorded reference knows answer_logp, not {name}; this loss needs the model's own start.")


class Step:
    """One side, forget or retain, of a training step."""

    def __init__(
        self,
        model: Any,
        batch: Batch,
        counts: Counts,
        as_reference: Callable[[], AbstractContextManager[Any]] | None = None,
    ):
        """`as_reference` opens a context in which `model` is the model it started from."""
        self.model = model
        self.batch = batch
        self.counts = counts
        self._as_reference = as_reference

    @cached_property
    def answers(self) -> Answers:
        """One forward pass; the head runs at the answer's positions only."""
        return answers(self.model, self.batch)

    @cached_property
    def log_probs(self) -> Tensor:
        """(N, V): the model's distribution at each answer token."""
        return self.answers.logits.log_softmax(-1)

    @cached_property
    def token_logp(self) -> Tensor:
        """(N,): log-probability of each answer token."""
        logits, targets, _ = self.answers
        return -torch.nn.functional.cross_entropy(logits, targets, reduction="none")

    @cached_property
    def answer_logp(self) -> Tensor:
        """(B,): log-probability of each whole answer, the sum over its tokens."""
        mask = self.answers.mask
        placed = self.token_logp.new_zeros(mask.shape).masked_scatter(mask, self.token_logp)  # (B, K)
        return placed.sum(-1)

    @cached_property
    def nll(self) -> Tensor:
        """Scalar: negative log-likelihood, mean over answer tokens."""
        return self.mean_tokens(-self.token_logp)

    @cached_property
    def reference(self) -> Any:
        """The same batch as the frozen reference sees it: a Step, or what was recorded of it."""
        if REFERENCE_LOGP in self.batch:
            return Recorded(self.batch[REFERENCE_LOGP])
        frozen = Step(self.model, self.batch, self.counts)
        with self.as_reference():
            _ = frozen.answers
        return frozen

    @contextmanager
    def as_reference(self) -> Iterator[None]:
        """While this is open, the model is the one that it started from.

        Raises:
            MllmuError: All of the model is trained, so that its start is gone.
        """
        if self._as_reference is None:
            raise MllmuError(
                "this method compares with the starting model, which is the adapter switched off: train LoRA."
            )
        training = self.model.training
        self.model.eval()  # no dropout in a reference
        with self._as_reference(), torch.no_grad():
            yield
        self.model.train(training)

    def mean_tokens(self, values: Tensor) -> Tensor:
        """Mean over all answer tokens of the optimiser step; this batch's part of it."""
        return values.sum() * (self.counts.processes / self.counts.tokens)

    def mean_rows(self, values: Tensor) -> Tensor:
        """Mean over all examples of the optimiser step; this batch's part of it."""
        return values.sum() * (self.counts.processes / self.counts.rows)

    def of_batch(self, value: Tensor) -> Tensor:
        """A scalar that is this batch's own, no sum over what is in it; its part by the share of examples."""
        return value * (len(self.batch["labels"]) * self.counts.processes / self.counts.rows)

    @property
    def was_run(self) -> bool:
        """Whether any loss asked for a forward pass."""
        return "answers" in self.__dict__


def model_inputs(batch: Batch) -> Batch:
    """The part of a batch that a model takes."""
    return {key: value for key, value in batch.items() if key not in NO_INPUTS}


def answers(model: Any, batch: Batch) -> Answers:
    """The model's logits where labels are. Position t predicts token t + 1, so the first token has no prediction."""
    labels = batch["labels"]
    labelled = labels != IGNORED
    labelled[:, 0] = False
    first = int(labelled.any(0).nonzero()[0]) if bool(labelled.any()) else labels.shape[1] - 1
    keep = labels.shape[1] - first + 1
    logits = model(**model_inputs(batch), logits_to_keep=keep, use_cache=False).logits[:, -keep:-1]  # (B, K, V)
    mask = labelled[:, first:]
    exact = torch.promote_types(logits.dtype, torch.float32)  # half precision is too coarse for log-probabilities
    return Answers(logits[mask].to(exact), labels[:, first:][mask], mask)


def count(batch: Batch) -> tuple[int, int]:
    """(answer tokens, examples) of a batch."""
    return int((batch["labels"][:, 1:] != IGNORED).sum()), len(batch["labels"])
