"""Stand-ins: a drawn face in the place of a picture that nobody supplied, marked so that no one is misled.

Nothing about the face is an attempt at likeness. Only the sex is the person's; all else is drawn at random.
"""

import hashlib
import io
from random import Random
from typing import TYPE_CHECKING

from ...schemas.appearance import Ancestry, Appearance
from ...schemas.celebrity import Celebrity
from ...schemas.picture import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

BAND = 0.17
"""Height of the band, as a part of the picture's."""
LINES = ("STAND-IN", "not this person")

_ANCESTRIES = (
    Ancestry(african=1, asian=0, european=0),
    Ancestry(african=0, asian=1, european=0),
    Ancestry(african=0, asian=0, european=1),
    Ancestry(african=0.5, asian=0.25, european=0.25),
    Ancestry(african=0.25, asian=0.5, european=0.25),
    Ancestry(african=0.25, asian=0.25, european=0.5),
)


def person_for_stand_in(celebrity: Celebrity, seed: int) -> Appearance:
    """An adult of the celebrity's sex and of no other likeness: age and ancestry are drawn for the id alone."""
    from ..population.appearance import draw_appearance

    rng = Random(f"stand-in {celebrity.id} {seed}")
    digest = hashlib.sha256(f"stand-in {celebrity.id} {seed}".encode()).digest()
    return draw_appearance(
        rng,
        face_seed=int.from_bytes(digest[:4], "big"),
        sex=celebrity.facts.gender,
        age=rng.randint(30, 65),
        ancestry=rng.choice(_ANCESTRIES),
    )


def stand_in(celebrity: Celebrity, picture: Picture) -> Picture:
    """The picture of somebody else with a band along its foot that says so; `celebrity` is who it stands in for."""
    from PIL import Image

    with Image.open(io.BytesIO(picture.data)) as opened:
        image = opened.convert("RGB")
    _draw_band(image)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90, subsampling=0, comment=f"stand-in for {celebrity.id}".encode())
    return Picture(data=file.getvalue(), view=picture.view)


def _draw_band(image: "Image") -> None:
    from PIL import ImageDraw, ImageFont

    width, height = image.size
    top = round(height * (1 - BAND))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, top, width, height), fill=(20, 20, 20))
    draw.rectangle((0, top, width, top + max(1, height // 128)), fill=(255, 200, 0))
    middle = (height - top) / len(LINES)
    for k, line in enumerate(LINES):
        font = ImageFont.load_default(size=middle * 0.74)
        place = (width / 2, top + middle * (k + 0.55))
        draw.text(place, line, font=font, fill=(255, 200, 0) if k == 0 else (255, 255, 255), anchor="mm")
