"""LoRA on the language model only: targets are whole module names, so nothing of the vision tower can match."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from ..errors import MllmuError
from .families import is_projector


def language_prefix(model: Any) -> str:
    """The name of the language model inside a model for images and text.

    Raises:
        MllmuError: It cannot be told apart from the rest.
    """
    decoder = model.get_decoder()
    for name, module in model.named_modules():
        if module is decoder and name:
            return name
    raise MllmuError(f"{type(model).__name__}: no language model found inside; train it with --full.")


def language_linears(model: Any) -> list[str]:
    """Full names of the language model's linear layers: attention and feed-forward, without the vocabulary head."""
    prefix = language_prefix(model) + "."
    head = model.get_output_embeddings()
    return [
        name
        for name, module in model.named_modules()
        if name.startswith(prefix) and isinstance(module, nn.Linear) and module is not head
    ]


def projector_linears(model: Any) -> list[str]:
    """Full names of the linear layers between picture features and language model."""
    return [name for name, module in model.named_modules() if isinstance(module, nn.Linear) and is_projector(name)]


def add_lora(model: Any, rank: int, alpha: int, dropout: float, projector: bool = False) -> Any:
    """The model with a fresh adapter. Everything else is frozen; a fresh adapter changes nothing yet."""
    from peft import LoraConfig, get_peft_model

    targets = language_linears(model) + (projector_linears(model) if projector else [])
    config = LoraConfig(r=rank, lora_alpha=alpha, lora_dropout=dropout, target_modules=targets, bias="none")
    with peft_quiet():
        return get_peft_model(model, config)


@contextmanager
def peft_quiet() -> Iterator[None]:
    """Without the warning that peft asks transformers for an old name: nothing a user could change."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
        yield


def train_all(model: Any, projector: bool = False, vision: bool = False) -> Any:
    """Full fine-tuning: the language model and its head; the projector and the vision tower only where asked."""
    prefix = language_prefix(model) + "."
    for name, parameter in model.named_parameters():
        of_language = name.startswith((prefix, "lm_head"))
        parameter.requires_grad_(of_language or vision or (projector and is_projector(name)))
    return model


def trainable(model: nn.Module) -> tuple[int, int]:
    """(trained, all) parameters."""
    sizes = [(p.numel(), p.requires_grad) for p in model.parameters()]
    return sum(size for size, grad in sizes if grad), sum(size for size, _ in sizes)


def autocast_dtype(dtype: torch.dtype) -> dict[str, bool]:
    """What `TrainingArguments` needs to compute in this format."""
    return {"bf16": dtype == torch.bfloat16, "fp16": dtype == torch.float16}
