"""Pictures for the card and the report: smaller copies, and contact sheets without captions."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..image_files import undecodable

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_GAP = 2
_PAPER = (255, 255, 255)
_BROKEN = (190, 60, 60)
"""In the place of a picture that does not decode: the checks name it, the card shows where it is."""


def thumbnail(data: bytes, side: int) -> bytes:
    """A square JPEG of at most `side` pixels."""
    return _jpeg(_square(data, side), quality=76)


def contact_sheet(pictures: Sequence[bytes], columns: int, side: int) -> bytes:
    """Pictures in rows of `columns`, each `side` pixels wide, as one JPEG."""
    from PIL import Image

    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    step = side + _GAP
    sheet = Image.new("RGB", (columns * step - _GAP, rows * step - _GAP), _PAPER)
    for place, data in enumerate(pictures):
        sheet.paste(_square(data, side), (place % columns * step, place // columns * step))
    return _jpeg(sheet, quality=82)


def _square(data: bytes, side: int) -> "Picture":
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as image:
            side = min(side, image.width)
            return ImageOps.fit(image.convert("RGB"), (side, side))
    except undecodable():
        return Image.new("RGB", (side, side), _BROKEN)


def _jpeg(image: "Picture", quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
