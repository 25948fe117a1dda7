"""Every file is as the manifest records it, none is missing or astray; the shards have the columns they should."""

from collections.abc import Iterator
from pathlib import Path

from ...schemas.columns import features_of
from ...schemas.manifest import Shard
from ..files import sha256_of
from ..integrity import differences, strangers
from ..reader import AnyRelease
from .base import BaseCheck, Counting, Finding


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
    tally.tried += len({*manifest.files, *(shard.path for shard in manifest.shards)})
    if manifest.files:
        yield from differences(folder, manifest)
    for stranger in strangers(folder, manifest):
        if manifest.files or stranger.where.startswith("data/"):
            yield stranger
    for shard in manifest.shards:
        yield from _shard(folder, shard)


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
