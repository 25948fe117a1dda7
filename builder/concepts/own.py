"""The user's own pictures: a folder with one folder a concept, and, if they like, a recipe that describes them.

A recipe is a TOML file of `[[concept]]` tables: `folder`, and optionally `name`, `kind`, `appearance` and
`[[concept.fact]]` tables of `attribute`, `question`, `value`, `sentence`.
"""

import tomllib
from io import BytesIO
from pathlib import Path

from pydantic import Field, ValidationError

from ...errors import UsageError
from ...image_files import read_upright
from ...schemas.base import Strict
from ...schemas.concepts import ConceptFact, ConceptKind

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
SMALLEST = 96
"""Pixels a side."""


class OwnPictures(Strict):
    """The files of one concept, in order; the first is the training picture."""

    files: tuple[Path, ...]


class Described(Strict):
    """One concept of a recipe."""

    folder: str
    """Its folder's name within the folder of pictures."""
    name: str = ""
    """Empty: the folder's name, underscores as spaces."""
    kind: ConceptKind = "other"
    """`person`, `character`, … choose how questions are worded."""
    appearance: str = ""
    """What can be seen, as it follows `the picture shows`."""
    fact: tuple[ConceptFact, ...] = ()


class Recipe(Strict):
    """A recipe file."""

    concept: tuple[Described, ...] = Field(min_length=1)


def read_own(folder: Path, recipe: Path | None, needed: int) -> list[tuple[Described, OwnPictures]]:
    """The concepts of a folder, in the recipe's order or by name, each with all its pictures.

    Raises:
        UsageError: The folder or the recipe cannot be read, a concept's folder is missing or has too few pictures.
    """
    try:
        folders = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        raise UsageError(f"cannot read the folder of concepts {folder}: {error.strerror}.") from error
    if not folders:
        raise UsageError(f"{folder} has no folders. Put the pictures of each concept in one of its own.")
    wanted = _read_recipe(recipe) if recipe else [Described(folder=name) for name in folders]
    out = []
    for concept in wanted:
        if concept.folder not in folders:
            raise UsageError(f"{recipe} names the folder {concept.folder!r}, and {folder} has none of that name.")
        files = tuple(sorted(p for p in (folder / concept.folder).iterdir() if p.suffix.lower() in SUFFIXES))
        if len(files) < needed:
            raise UsageError(
                f"{folder / concept.folder} has {len(files)} pictures; {needed} are needed. "
                "Add some, or lower --pictures and --teach."
            )
        out.append((concept, OwnPictures(files=files[:needed])))
    names = [concept.name or concept.folder for concept, _ in out]
    double = next((name for name in names if names.count(name) > 1), None)
    if double:
        raise UsageError(f"two concepts are called {double!r}. Names must differ.")
    return out


def _read_recipe(path: Path) -> tuple[Described, ...]:
    try:
        return Recipe.model_validate(tomllib.loads(path.read_text("utf-8"))).concept
    except OSError as error:
        raise UsageError(f"cannot read the recipe {path}: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error


def load_own(path: Path, size: int) -> bytes:
    """The middle square of a picture, `size` pixels a side, as JPEG.

    Raises:
        UsageError: It does not decode, or is too small or too large.
    """
    from PIL import Image, ImageOps

    from .draw.finish import QUALITY

    image = read_upright(path)
    if min(image.size) < SMALLEST:
        raise UsageError(f"{path} is {image.width} x {image.height} pixels; {SMALLEST} a side is the least.")
    square = ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS)
    file = BytesIO()
    square.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()
