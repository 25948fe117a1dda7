"""The reference model: a small LLaVA, trained from nothing on a CPU, on which the whole study runs on a laptop."""

from ..release import Source

NAME = "reference"


def resolve(model: str, source: Source, quiet: bool = False) -> str:
    """The folder of the reference model's base if it is asked for, made where it is not there yet; else `model`."""
    if model != NAME:
        return model
    from .base import base

    return str(base(source, quiet=quiet))
