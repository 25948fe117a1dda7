"""Parquet shards, streamed row by row and named by the hash of what they hold.

`load_dataset` caches a local folder by file name, so a shard with new content must have a new name.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..schemas.columns import features_of
from ..schemas.manifest import Shard
from .files import sha256_of
from .rows import Row

if TYPE_CHECKING:
    from pyarrow import Schema

ROWS_PER_GROUP = 500  # with pictures about 30 MB: what a streaming reader must hold
ROWS_PER_SHARD = 5_000  # with three views of 25 KB a row, 400 MB: under the Hub's advice of 500 MB a file


def write_shards(folder: Path, kind: str, cut: str, rows: Iterable[Row], count: int) -> Iterator[Shard]:
    """Write `count` rows as one shard, or as several when there are many; yields each as it is done."""
    schema = features_of(kind).arrow_schema  # its metadata tells `datasets` which columns are pictures
    parts = max(1, -(-count // ROWS_PER_SHARD))
    remaining = iter(rows)
    for part in range(parts):
        stem = cut if parts == 1 else f"{cut}-{part:05d}-of-{parts:05d}"
        partial = folder / "data" / kind / f".{stem}.part"
        written = _write_parquet(partial, schema, islice(remaining, ROWS_PER_SHARD))
        name = f"{stem}-{sha256_of(partial)[:8]}.parquet"
        partial.replace(partial.with_name(name))
        yield Shard(path=f"data/{kind}/{name}", kind=kind, cut=cut, rows=written)


def _write_parquet(path: Path, schema: "Schema", rows: Iterable[Row]) -> int:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    remaining = iter(rows)
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(remaining, ROWS_PER_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            written += len(group)
    return written


def read_rows(path: Path, columns: list[str] | None = None) -> Iterator[Row]:
    """The rows of a shard, a row group at a time."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=100, columns=columns):
            yield from batch.to_pylist()
