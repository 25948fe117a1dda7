"""Arc2Face's own weights, put into Stable Diffusion 1.5: its U-Net, its text encoder, its ArcFace."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..painting.device import choose_device, number_type
from ..painting.pipeline import Pipeline
from ..painting.weights import load
from .token import identity_prompts

STEPS, GUIDANCE = 25, 3.0
"""As in the authors' instructions, with DPM-Solver++."""
PACK = "antelopev2"


class Arc2Face(Pipeline):
    """Paints a face from its embedding.

    Args:
        model: Folder or name on the Hub with `arc2face/` (U-Net) and `encoder/` (text encoder).
        base: Folder or name on the Hub of Stable Diffusion 1.5. Its safety checker is kept if it has one.
        size: Side of a picture in pixels.
    """

    def __init__(self, model: str, base: str, size: int) -> None:
        device = choose_device()
        super().__init__(_assemble(model, base, device), device, size)

    def encode(self, face: np.ndarray) -> Any:
        """The prompt of one face, (1, t, d): encoded once, used for all its pictures."""
        return identity_prompts(self.parts.tokenizer, self.parts.text_encoder, face[None])

    def paint(self, prompt: Any, seeds: Sequence[int]) -> list[bytes | None]:
        """A picture of the encoded face a seed; see `run`."""
        prompts = prompt.expand(len(seeds), -1, -1)
        return self.run(seeds, prompt_embeds=prompts, num_inference_steps=STEPS, guidance_scale=GUIDANCE)


def _assemble(model: str, base: str, device: str) -> Any:
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
    from transformers import CLIPTextModel

    kind = number_type(device)
    encoder = load(
        "Arc2Face's text encoder", model, lambda: CLIPTextModel.from_pretrained(model, subfolder="encoder", dtype=kind)
    )
    unet = load(
        "Arc2Face's U-Net",
        model,
        lambda: UNet2DConditionModel.from_pretrained(model, subfolder="arc2face", torch_dtype=kind),
    )
    pipeline: Any = load(
        "Stable Diffusion 1.5",
        base,
        lambda: StableDiffusionPipeline.from_pretrained(base, text_encoder=encoder, unet=unet, torch_dtype=kind),
    )
    pipeline.scheduler = DPMSolverMultistepScheduler.from_config(pipeline.scheduler.config)
    return pipeline


def arcface(model: str) -> Path:
    """The ArcFace network that Arc2Face was trained with, which is not the pack's own."""
    from huggingface_hub import hf_hub_download

    local = Path(model) / "arcface.onnx"
    if local.is_file():
        return local
    return Path(load("Arc2Face's ArcFace", model, lambda: hf_hub_download(model, "arcface.onnx")))
