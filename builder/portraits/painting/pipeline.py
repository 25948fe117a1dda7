"""A diffusers pipeline that paints batches: one seed a picture, the safety checker respected."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ....errors import MllmuError, UsageError
from .device import choose_device, free_memory, number_type, place
from .prompt import NEGATIVE
from .weights import load, quietly

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 92
BLACK = 8
"""Brightest grey level of a picture that a safety checker blacked out."""


class Pipeline:
    """Any pipeline of diffusers that makes pictures; a context manager that gives the memory back."""

    def __init__(self, pipeline: Any, device: str, size: int) -> None:
        self.device, self.size = device, size
        self.parts: Any = pipeline
        pipeline.set_progress_bar_config(disable=True)
        place(pipeline, device)

    def close(self) -> None:
        """Drop the model."""
        self.parts = None
        free_memory()

    def run(self, seeds: Sequence[int], **call: Any) -> list[bytes | None]:
        """One encoded picture a seed; None where the safety checker refused it.

        The noise of a picture comes from its own generator on the processor: neither the GPU nor what else is in
        the batch changes it.
        """
        import torch

        generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
        try:
            with torch.inference_mode(), quietly():
                out = self.parts(generator=generators, **call)
        except torch.OutOfMemoryError as error:
            raise MllmuError(
                f"{self.device} has too little memory for {len(seeds)} pictures at once. Lower --paint-batch."
            ) from error
        flags = getattr(out, "nsfw_content_detected", None) or [False] * len(out.images)
        return [
            None if flag or _black(image) else encode(image, self.size)
            for image, flag in zip(out.images, flags, strict=True)
        ]


class TextToImage(Pipeline):
    """Any text-to-image model."""

    def __init__(self, model: str, size: int, steps: int | None, guidance: float | None) -> None:
        from inspect import signature

        device = choose_device()
        super().__init__(load("the portrait model", model, lambda: _text_to_image(model, device)), device, size)
        takes = signature(self.parts.__call__).parameters
        asked = {"num_inference_steps": ("--steps", steps), "guidance_scale": ("--guidance", guidance)}
        if refused := [option for name, (option, value) in asked.items() if value is not None and name not in takes]:
            raise UsageError(f"{model} takes no {' and no '.join(refused)}. Leave that out.")
        self._call: dict[str, Any] = {name: value for name, (_, value) in asked.items() if value is not None}
        self._negative = "negative_prompt" in takes

    def paint(self, prompts: Sequence[str], seeds: Sequence[int]) -> list[bytes | None]:
        """A picture of each prompt; see `run`."""
        negative = {"negative_prompt": [NEGATIVE] * len(prompts)} if self._negative else {}
        return self.run(seeds, prompt=list(prompts), **negative, **self._call)


def _text_to_image(model: str, device: str) -> Any:
    from diffusers.pipelines.auto_pipeline import AutoPipelineForText2Image
    from diffusers.pipelines.pipeline_utils import DiffusionPipeline

    config: Any = DiffusionPipeline.load_config(model)
    return AutoPipelineForText2Image.from_pretrained(model, torch_dtype=number_type(device, "transformer" in config))


def encode(image: "Image", size: int) -> bytes:
    """The middle square of a picture, `size` pixels a side, as JPEG."""
    from PIL import Image as Pictures

    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    square = image.convert("RGB").crop((left, top, left + side, top + side))
    file = BytesIO()
    square.resize((size, size), Pictures.Resampling.LANCZOS).save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()


def _black(image: "Image") -> bool:
    return max(image.convert("L").tobytes()) <= BLACK
