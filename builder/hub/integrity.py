"""A folder and its manifest: do the files on the disk match it, one for one?"""

from collections.abc import Iterator
from pathlib import Path

from ...schemas.concepts import AnyManifest
from ...schemas.manifest import MANIFEST
from ..checks.base import Finding
from ..files import sha256_of


def differences(folder: Path, manifest: AnyManifest) -> Iterator[Finding]:
    """Files that are missing or changed."""
    for path, entry in manifest.files.items():
        file = folder / path
        if not file.is_file():
            yield Finding(path, "is missing")
        elif file.stat().st_size != entry.bytes:
            yield Finding(path, f"has {file.stat().st_size:,} bytes, {entry.bytes:,} expected")
        elif sha256_of(file) != entry.sha256:
            yield Finding(path, "has other content than the manifest says")
    for shard in manifest.shards:
        if shard.path not in manifest.files:
            yield Finding(shard.path, "is a shard without a hash")


def strangers(folder: Path, manifest: AnyManifest) -> Iterator[Finding]:
    """Files that the manifest does not know. Hidden ones do not belong to a release and are passed over."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        path = "/".join(parts)
        hidden = any(part.startswith(".") for part in parts)
        if file.is_file() and not hidden and path != MANIFEST and path not in manifest.files:
            yield Finding(path, "is not in the manifest")
