"""A folder and its manifest: do the files on the disk match it, one for one?"""

from collections.abc import Iterator
from pathlib import Path

from ...schemas.manifest import MANIFEST, Manifest
from ..checks.base import Finding
from ..files import sha256_of


def differences(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Files that are missing, changed, or unknown to the manifest. Hidden files do not belong to a release."""
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
    yield from (Finding(path, "is not in the manifest") for path in _files(folder) if path not in manifest.files)


def _files(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_file() and parts != (MANIFEST,) and not any(part.startswith(".") for part in parts):
            yield "/".join(parts)
