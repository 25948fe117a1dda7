"""What differs between families of models and cannot be asked of the model itself. It is little."""

from typing import Any

MERGED_NAMES = ("connector", "projector", "merger", "aligner")
"""How modules between picture and language call themselves, in the families that we know."""


def is_projector(module_name: str) -> bool:
    """Whether a module belongs to the bridge from picture features to the language model."""
    return any(word in part for part in module_name.split(".") for word in MERGED_NAMES)


def pictures_only(kind: Any) -> Any:
    """A processor class without its part for video, which cannot be made without torchvision (Qwen's families)."""

    class PicturesOnly(kind):
        def __init__(self, image_processor: Any = None, tokenizer: Any = None, chat_template: str | None = None):
            super().__init__(image_processor, tokenizer, None, chat_template=chat_template)

    PicturesOnly.__name__ = kind.__name__  # saved under its own name, for machines that have torchvision
    return PicturesOnly
