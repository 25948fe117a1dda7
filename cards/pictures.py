"""Pictures for the card and the report: smaller copies, and contact sheets without captions."""

import io
from collections.abc import Sequence

_GAP = 2
_PAPER = (255, 255, 255)


def thumbnail(data: bytes, side: int, quality: int = 80) -> bytes:
    """A square JPEG of at most `side` pixels."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return _jpeg(_fitted(image, side), quality)


def contact_sheet(pictures: Sequence[bytes], columns: int, side: int) -> bytes:
    """Pictures in rows of `columns`, each `side` pixels wide, as one JPEG."""
    from PIL import Image

    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    step = side + _GAP
    sheet = Image.new("RGB", (columns * step - _GAP, rows * step - _GAP), _PAPER)
    for place, data in enumerate(pictures):
        with Image.open(io.BytesIO(data)) as image:
            sheet.paste(_fitted(image, side), (place % columns * step, place // columns * step))
    return _jpeg(sheet, 85)


def _fitted(image, side: int):  # type: ignore[no-untyped-def]
    from PIL import ImageOps

    return ImageOps.fit(image.convert("RGB"), (min(side, image.width), min(side, image.width)))


def _jpeg(image, quality: int) -> bytes:  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
