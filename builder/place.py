"""The folder that a release shall stand in: what stands there now, and putting a finished one in its place."""

import json
import shutil
from pathlib import Path
from typing import Any, TypeVar

from ..errors import MllmuError, UsageError
from ..schemas.concepts import ConceptManifest
from ..schemas.manifest import MANIFEST, Manifest
from .files import sha256_of
from .ledger import refuse_changes
from .reader import ConceptRelease, Release

M = TypeVar("M", Manifest, ConceptManifest)


def standing(kind: type[M], folder: Path, recorded: dict[str, Any]) -> M | None:
    """The finished release of these very settings, if it stands in `folder`.

    Args:
        kind: The manifest of a release of people, or of concepts.
        folder: Where it would stand.
        recorded: The settings, as the manifest has them.

    Raises:
        UsageError: A release of the other kind, or of other settings, stands there.
        MllmuError: One of its files is missing or was changed.
    """
    if not (folder / MANIFEST).exists():
        return None
    manifest = _manifest(kind, folder)
    refuse_changes(manifest.settings, json.loads(json.dumps(recorded)), folder)
    for path, entry in manifest.files.items():
        if not (folder / path).is_file() or sha256_of(folder / path) != entry.sha256:
            raise MllmuError(f"{folder / path} has changed since it was built. Build anew with --fresh, or restore it.")
    return manifest


def refuse_strangers(kind: type[M], folder: Path) -> None:
    """Let a build have the folder only if nothing would be lost: it is free, or a release of this kind stands there.

    Raises:
        UsageError: Something else is there.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Choose another --out.")
    if (folder / MANIFEST).exists():
        _manifest(kind, folder)
    elif folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty and not a release. Choose another --out, or empty it.")


def move(staging: Path, folder: Path) -> None:
    """Put the finished release in its place; an old one stands until the new one is complete."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    staging.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _manifest(kind: type[M], folder: Path) -> M:
    return (Release if kind is Manifest else ConceptRelease)(folder).manifest  # type: ignore[return-value]
