"""Every file is as the manifest records it, none is missing or astray; the shards have the columns they should."""

from collections.abc import Iterator
from pathlib import Path

from ...schemas.columns import features_of
from ...schemas.manifest import MANIFEST, FileEntry, Shard
from ..files import sha256_of
from ..reader import AnyRelease
from .base import BaseCheck, Counting, Finding

_NOT_OURS = {".git", ".gitattributes", ".gitignore", ".cache"}
"""What git and the Hub's client put beside the files they fetch."""


class Check(BaseCheck):
    """Counts files."""

    def finish(self) -> Iterator[Finding]:
        """Recorded files, strays, shards."""
        return files(self.release, self)


def files(release: AnyRelease, tally: Counting) -> Iterator[Finding]:
    """Every shard has the columns, the rows and the hash that it should; every file is as recorded.

    A release that is being put together has a manifest with no files in it yet; then only its shards are judged.
    """
    folder, manifest = release.folder, release.manifest
    for path, entry in manifest.files.items():
        tally.tried += 1
        yield from _recorded(folder, path, entry)
    known = {MANIFEST, *manifest.files, *(shard.path for shard in manifest.shards)}
    for path in sorted(set(_present(folder)) - known):
        if manifest.files or path.startswith("data/"):
            yield Finding(path, "is no file of this release")
    for shard in manifest.shards:
        if shard.path not in manifest.files:
            tally.tried += 1
            if manifest.files:
                yield Finding(shard.path, "is a shard whose hash is not on record")
        yield from _shard(folder, shard)


def _present(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.is_file() and relative.parts[0] not in _NOT_OURS:
            yield relative.as_posix()


def _recorded(folder: Path, path: str, entry: FileEntry) -> Iterator[Finding]:
    place = folder / path
    if not place.is_file():
        yield Finding(path, "is missing")
    elif place.stat().st_size != entry.bytes:
        yield Finding(path, f"has {place.stat().st_size} bytes, {entry.bytes} are on record")
    elif sha256_of(place) != entry.sha256:
        yield Finding(path, "has changed since it was built: its SHA-256 is not the one on record")


def _shard(folder: Path, shard: Shard) -> Iterator[Finding]:
    from datasets import Features
    from pyarrow.parquet import ParquetFile

    path = folder / shard.path
    if not path.is_file():
        yield Finding(shard.path, "is missing")
        return
    with ParquetFile(path) as file:
        found, rows = Features.from_arrow_schema(file.schema_arrow), file.metadata.num_rows
    if rows != shard.rows:
        yield Finding(shard.path, f"has {rows} rows, the manifest states {shard.rows}")
    wanted = features_of(shard.kind)
    if list(found.items()) != list(wanted.items()):
        odd = [name for name in {**wanted, **found} if found.get(name) != wanted.get(name)]
        yield Finding(shard.path, f"differs in its columns: {', '.join(odd) or 'their order'}")
    if _hash_in(path) != sha256_of(path)[:8]:
        yield Finding(shard.path, "does not have the hash that is in its name")


def _hash_in(path: Path) -> str:
    """`15-100-1a2b3c4d.parquet` -> `1a2b3c4d`."""
    return path.stem.rpartition("-")[2]
