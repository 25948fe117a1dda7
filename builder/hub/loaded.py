"""A release as a researcher gets it: every config through `datasets.load_dataset`, one after the other."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from ...image_files import fault
from ...schemas.concepts import PICTURE_PARTS
from ...schemas.splits import CELEBRITY_CONFIG, DEFAULT_CONFIG
from .errors import hub_errors
from .target import Target

if TYPE_CHECKING:
    from datasets import Dataset, Features

    from ..progress import Step
    from ..rows import Row

WITH_PICTURES = (DEFAULT_CONFIG, "test", CELEBRITY_CONFIG, *PICTURE_PARTS)
"""The configs in which every picture is looked at once; the others share their shards, or have none."""


class Loaded(NamedTuple):
    """What came of loading one config."""

    ids: list[str]
    features: "Features | None"
    pictures: int
    """Looked at."""
    broken: list[tuple[str, str]]
    """Person or concept, and reason, for every picture that does not decode."""
    failure: str
    """Why the config did not load; empty if it did."""


def load_config(target: Target, config: str, step: "Step") -> Loaded:
    """Load one config and let it go again; `step` is called after each row whose pictures were looked at.

    Raises:
        MllmuError: The network, the Hub or the disk fails, which says nothing about the release.
    """
    with tempfile.TemporaryDirectory(prefix="mllmu-verify-") as cache, hub_errors(target.text):
        try:
            dataset = _load(target, config, cache)
        except Exception as error:
            _raise_if_outside(error)
            return Loaded([], None, 0, [], f"{type(error).__name__}: {_last_line(error)}")
        broken: list[tuple[str, str]] = []
        pictures = 0
        if config in WITH_PICTURES:
            for found, reason in _pictures(dataset, step):
                pictures += 1
                if reason:
                    broken.append((found, reason))
        return Loaded(list(dataset["ID"]), dataset.features, pictures, broken, "")


def _load(target: Target, config: str, cache: str) -> "Dataset":
    import datasets

    datasets.disable_progress_bars()
    datasets.logging.set_verbosity_error()
    if target.folder:
        return datasets.load_dataset(str(target.folder.resolve()), config, split="train", cache_dir=cache)
    with contextlib.chdir(cache):  # a folder of that name beside us would be read in the Hub's place
        return datasets.load_dataset(target.repo, config, split="train", revision=target.revision, cache_dir=cache)


def _pictures(dataset: "Dataset", step: "Step") -> Iterator[tuple[str, str]]:
    column = next((name for name in ("image", "images") if name in dataset.column_names), None)
    if column is None:
        return
    from datasets import Image, List

    # Undecoded, so that one broken picture does not hide the others.
    kind = Image(decode=False) if column == "image" else List(Image(decode=False))
    rows = cast("Iterable[Row]", dataset.select_columns(["ID", column]).cast_column(column, kind))
    for row in rows:
        cells = row[column] if column == "images" else [row[column]]
        for cell in cells:
            if cell is not None:
                yield row["ID"], fault(cell["bytes"])
        step()


def _raise_if_outside(error: BaseException) -> None:
    """Raise what comes from the network or the disk rather than from the release."""
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, OfflineModeIsEnabled, RepositoryNotFoundError

    outside = (HfHubHTTPError.__mro__[1], ConnectionError, TimeoutError, OfflineModeIsEnabled)
    missing = (RepositoryNotFoundError, GatedRepoError)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, missing) or (isinstance(cause, outside) and not _entry_missing(cause)):
            raise cause
        if isinstance(cause, OSError) and (cause.errno == errno.ENOSPC or "disk space" in str(cause)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(cause.filename or Path.cwd()))
        cause = cause.__cause__ or cause.__context__


def _entry_missing(error: BaseException) -> bool:
    from huggingface_hub.errors import EntryNotFoundError

    return isinstance(error, EntryNotFoundError)  # the repository answers; a file that it lists is not there


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else ""
