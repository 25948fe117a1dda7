"""Pictures that others made, or that time has damaged: whatever may be wrong with them, said in one place."""

import struct
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UsageError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LARGEST = 8_192
"""Pixels a side beyond which a picture is refused rather than decoded."""


def undecodable() -> tuple[type[Exception], ...]:
    """Whatever Pillow raises at a file that is no picture, a broken one, or one that would fill the memory."""
    from PIL import Image

    return OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError


def fault(data: bytes | None) -> str:
    """Why an encoded picture does not decode to the last pixel; empty if it does."""
    from PIL import Image

    if not data:
        return "has no bytes"
    try:
        with Image.open(BytesIO(data)) as image:
            image.load()
    except undecodable() as error:
        return str(error) or type(error).__name__
    return ""


def read_upright(path: Path) -> "Picture":
    """A picture file as it is meant to be seen: upright, RGB, what is transparent on white.

    Raises:
        UsageError: It is no picture that can be read, too large, or of more than 8 bits a channel.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as opened:
            if max(opened.size) > LARGEST:
                raise UsageError(f"{path} is {opened.width} x {opened.height} pixels; {LARGEST} a side is the most.")
            if opened.mode.startswith(("I", "F")):  # converting these cuts off whatever is brighter than 255
                raise UsageError(f"{path} has pixels of mode {opened.mode}. Save it with 8 bits a channel.")
            image = ImageOps.exif_transpose(opened)
            if image.has_transparency_data:
                paper = Image.new("RGBA", image.size, "white")
                image = Image.alpha_composite(paper, image.convert("RGBA"))
            return image.convert("RGB")
    except undecodable() as error:
        raise UsageError(f"{path} is not a picture that can be read ({error}). Replace or remove it.") from error
