"""Everything that decides a training run, with the paper's settings as defaults."""

from typing import Any

from pydantic import ConfigDict, Field, ValidationError

from ..errors import UsageError
from ..schemas.base import Strict
from .models import Dtype


class Training(Strict):
    """How to train. Field names are, with dashes, the options of `finetune` and `run`; some are of one job: `ONLY`."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    epochs: int = Field(default=1, ge=1)
    """Passes over the forget examples, or over all when fine-tuning."""
    batch: int = Field(default=4, ge=1)
    """Examples in an optimiser step, over all processes and accumulated batches. 4 in the paper (LLaVA-1.5-7B)."""
    accumulate: int = Field(default=1, ge=1)
    """Parts that a process cuts its share of the batch into, to save memory."""
    lr: float = Field(default=2e-5, gt=0)
    """Peak learning rate, then linear decay. 2e-5 in the paper."""
    warmup: float = Field(default=0.0, ge=0, lt=1)
    """Share of the steps in which the learning rate rises."""
    clip: float = Field(default=1.0, ge=0)
    """Largest gradient norm; 0 for no limit. Ours: the paper does not say."""
    weight_decay: float = Field(default=0.0, ge=0)
    """Weight decay of AdamW."""
    lora_rank: int = Field(default=16, ge=1)
    """Rank of the adapter. 16 in the published code, 8 when the paper was written."""
    lora_alpha: int = Field(default=16, ge=1)
    """The adapter's weight is this over its rank."""
    lora_dropout: float = Field(default=0.05, ge=0, lt=1)
    """Dropout in the adapter."""
    full: bool = False
    """Train all of the language model instead of an adapter."""
    train_projector: bool = False
    """Train the projector too. The vision tower is never trained."""
    rehearse: float = Field(default=0.0, ge=0, le=10)
    """Questions about celebrities, and of the reference model about people whom base knows, that join each epoch of
    fine-tuning, against forgetting them by the way: how many, as a share of the examples that are learned."""
    dtype: Dtype = "auto"
    """float32, bfloat16 or float16; auto takes bfloat16 where the device is built for it."""
    checkpointing: bool = False
    """Recompute activations in the backward pass: slower, and far less memory."""
    save_every: int = Field(default=200, ge=1)
    """Steps between checkpoints that a killed run goes on from."""
    stop_forget_nll: float | None = Field(default=None, gt=0)
    """End unlearning once the loss on a sample of forget examples has reached this; it is looked at every few steps.
    inf: never."""
    stop_retain_nll: float | None = Field(default=None, gt=0)
    """End unlearning once the loss on a sample of retain examples is above this; it is looked at every few steps."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    """Decides the adapter's start, the order of examples and dropout."""


ONLY = {"rehearse": "finetune", "stop_forget_nll": "unlearn", "stop_retain_nll": "unlearn"}
"""Settings that mean something to one job alone."""


def applies(name: str, job: str) -> bool:
    """Whether a setting means something to a job, `finetune` or `unlearn`."""
    return ONLY.get(name, job) == job


def training(values: dict[str, Any]) -> Training:
    """Checked settings.

    Raises:
        UsageError: A value is of the wrong type or out of range.
    """
    try:
        return Training(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).replace("_", "-")
        raise UsageError(f"--{name} {first['input']!r}: {first['msg'].lower()}.") from error
