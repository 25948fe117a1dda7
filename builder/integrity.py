"""A folder and its manifest: do the files on the disk match it, one for one?"""

from collections.abc import Iterator
from pathlib import Path

from ..schemas.concepts import AnyManifest
from ..schemas.manifest import MANIFEST
from .checks.base import Finding
from .files import sha256_of

_NOT_OURS = {".git", ".gitattributes", ".gitignore", ".cache"}
"""What git and the Hub's client put beside the files they fetch."""


def differences(folder: Path, manifest: AnyManifest) -> Iterator[Finding]:
    """Files that are missing or changed."""
    for path, entry in manifest.files.items():
        file = folder / path
        if not file.is_file():
            yield Finding(path, "is missing")
        elif file.stat().st_size != entry.bytes:
            yield Finding(path, f"has {file.stat().st_size:,} bytes, {entry.bytes:,} are on record")
        elif sha256_of(file) != entry.sha256:
            yield Finding(path, "has changed since it was built: its SHA-256 is not the one on record")
    for shard in manifest.shards:
        if shard.path not in manifest.files:
            yield Finding(shard.path, "is a shard whose hash is not on record")


def strangers(folder: Path, manifest: AnyManifest) -> Iterator[Finding]:
    """Files that the manifest does not know, hidden ones too, but for git's and the Hub's client's."""
    known = {MANIFEST, *manifest.files, *(shard.path for shard in manifest.shards)}
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        path = "/".join(parts)
        if file.is_file() and path not in known and parts[0] not in _NOT_OURS:
            yield Finding(path, "is no file of this release")
