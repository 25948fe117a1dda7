"""Looking at a picture: does it decode, how large is it, and how does it look from afar."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ....image_files import LARGEST, undecodable

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 16
"""Pixels a side of a thumbnail: enough to tell two people apart, too few to see how a JPEG was compressed."""
NEAR = 4.0
"""Levels (of 256). Thumbnails closer than this are one picture, saved again or retouched a little.

The nearest two of 40 rendered people are 23 apart.
"""
_BLOCK = 4_096
_AXES = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of one picture."""

    fault: str
    """What is wrong with it, after `the picture`; empty if nothing is."""
    thumbnail: "NDArray[Any] | None"
    """SIDE x SIDE x 3 levels, flat, uint8; None when it does not decode."""


def look(cell: dict[str, Any] | None, smallest: int) -> Look:
    """Decode a picture to the last pixel; it shall be RGB, square, and `smallest` pixels or more a side."""
    import numpy as np
    from PIL import Image

    if cell is None or not cell.get("bytes"):
        return Look("is missing", None)
    try:
        with Image.open(BytesIO(cell["bytes"])) as image:
            if max(image.size) > LARGEST:  # refuse before it fills the memory
                return Look(f"is {image.width} x {image.height} px, more than {LARGEST}", None)
            image.load()
            thumbnail = np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)).reshape(-1)
            return Look(_shape_fault(image.mode, image.size, smallest), thumbnail)
    except undecodable() as error:
        return Look(f"does not decode: {error}", None)


def _shape_fault(mode: str, size: tuple[int, int], smallest: int) -> str:
    width, height = size
    if mode != "RGB":
        return f"is of mode {mode}, not RGB"
    if width != height:
        return f"is not square: {width} x {height} px"
    return f"is {width} px, less than {smallest}" if width < smallest else ""


def distance(left: "NDArray[Any]", right: "NDArray[Any]") -> float:
    """Root mean square difference of two thumbnails, in levels."""
    import numpy as np

    return float(np.sqrt(np.mean((left.astype(np.float32) - right) ** 2)))


def near_pairs(thumbnails: "NDArray[Any]") -> list[tuple[int, int]]:
    """Pairs of thumbnails (one a row, flat, uint8) nearer than NEAR, without comparing each with each.

    Neither averaging squares of four pixels nor a projection onto orthonormal axes makes a root mean square larger
    than it was. So every near pair is near on the few axes along which the averages differ most, where a tree finds
    it quickly.
    """
    import numpy as np
    from scipy.spatial import KDTree

    if len(thumbnails) < 2:
        return []
    half = SIDE // 2
    coarse = (
        thumbnails.reshape(-1, half, 2, half, 2, 3).mean(axis=(2, 4), dtype=np.float32).reshape(len(thumbnails), -1)
    )
    coarse -= coarse.mean(axis=0)
    axes = np.linalg.eigh(coarse.T @ coarse)[1][:, -_AXES:]
    candidates = KDTree(coarse @ axes).query_pairs(NEAR * np.sqrt(coarse.shape[1]), output_type="ndarray")
    radius = NEAR * np.sqrt(thumbnails.shape[1])
    found: list[tuple[int, int]] = []
    for start in range(0, len(candidates), _BLOCK):
        left, right = candidates[start : start + _BLOCK].T
        gaps = thumbnails[left].astype(np.float32) - thumbnails[right]
        close = (gaps**2).sum(axis=1) < radius**2
        found += [(int(a), int(b)) for a, b in zip(left[close], right[close], strict=True)]
    return sorted(found)
