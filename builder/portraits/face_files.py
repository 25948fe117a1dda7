"""Reads and checks a folder of faces for the `folder` source."""

import csv
import re
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...errors import UsageError
from ...image_files import read_upright
from ...schemas.appearance import Sex

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
POSE = re.compile(r"(?P<stem>.+)_pose(?P<number>\d+)$")
TOLD = re.compile(r"(?P<sex>female|male)_(?P<age>\d{1,3})(_|$)")
MARGIN = 0.55
"""Space around a detected face, as a share of its height."""


class FaceFile(NamedTuple):
    """One person in the folder."""

    path: Path
    poses: tuple[Path, ...]
    sex: Sex | None
    age: int | None


def find_faces(folder: Path) -> list[FaceFile]:
    """All people in a folder, by file name.

    Raises:
        UsageError: The folder cannot be read, is empty, or its faces.csv is wrong.
    """
    try:
        files = sorted((p for p in folder.iterdir() if _is_picture(p)), key=lambda p: p.name)
    except OSError as error:
        raise UsageError(f"cannot read the folder of faces {folder}: {error.strerror}.") from error
    poses: dict[str, dict[int, Path]] = {}
    portraits = []
    for path in files:
        match = POSE.match(path.stem)
        if match:
            poses.setdefault(match["stem"], {})[int(match["number"])] = path
        else:
            portraits.append(path)
    if not portraits:
        raise UsageError(f"{folder} has no pictures. Put one face to a file: {', '.join(SUFFIXES)}.")
    told = _read_table(folder / "faces.csv")
    if stray := sorted(told.keys() - {path.name for path in files}):
        raise UsageError(f"{folder / 'faces.csv'} speaks of {stray[0]!r}, and {folder} has no picture of that name.")
    return [FaceFile(p, _in_order(poses.get(p.stem, {})), *_facts(p, told)) for p in portraits]


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")  # macOS leaves ._anna.jpg beside anna.jpg


def _in_order(found: dict[int, Path]) -> tuple[Path, ...]:
    """pose1, pose2, … up to the first that is missing."""
    out = []
    while len(out) + 1 in found:
        out.append(found[len(out) + 1])
    return tuple(out)


def _facts(path: Path, told: dict[str, tuple[Sex | None, int | None]]) -> tuple[Sex | None, int | None]:
    if path.name in told:
        return told[path.name]
    match = TOLD.match(path.stem)
    return (match["sex"], int(match["age"])) if match else (None, None)  # type: ignore[return-value]


def _read_table(path: Path) -> dict[str, tuple[Sex | None, int | None]]:
    if not path.exists():
        return {}
    out: dict[str, tuple[Sex | None, int | None]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                sex, age = (row["sex"] or "").strip(), (row["age"] or "").strip()
                if sex not in ("", "female", "male"):
                    raise UsageError(f"{path}: sex of {row['file']} is {sex!r}; it must be female, male or empty.")
                out[row["file"]] = (sex or None, int(age) if age else None)  # type: ignore[assignment]
    except KeyError as error:
        raise UsageError(f"{path} has no column {error}. It needs file,sex,age.") from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise UsageError(f"cannot read {path}: {error}.") from error
    return out


def finds_faces() -> bool:
    """Whether a face detector is installed, to cut pictures about the face by."""
    return find_spec("yuface") is not None


def load_square(path: Path, size: int) -> bytes:
    """The picture cropped to a square around its face, `size` pixels a side, as JPEG.

    Raises:
        UsageError: It does not decode, is too small, or does not show exactly one face.
    """
    from PIL import Image

    image = read_upright(path)
    left, top, side = _square(path, image)
    if side < size * 0.75:
        raise UsageError(
            f"{path} is too small: its face fills {side} pixels and the build makes {size}. Use larger pictures."
        )
    square = image.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.LANCZOS)
    file = BytesIO()
    square.save(file, "JPEG", quality=92, subsampling=0)
    return file.getvalue()


def _square(path: Path, image: "Image") -> tuple[int, int, int]:
    """Left, top and side of the crop: around the face where a detector is installed, else the middle."""
    width, height = image.size
    most = min(width, height)
    if not finds_faces():
        return (width - most) // 2, (height - most) // 2, most
    import numpy as np

    from .identity.faces import detect

    scale = min(1.0, 640 / max(width, height))
    small = image.resize((max(1, round(width * scale)), max(1, round(height * scale))))
    faces = [face for face in detect(np.asarray(small)) if face.confidence > 0.7]
    if len(faces) != 1:
        raise UsageError(
            f"{path} shows {len(faces) or 'no'} face{'s' if len(faces) > 1 else ''}; a portrait needs exactly one."
        )
    x, y, w, h = (value / scale for value in faces[0].box)
    side = int(min(most, max(w, h) * (1 + 2 * MARGIN)))
    left, top = int(x + w / 2 - side / 2), int(y + h / 2 - side * 0.52)
    return min(max(left, 0), width - side), min(max(top, 0), height - side), side
