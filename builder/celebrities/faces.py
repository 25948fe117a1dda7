"""Pictures of the celebrities that the user supplies, or that `celebrities refresh` fetched, and whose they are."""

import csv
import io
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from ...errors import UsageError
from ...image_files import read_upright
from ...schemas.celebrity import Celebrity, PictureCredit
from ...schemas.picture import Picture
from .names import fold

CREDITS = "credits.tsv"
"""In the folder, one line a picture: file, author, license, url. Written by `celebrities refresh`; optional."""
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
SMALLEST = 128
"""Pixels; a picture with a shorter side shows too little of a face."""


class Faces:
    """A folder of pictures, each called by an id or a name: `C001.jpg`, `marie curie.png`, `Marie_Curie.webp`.

    Raises:
        UsageError: There is no such folder, a file is nobody's, or two are one person's.
    """

    def __init__(self, folder: Path, celebrities: Sequence[Celebrity]):
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder. Give one with a picture for each celebrity, such as C001.jpg.")
        self._files = _whose(folder, celebrities)
        self._credits = read_credits(folder)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, celebrity: Celebrity) -> bool:
        return celebrity.id in self._files

    def picture(self, celebrity: Celebrity, size: int) -> Picture | None:
        """The celebrity's picture, square and `size` pixels wide; None when the folder has none.

        Raises:
            UsageError: The file is no picture, or too small.
        """
        path = self._files.get(celebrity.id)
        return None if path is None else read_face(path, size)

    def credit(self, celebrity: Celebrity) -> PictureCredit | None:
        """Author, licence and page of the celebrity's picture, where the folder records them."""
        path = self._files.get(celebrity.id)
        return None if path is None else self._credits.get(path.name)


def _whose(folder: Path, celebrities: Sequence[Celebrity]) -> dict[str, Path]:
    known = {celebrity.id.casefold(): celebrity.id for celebrity in celebrities}
    known |= {fold(celebrity.facts.name): celebrity.id for celebrity in celebrities}
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix.lower() not in ENDINGS:
            continue
        person = known.get(fold(path.stem.replace("_", " ")))
        if person is None:
            near = get_close_matches(fold(path.stem.replace("_", " ")), known, 1)
            hint = f"Did you mean {near[0]!r}?" if near else "Call it by an id (C001) or a full name."
            raise UsageError(f"{path} is the picture of no celebrity in the table. {hint}")
        if person in files:
            raise UsageError(f"{path} and {files[person].name} are both pictures of {person}. Keep one of them.")
        files[person] = path
    return files


def read_face(path: Path, size: int) -> Picture:
    """A picture file as a release holds it: upright, RGB, square (cut about the upper middle), JPEG.

    Raises:
        UsageError: The file is no picture, or too small.
    """
    from PIL import Image, ImageOps

    image = read_upright(path)
    if min(image.size) < SMALLEST:
        wide, high = image.size
        raise UsageError(f"{path} is {wide} x {high} pixels; the shorter side must be {SMALLEST} or more. Replace it.")
    # Faces sit in the upper part of a portrait, so more is cut off below than above.
    square = ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS, centering=(0.5, 0.25))
    file = io.BytesIO()
    square.save(file, "JPEG", quality=90, subsampling=0)
    return Picture(data=file.getvalue())


def read_credits(folder: Path) -> dict[str, PictureCredit]:
    """The credits on record in a folder, by file name; empty when there are none.

    Raises:
        UsageError: The record cannot be read.
    """
    path = folder / CREDITS
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        try:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return {row["file"]: PictureCredit.model_validate(row) for row in rows}
        except (KeyError, ValidationError, UnicodeDecodeError) as error:
            columns = ", ".join(PictureCredit.model_fields)
            raise UsageError(f"{path} is not a table of credits. Its columns, with tabs between: {columns}.") from error


def write_credits(folder: Path, credits: Sequence[PictureCredit]) -> None:
    """Record the credits, whole or not at all."""
    from ..files import write_whole

    lines = ["\t".join(PictureCredit.model_fields)]
    lines += ["\t".join(" ".join(str(value).split()) for value in credit.model_dump().values()) for credit in credits]
    write_whole(folder / CREDITS, ("\n".join(lines) + "\n").encode())
