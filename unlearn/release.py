"""Rows of a release, from a folder or the Hub; and of copies of the published benchmark, whose configs differ.

The published one calls its configs `Full_Set`, `ft_Data`, `forget_5`, …; `Retain_Set` holds the celebrities; and only
`ft_Data` has the fine-tuning pairs, so those of `forget_5` are looked up there by ID.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import UsageError

Row = dict[str, Any]

PUBLISHED = {
    "full": ("Full_Set", "ft_Data"),
    "forget_05": ("forget_5",),
    "celebrity": ("Retain_Set",),
    "test": ("Test_Set",),
}
"""Our config -> what the published benchmark calls it, best first; the others have one name in both."""

PAIRS_CONFIG = "ft_Data"


class Source(NamedTuple):
    """Where the rows come from."""

    data: str
    """Folder, or dataset id on the Hub."""
    revision: str | None = None
    """Tag, branch or commit on the Hub."""


def rows(source: Source, config: str) -> list[Row]:
    """The rows of one config, pictures as undecoded bytes; in the published benchmark too, under its own names.

    Raises:
        UsageError: There is no such dataset, revision or config.
    """
    known = config_names(source)
    for name in (config, *PUBLISHED.get(config, ())):
        if name in known:
            return _load(source, name)
    raise UsageError(f"{source.data} has no config {config!r}. It has: {', '.join(known)}.")


def training_rows(source: Source, config: str) -> list[Row]:
    """Rows that have their fine-tuning pairs in the column `metadata`.

    Raises:
        UsageError: They have none, here or in the published benchmark's `ft_Data`.
    """
    found = rows(source, config)
    if found and "metadata" not in found[0]:
        if PAIRS_CONFIG not in config_names(source):
            raise UsageError(f"{source.data}, config {config!r}: no column `metadata`, so nothing to fine-tune on.")
        pairs = {row["ID"]: row["metadata"] for row in _load(source, PAIRS_CONFIG)}
        missing = [row["ID"] for row in found if row["ID"] not in pairs]
        if missing:
            raise UsageError(f"{source.data}: {PAIRS_CONFIG} lacks {len(missing)} people, {missing[0]} for one.")
        found = [{**row, "metadata": pairs[row["ID"]]} for row in found]
    return found


def config_names(source: Source) -> Sequence[str]:
    """The configs there are.

    Raises:
        UsageError: The dataset cannot be read.
    """
    from datasets import get_dataset_config_names

    try:
        return get_dataset_config_names(source.data, revision=source.revision)
    except Exception as error:  # datasets raises a dozen kinds, all meaning this
        local = "" if Path(source.data).exists() else " There is no such folder; a Hub id needs the network."
        raise UsageError(f"cannot read the release {source.data}: {_first_line(error)}.{local}") from error


def _load(source: Source, name: str) -> list[Row]:
    from datasets import Image, List, load_dataset

    try:
        data = load_dataset(source.data, name, split="train", revision=source.revision)
    except Exception as error:
        raise UsageError(f"cannot read config {name!r} of {source.data}: {_first_line(error)}") from error
    for column, feature in data.features.items():  # bytes now, pixels when a picture is needed
        if isinstance(feature, Image):
            data = data.cast_column(column, Image(decode=False))
        elif isinstance(feature, List) and isinstance(feature.feature, Image):
            data = data.cast_column(column, List(Image(decode=False)))
    return data.to_list()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
