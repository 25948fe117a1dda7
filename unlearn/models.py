"""Models and processors: folders, Hub ids, and adapters on top of adapters."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import UsageError
from .run_record import made, read_record

if TYPE_CHECKING:
    import torch

Dtype = Literal["auto", "float32", "bfloat16", "float16"]

ADAPTER_FILE = "adapter_config.json"


def load_model(path: str, dtype: "torch.dtype | None" = None) -> Any:
    """A model by folder or Hub id, with every adapter it names merged into the weights.

    An adapter trained on another adapter's model names that adapter's folder as its base: bases are followed down.

    Raises:
        UsageError: There is no model there, or it is not one for images and text.
    """
    from peft import PeftModel
    from transformers import AutoModelForImageTextToText

    from .lora import peft_quiet

    _check_exists(path)
    if base := adapter_base(path):
        with peft_quiet():
            return PeftModel.from_pretrained(load_model(base, dtype), path).merge_and_unload()
    if base := prompted_base(path):
        return load_model(base, dtype)
    try:
        return AutoModelForImageTextToText.from_pretrained(path, dtype=dtype or default_dtype("auto"))
    except (OSError, ValueError) as error:
        raise UsageError(f"no image-text-to-text model at {path}: {str(error).splitlines()[0]}") from error


def load_processor(path: str) -> Any:
    """The processor of a model, or of the model under an adapter.

    Raises:
        UsageError: There is none, or it is not one for images and text.
    """
    from transformers import AutoProcessor

    _check_exists(path)
    if base := adapter_base(path) or prompted_base(path):
        return load_processor(base)
    try:
        return AutoProcessor.from_pretrained(path)
    except (ImportError, OSError, ValueError) as error:
        if "orchvision" in str(error) or "video" in str(error):
            return _without_video(path)
        raise _no_processor(path, error) from error


def _no_processor(path: str, error: Exception) -> UsageError:
    return UsageError(f"no processor at {path}: {str(error).splitlines()[0]}")


def _check_exists(path: str) -> None:
    """Before the Hub is asked, again and again, for what is a misspelt folder."""
    if not Path(path).is_dir() and (path.count("/") != 1 or path[0] in "./~"):
        raise UsageError(f"no model folder {path}; on the Hub a model is called owner/name.")


def adapter_base(path: str) -> str | None:
    """What the adapter at `path` stands on; None if `path` is no folder with an adapter."""
    config = Path(path) / ADAPTER_FILE
    if not config.is_file():
        return None
    base = json.loads(config.read_text(encoding="utf-8"))["base_model_name_or_path"]
    beside = Path(path) / base  # adapters name a base beside them by a relative path: the study's folder can move
    return str(beside) if beside.is_dir() else base


def rebase(folder: Path, base: str) -> None:
    """Let the adapter in `folder` stand on `base`; a folder is named as seen from the adapter, so both can move."""
    config = folder / ADAPTER_FILE
    content = json.loads(config.read_text(encoding="utf-8"))
    content["base_model_name_or_path"] = os.path.relpath(base, folder) if Path(base).is_dir() else base
    config.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def prompted_base(path: str) -> str | None:
    """The model under a run that only adds a system prompt; None if `path` is no such run."""
    record = read_record(path)
    if not record or "system_prompt" not in record:
        return None
    beside = Path(path) / record["model"]
    return str(beside) if beside.is_dir() else record["model"]


def system_prompt(path: str) -> str | None:
    """The system prompt that a run must be evaluated under, if it has one."""
    return (read_record(path) or {}).get("system_prompt")


def root(path: str) -> str:
    """The whole weights that a model stands on, under all adapters and prompts."""
    _check_exists(path)
    base = adapter_base(path) or prompted_base(path)
    return root(base) if base else path


def identity(path: str) -> str | None:
    """Differs once the model, or one that it stands on, is made anew in the same place; None on the Hub alone."""
    parts = [made(path)]
    while path := adapter_base(path) or prompted_base(path) or "":
        parts.append(made(path))
    return "-".join(filter(None, parts)) or None


def own_device() -> str:
    """This process's GPU, where there is one."""
    import torch

    return f"cuda:{os.environ.get('LOCAL_RANK', 0)}" if torch.cuda.is_available() else "cpu"


def default_dtype(asked: Dtype) -> "torch.dtype":
    """The number format: what was asked, else bfloat16 where the device is built for it, else float32."""
    import torch

    if asked != "auto":
        return getattr(torch, asked)
    return torch.bfloat16 if torch.cuda.is_available() and torch.cuda.is_bf16_supported() else torch.float32


def _without_video(path: str) -> Any:
    """Qwen's processors bring one for video, which needs torchvision; questions here are about single pictures."""
    import transformers
    from transformers import AutoImageProcessor, AutoTokenizer, ProcessorMixin
    from transformers.image_processing_base import ImageProcessingMixin

    from .families import pictures_only

    try:
        config, _ = ProcessorMixin.get_processor_dict(path)
        if "processor_class" not in config:  # older repositories name it beside the picture settings only
            config = {**config, **ImageProcessingMixin.get_image_processor_dict(path)[0]}
    except OSError as error:  # nothing is there, neither of a processor nor of pictures
        raise _no_processor(path, error) from error
    tokenizer = AutoTokenizer.from_pretrained(path)
    kind = pictures_only(getattr(transformers, config["processor_class"]))
    template = config.get("chat_template") or tokenizer.chat_template
    return kind(AutoImageProcessor.from_pretrained(path), tokenizer, chat_template=template)
