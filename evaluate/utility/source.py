"""Rows of somebody else's benchmark: from the Hub, or from a local copy of its repository."""

import ast
from io import BytesIO
from pathlib import Path
from typing import Any

from ...errors import UsageError

Row = dict[str, Any]


def configs(data: str) -> list[str]:
    """The configs there are.

    Raises:
        UsageError: the data set cannot be read.
    """
    from datasets import get_dataset_config_names

    try:
        return list(get_dataset_config_names(data))
    except Exception as error:  # datasets raises a dozen kinds, all meaning this
        raise _unreadable(data, error) from error


def rows(data: str, config: str | None, split: str, columns: tuple[str, ...]) -> list[Row]:
    """One split, pictures as undecoded bytes.

    Raises:
        UsageError: it cannot be read, or a column that is needed is not there.
    """
    from datasets import Image, load_dataset

    try:
        found = load_dataset(data, config, split=split)
    except Exception as error:
        raise _unreadable(data, error) from error
    missing = [name for name in columns if name not in found.column_names]
    if missing:
        raise UsageError(
            f"{data}, {config or 'default'}: no column {', '.join(missing)}. It has: {', '.join(found.column_names)}."
        )
    for column, feature in found.features.items():
        if isinstance(feature, Image):
            found = found.cast_column(column, Image(decode=False))
    return found.to_list()


def listed(text: str) -> list[str]:
    """A list that is kept as a string: "['a', 'b']"; anything else is a list of one.

    Answers of MMMU's open questions are of either kind.
    """
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return [text]
    return [str(one) for one in found] if isinstance(found, list) else [text]


def side_by_side(pictures: list[bytes]) -> bytes | None:
    """Several pictures as one, left to right, of one height: what a model that sees one picture at a time can be asked.

    A single picture stays as it is, byte for byte.
    """
    if len(pictures) <= 1:
        return pictures[0] if pictures else None
    from PIL import Image

    opened = [Image.open(BytesIO(data)).convert("RGB") for data in pictures]
    height = max(image.height for image in opened)
    scaled = [image.resize((max(1, round(image.width * height / image.height)), height)) for image in opened]
    joined = Image.new("RGB", (sum(image.width for image in scaled), height), "white")
    left = 0
    for image in scaled:
        joined.paste(image, (left, 0))
        left += image.width
    out = BytesIO()
    joined.save(out, "PNG")
    return out.getvalue()


def _unreadable(data: str, error: Exception) -> UsageError:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    local = "" if Path(data).exists() else " There is no such folder; the Hub needs the network."
    return UsageError(f"cannot read {data}: {lines[0].rstrip('.')}.{local}")
