"""Arc2Face's own weights, put into Stable Diffusion 1.5: its U-Net, its text encoder, its ArcFace."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..painting.device import choose_device, number_type
from ..painting.pipeline import Pipeline
from ..painting.weights import load
from .token import identity_prompts

STEPS, GUIDANCE = 25, 3.0
"""As in the authors' instructions, with DPM-Solver++."""
PACK = "antelopev2"
ARCFACE = "arcface.onnx"
"""The network that Arc2Face was trained with, which is not the pack's own."""


class Weights(NamedTuple):
    """Folders on this machine."""

    parts: Path
    """Arc2Face's U-Net in `arc2face/`, its text encoder in `encoder/`, and `arcface.onnx`."""
    base: Path
    """Stable Diffusion 1.5. Its safety checker is kept if it has one."""


class Arc2Face(Pipeline):
    """Paints a face from its embedding, `size` pixels a side."""

    def __init__(self, weights: Weights, size: int) -> None:
        device = choose_device()
        super().__init__(_assemble(weights, device), device, size)

    def encode(self, face: np.ndarray) -> Any:
        """The prompt of one face, (1, t, d): encoded once, used for all its pictures."""
        return identity_prompts(self.parts.tokenizer, self.parts.text_encoder, face[None])

    def paint(self, prompt: Any, seeds: Sequence[int]) -> list[bytes | None]:
        """A picture of the encoded face a seed; see `run`."""
        prompts = prompt.expand(len(seeds), -1, -1)
        return self.run(seeds, prompt_embeds=prompts, num_inference_steps=STEPS, guidance_scale=GUIDANCE)


def _assemble(weights: Weights, device: str) -> Any:
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
    from transformers import CLIPTextModel

    kind, (parts, base) = number_type(device), weights

    def together() -> Any:
        encoder = CLIPTextModel.from_pretrained(parts, subfolder="encoder", dtype=kind)
        unet = UNet2DConditionModel.from_pretrained(parts, subfolder="arc2face", torch_dtype=kind)
        return StableDiffusionPipeline.from_pretrained(base, text_encoder=encoder, unet=unet, torch_dtype=kind)

    pipeline = load("Arc2Face", str(parts), together)
    pipeline.scheduler = DPMSolverMultistepScheduler.from_config(pipeline.scheduler.config)
    return pipeline


def fetch(model: str, base: str) -> Weights:
    """Have all weights on this machine, before hours of work that would come to nothing without them.

    Raises:
        MllmuError: They cannot be had.
    """
    parts = load("Arc2Face", model, lambda: _parts(model))
    return Weights(parts, load("Stable Diffusion 1.5", base, lambda: _base(base)))


def _parts(model: str) -> Path:
    from huggingface_hub import snapshot_download

    folder = Path(model)
    if not folder.is_dir():
        folder = Path(snapshot_download(model, allow_patterns=["arc2face/*", "encoder/*", ARCFACE]))
    for part in ("arc2face/config.json", "encoder/config.json", ARCFACE):
        if not (folder / part).is_file():
            raise FileNotFoundError(f"it has no {part}")
    return folder


def _base(base: str) -> Path:
    from diffusers.pipelines.pipeline_utils import DiffusionPipeline

    if Path(base).is_dir():
        return Path(base)
    return Path(DiffusionPipeline.download(base, unet=None, text_encoder=None))  # Arc2Face brings these two
