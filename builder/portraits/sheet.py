"""Contact sheets: many pictures on one page, each with a label."""

import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from ...image_files import undecodable

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

PAPER, INK = (250, 250, 250), (40, 40, 40)
BROKEN = (190, 60, 60)
"""In the place of a picture that does not decode; `validate` names it."""
GAP = 6
POINTS = 12
STROKED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "ə": "a", "Ə": "A"}
    | {"þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)
"""Letters that no accent can be taken from."""


def contact_sheet(items: Sequence[tuple[bytes, str]], columns: int, side: int = 192) -> "Image":
    """A page of pictures, `columns` to a row, each `side` pixels wide, with its label below.

    Args:
        items: Encoded pictures and their labels. No room is kept for labels if all are empty.
        columns: Pictures in a row.
        side: Pixels of a picture on the page.
    """
    from PIL import Image, ImageDraw, ImageFont

    label = POINTS + 8 if any(text for _, text in items) else 0
    rows = -(-len(items) // columns)
    width, height = columns * (side + GAP) + GAP, rows * (side + label + GAP) + GAP
    page = Image.new("RGB", (width, max(height, GAP)), PAPER)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(POINTS)
    for k, (data, given) in enumerate(items):
        text = _without_accents(given)
        x, y = GAP + k % columns * (side + GAP), GAP + k // columns * (side + label + GAP)
        page.paste(_tile(data, side), (x, y))
        if text:
            draw.text((x + side / 2, y + side + 3), _fit(text, draw, font, side), INK, font, anchor="ma")
    return page


def _tile(data: bytes, side: int) -> "Image":
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            return picture.convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    except undecodable():
        return Image.new("RGB", (side, side), BROKEN)


def _without_accents(text: str) -> str:
    """The text in the letters that Pillow's own font has: with any other, sheets would differ between machines."""
    return "".join(c for c in unicodedata.normalize("NFD", text.translate(STROKED)) if not unicodedata.combining(c))


def _fit(text: str, draw: "ImageDraw", font: "FreeTypeFont | ImageFont", width: int) -> str:
    """The label, shortened to the width of its picture."""
    while len(text) > 1 and draw.textlength(text, font) > width:
        text = text[:-2].rstrip() + "…"
    return text


def as_png(page: "Image") -> bytes:
    """The page as a PNG file."""
    file = BytesIO()
    page.save(file, "PNG", optimize=True)
    return file.getvalue()
