"""Any further task, by lmms-eval, where it is installed."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ...errors import MllmuError, UsageError

KINDS = {
    "llava": "llava_hf", "llava_next": "llava_hf", "idefics2": "idefics2", "qwen2_vl": "qwen2_vl",
    "qwen2_5_vl": "qwen2_5_vl", "qwen3_vl": "qwen3_vl",
}  # fmt: skip
"""`model_type` in a model's config -> what lmms-eval calls its kind."""


def hand_over(tasks: Sequence[str], model: str, out: Path, kind: str | None, batch: int | None) -> Path:
    """Run lmms-eval on these tasks; its own results are in the folder that is returned.

    Raises:
        MllmuError: it is not installed, or it fails.
        UsageError: its name for the kind of model is not known.
    """
    from importlib.util import find_spec

    if find_spec("lmms_eval") is None:
        raise MllmuError("--with lmms-eval needs lmms-eval. Install it with: pip install lmms-eval")
    folder = out / "utility" / "lmms-eval"
    done = subprocess.run(
        [sys.executable, "-m", "lmms_eval", *arguments(tasks, model, folder, kind, batch)], check=False
    )
    if done.returncode:
        raise MllmuError(f"lmms-eval failed with exit code {done.returncode}; what it said stands above.")
    return folder


def arguments(tasks: Sequence[str], model: str, folder: Path, kind: str | None, batch: int | None) -> list[str]:
    """Its command line."""
    return [
        "--model", kind or _kind(model), "--model_args", f"pretrained={model}", "--tasks", ",".join(tasks),
        "--batch_size", str(batch or 1), "--output_path", str(folder),
    ]  # fmt: skip


def _kind(model: str) -> str:
    config = Path(model) / "config.json"
    if Path(model).is_dir() and not config.is_file():
        raise UsageError(
            f"{model} holds no whole model. Make one with --merge, for lmms-eval knows no adapters of ours."
        )
    if config.is_file():
        found = json.loads(config.read_text(encoding="utf-8")).get("model_type", "")
        if found in KINDS:
            return KINDS[found]
    raise UsageError(f"which kind of model is {model}, in lmms-eval's words? Give --lmms-model, llava_hf for one.")
