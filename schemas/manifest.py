"""manifest.json: what a release holds and what made it. Written last: where it stands, the folder is whole."""

from typing import Any

from pydantic import Field

from .base import Strict

MANIFEST = "manifest.json"
FORMAT = 1
"""Of this file and of the shards' layout; a reader refuses a newer one."""


class FileEntry(Strict):
    """One file of the release."""

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Shard(Strict):
    """One parquet file."""

    path: str
    """Relative to the folder, with forward slashes."""
    kind: str
    """`profiles`, `test` or `celebrity`."""
    cut: str
    """Part of the forget order: `00-05`, …, or `all`."""
    rows: int


class Manifest(Strict):
    """The record of one release."""

    format: int = FORMAT
    name: str
    """The dataset's repository name, such as `mllmu/bench`."""
    settings: dict[str, Any]
    """Every setting of the build (`builder.settings.Settings`)."""
    made_with: dict[str, str]
    """Versions of whatever decides bytes: this package, the writer, the portrait source, the libraries."""
    people: int
    celebrities: int
    configs: dict[str, int]
    """Rows of every config."""
    shards: tuple[Shard, ...]
    files: dict[str, FileEntry]
    """Every file of the folder but this one."""
