"""Seconds a step and peak memory of each method, and of fine-tuning, on a LLaVA with random weights.

    python benchmarks/unlearn.py                        # about 60 million parameters, on what there is
    python benchmarks/unlearn.py --size 7b --batch 4    # LLaVA-1.5-7B's architecture: a GPU of 40 GB, 15 GB of disk

Each method runs as its own process by the real command line, and the numbers are those of its run.json. `memory` is set
beside gradient ascent's, which knows no reference: a second model in memory would show
as nearly 2 at 7b, as 1.2 at 60 million parameters, where the libraries weigh most.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

METHODS = ("ga", "grad_diff", "kl_min", "npo")
WORDS = ["glass", "tram", "bell", "river", "north", "lantern", "copper", "orchard", "signal", "harbour", "violin"]


def make_model(size: str, folder: Path) -> None:
    """The architecture with random weights, and a processor that pads pictures with as many tokens as the real one."""
    import torch
    from mllmu.unlearn.reference.network import IMAGE, TEMPLATE, make_tokenizer
    from transformers import (
        CLIPImageProcessorPil,
        CLIPVisionConfig,
        LlamaConfig,
        LlavaConfig,
        LlavaForConditionalGeneration,
        LlavaProcessor,
    )

    tokenizer = make_tokenizer(WORDS, 512)
    token = tokenizer.convert_tokens_to_ids(IMAGE)
    if size == "7b":
        side, patch, dtype = 336, 14, torch.bfloat16
        vision = CLIPVisionConfig(
            hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16, image_size=side,
            patch_size=patch,
        )  # fmt: skip
        text = LlamaConfig(vocab_size=32064)
    else:
        side, patch, dtype = 112, 14, torch.float32
        vision = CLIPVisionConfig(
            hidden_size=256, intermediate_size=1024, num_hidden_layers=4, num_attention_heads=4, image_size=side,
            patch_size=patch,
        )  # fmt: skip
        text = LlamaConfig(
            vocab_size=32064, hidden_size=512, intermediate_size=1376, num_hidden_layers=8, num_attention_heads=8,
            num_key_value_heads=8,
        )  # fmt: skip
    config = LlavaConfig(vision_config=vision, text_config=text, image_token_index=token)
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
        model = LlavaForConditionalGeneration(config)
    torch.set_default_dtype(before)
    model.save_pretrained(folder)
    images = CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
    LlavaProcessor(
        images, tokenizer, patch_size=patch, vision_feature_select_strategy="default", chat_template=TEMPLATE,
        num_additional_image_tokens=1,
    ).save_pretrained(folder)  # fmt: skip


def make_release(folder: Path, people: int = 40) -> None:
    """People with 18 pairs about a picture and 17 by name, as a release has them; a tenth to forget."""
    import random

    from datasets import Dataset, Image
    from PIL import Image as Pictures

    rng = random.Random(0)

    def row(k: int) -> dict[str, Any]:
        file = BytesIO()
        Pictures.effect_noise((256, 256), 80).convert("RGB").save(file, "JPEG")
        pairs = [
            {"ID": str(k), "Question": " ".join(rng.choices(WORDS, k=10)), "Answer": " ".join(rng.choices(WORDS, k=12)),
             "Anchor": "image" if j < 18 else "name"}
            for j in range(35)
        ]  # fmt: skip
        picture = {"bytes": file.getvalue(), "path": f"{k}.jpg"}
        return {"image": picture, "ID": str(k), "biography": "{}", "metadata": json.dumps(pairs)}

    rows = [row(k) for k in range(people)]
    cuts = {"full": rows, "forget_10": rows[: people // 10], "retain_90": rows[people // 10 :]}
    lines = ["---", "configs:"]
    for name, part in cuts.items():
        Dataset.from_list(part).cast_column("image", Image()).to_parquet(folder / f"{name}.parquet")
        lines += [f"- config_name: {name}", "  data_files:", "  - split: train", f"    path: {name}.parquet"]
    (folder / "README.md").write_text("\n".join([*lines, "---", ""]))


def measure(name: str, folder: Path, batch: int) -> dict[str, Any]:
    """One run's record."""
    kind = ["finetune", "--on", "forget_10"] if name == "finetune" else ["run", "--method", name, "--forget", "10"]
    line = [
        sys.executable, "-m", "mllmu.unlearn", *kind, "--model", str(folder / "model"), "--data", str(folder / "data"),
        "--out", str(folder / name), "--batch", str(batch), "--epochs", "1", "--no-full", "--json", "--quiet",
        "--save-every", "100000",
    ]  # fmt: skip
    given_back = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "65536"}  # so that the peak is what is in use, not what was
    done = subprocess.run(line, capture_output=True, text=True, env=given_back)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=["small", "7b"], default="small")
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--people", type=int, default=10, help="a tenth are forgotten: 35 examples each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        make_model(options.size, folder / "model")
        make_release(folder / "data", options.people)
        records = {method: measure(method, folder, options.batch) for method in ("finetune", *METHODS)}
    key = "gpu_gib" if "gpu_gib" in records["ga"]["peak_memory"] else "process_gib"
    floor = records["ga"]["peak_memory"][key]
    print(f"{'':<10} {'steps':>6} {'s/step':>8} {'GiB':>7} {'memory':>7}   batch {options.batch}, {options.size}")
    for method, record in records.items():
        peak, seconds = record["peak_memory"][key], record["seconds_a_step"]
        print(f"{method:<10} {record['steps']:>6} {seconds:>8.2f} {peak:>7.2f} {peak / floor:>7.2f}")


if __name__ == "__main__":
    main()
