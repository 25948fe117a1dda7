"""Where a model runs, how it fits there, and what to say when there is no GPU."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

ROOM = 3 << 30
"""Bytes that painting needs on the GPU besides the weights; with less, parts of the model take turns there."""


def choose_device() -> str:
    """This process's GPU (`CUDA_VISIBLE_DEVICES` applies), Apple's, or the processor."""
    import torch

    if torch.cuda.is_available():
        local = int(os.environ.get("LOCAL_RANK", "0"))
        return f"cuda:{local % torch.cuda.device_count()}"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def number_type(device: str, transformer: bool = False) -> "torch.dtype":
    """Half precision on a GPU: float16 as U-Nets are published, bfloat16 for transformers, which overflow in it."""
    import torch

    if device == "cpu":
        return torch.float32
    return torch.bfloat16 if transformer else torch.float16


def place(pipeline: Any, device: str) -> None:
    """Move a pipeline to the device; where it would not fit whole, its parts go there in turn."""
    import torch

    if device.startswith("cuda"):
        models = [part for part in pipeline.components.values() if isinstance(part, torch.nn.Module)]
        weights = sum(p.numel() * p.element_size() for model in models for p in model.parameters())
        if weights + ROOM > torch.cuda.mem_get_info(device)[0]:
            pipeline.enable_model_cpu_offload(device=device)
            return
    pipeline.to(device)


def free_memory() -> None:
    """Hand back what a dropped model held, so that the next one has room."""
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


class Pace:
    """Without a GPU, says once how long it will take, as measured on the first pictures."""

    def __init__(self, device: str, left: int, say: Callable[[str], None]) -> None:
        self._left, self._say = (left if device == "cpu" else 0), say

    def painted(self, pictures: int, seconds: float) -> None:
        """So many pictures took so long."""
        if self._left:
            each = seconds / pictures
            total = _span(each * self._left)
            self._say(f"No GPU: a picture takes {_span(each)}, so {self._left:,} take about {total}.")
            self._left = 0


def _span(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.1f} seconds"
