"""Parquet shards, written row by row and named by the hash of what they hold.

`load_dataset` caches a local folder by file name, so a shard with new content must have a new name.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..schemas.columns import features_of
from ..schemas.manifest import Shard
from .files import sha256_of
from .rows import Row

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

ROWS_PER_GROUP = 500  # with pictures about 30 MB: what a streaming reader must hold
ROWS_PER_SHARD = 5_000  # with three views of 25 KB a row, 400 MB: under the Hub's advice of 500 MB a file


class ShardWriter:
    """Writes the `count` rows of one cut as one shard, or as several when there are many.

    Without a `count` all rows go into one shard, however many come.
    """

    def __init__(self, folder: Path, kind: str, cut: str, count: int = 0):
        self._place = folder / "data" / kind
        self._kind, self._cut = kind, cut
        self._schema = features_of(kind).arrow_schema  # its metadata tells `datasets` which columns are pictures
        self._parts = max(1, -(-count // ROWS_PER_SHARD))
        self._group: list[Row] = []
        self._rows = 0
        self._writer: ParquetWriter | None = None
        self._done: list[Shard] = []

    def add(self, row: Row) -> None:
        """Take one more row."""
        self._group.append(row)
        self._rows += 1
        if len(self._group) == ROWS_PER_GROUP:
            self._flush()
        if self._parts > 1 and self._rows == ROWS_PER_SHARD:
            self._close()

    def finish(self) -> list[Shard]:
        """Write what is left; the shards, in order. No rows, no shard: `datasets` reads no empty one."""
        if self._rows:
            self._close()
        return self._done

    def _flush(self) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        if self._writer is None:
            self._place.mkdir(parents=True, exist_ok=True)
            self._writer = ParquetWriter(self._place / ".part", self._schema, compression="zstd")
        self._writer.write_table(pa.Table.from_pylist(self._group, schema=self._schema))
        self._group = []

    def _close(self) -> None:
        if self._group:
            self._flush()
        assert self._writer is not None  # _flush opened it
        self._writer.close()
        partial = self._place / ".part"
        stem = self._cut if self._parts == 1 else f"{self._cut}-{len(self._done):05d}-of-{self._parts:05d}"
        name = f"{stem}-{sha256_of(partial)[:8]}.parquet"
        partial.replace(self._place / name)
        self._done.append(Shard(path=f"data/{self._kind}/{name}", kind=self._kind, cut=self._cut, rows=self._rows))
        self._writer, self._rows = None, 0


def read_rows(path: Path, columns: list[str] | None = None) -> Iterator[Row]:
    """The rows of a shard, a hundred at a time."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=100, columns=columns):
            yield from batch.to_pylist()
