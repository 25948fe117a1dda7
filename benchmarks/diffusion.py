"""Seconds a picture and peak memory at Stable Diffusion 1.5's real size, with random weights: nothing is fetched.

    python -m mllmu.benchmarks.diffusion [--batches 1 4 8] [--repeats 3] [--tiny]

Run it from outside the repository's root, on an idle machine. The calls are Arc2Face's: 25 steps of DPM-Solver++ at
guidance 3, from encoded prompts, at 512 pixels; text-to-image differs by one pass of the text encoder. The safety
checker is left out. Prints JSON.
"""

import argparse
import json
import os
import resource
import time
from typing import Any

SIDE = 512


def make_pipeline(tiny: bool) -> Any:
    """Stable Diffusion 1.5's networks, or the same in miniature."""
    import torch
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
    from mllmu.builder.portraits.painting.device import choose_device, number_type
    from transformers import CLIPTextConfig, CLIPTextModel

    width, channels, encoder = (64, (32, 64), (32, 32)) if tiny else (768, (320, 640, 1280, 1280), (128, 256, 512, 512))
    down = ["CrossAttnDownBlock2D"] * (len(channels) - 1) + ["DownBlock2D"]
    up = ["UpBlock2D"] + ["CrossAttnUpBlock2D"] * (len(channels) - 1)
    networks: dict[str, dict[str, Any]] = {
        "unet": {
            "sample_size": 8 if tiny else SIDE // 8,
            "block_out_channels": channels,
            "down_block_types": tuple(down),
            "up_block_types": tuple(up),
            "cross_attention_dim": width,
            "attention_head_dim": 8,
        },
        "vae": {
            "block_out_channels": encoder,
            "down_block_types": ("DownEncoderBlock2D",) * len(encoder),
            "up_block_types": ("UpDecoderBlock2D",) * len(encoder),
            "layers_per_block": 1 if tiny else 2,
            "sample_size": SIDE,
        },
    }
    text = CLIPTextConfig(
        hidden_size=width,
        intermediate_size=4 * width,
        num_hidden_layers=1 if tiny else 12,
        num_attention_heads=width // 64,
        bos_token_id=0,
        eos_token_id=2,
    )
    torch.manual_seed(0)
    before = torch.get_default_dtype()
    torch.set_default_dtype(number_type(choose_device()))
    parts: Any = {
        "unet": UNet2DConditionModel(**networks["unet"]),
        "vae": AutoencoderKL(**networks["vae"]),
        "text_encoder": CLIPTextModel(text),
        "scheduler": DPMSolverMultistepScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"),
    }
    torch.set_default_dtype(before)
    for name in ("unet", "vae", "text_encoder"):
        parts[name].eval()
    return StableDiffusionPipeline(
        **parts,
        tokenizer=None,  # pyright: ignore[reportArgumentType]
        safety_checker=None,  # pyright: ignore[reportArgumentType]
        feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )


def measure(batches: list[int], repeats: int, tiny: bool) -> dict[str, Any]:
    """Median seconds a picture of each batch size, after one call that is not counted."""
    import torch
    from mllmu.builder.portraits.arc2face.model import GUIDANCE, STEPS
    from mllmu.builder.portraits.painting.device import choose_device
    from mllmu.builder.portraits.painting.pipeline import Pipeline

    device = choose_device()
    started = time.perf_counter()
    painter = Pipeline(make_pipeline(tiny), device, 256)
    loaded = time.perf_counter() - started
    width = painter.parts.text_encoder.config.hidden_size
    prompt = torch.randn(1, 77, width, generator=torch.Generator().manual_seed(1))
    prompt = prompt.to(device, painter.parts.unet.dtype)
    results = {}
    for batch in batches:
        call = {
            "prompt_embeds": prompt.expand(batch, -1, -1),
            "negative_prompt_embeds": torch.zeros_like(prompt).expand(batch, -1, -1),
            "num_inference_steps": STEPS,
            "guidance_scale": GUIDANCE,
        }
        if device.startswith("cuda"):
            torch.cuda.reset_peak_memory_stats(device)
        painter.run(range(batch), **call)
        times = []
        for repeat in range(repeats):
            started = time.perf_counter()
            painter.run([1000 * repeat + k for k in range(batch)], **call)
            times.append((time.perf_counter() - started) / batch)
        results[str(batch)] = {
            "seconds_a_picture": round(sorted(times)[len(times) // 2], 4),
            "all": [round(t, 4) for t in times],
            "peak_gib": round(_peak(device) / 2**30, 2),
        }
    return {"device": _name(device), "type": str(painter.parts.unet.dtype), "build_s": round(loaded, 1), **results}


def _peak(device: str) -> int:
    import torch

    if device.startswith("cuda"):
        return torch.cuda.max_memory_allocated(device)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _name(device: str) -> str:
    import torch

    return torch.cuda.get_device_name(device) if device.startswith("cuda") else f"{device}, {os.cpu_count()} cores"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4, 8])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tiny", action="store_true", help="A miniature, to see that it runs.")
    given = parser.parse_args()
    print(json.dumps(measure(given.batches, given.repeats, given.tiny), indent=1))


if __name__ == "__main__":
    main()
