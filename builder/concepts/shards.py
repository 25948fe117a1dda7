"""One parquet file for each config of a release of concepts, named by the hash of what it holds."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from ...schemas.concepts import concept_features
from ...schemas.manifest import Shard
from ..files import sha256_of
from ..rows import Row
from ..shards import ROWS_PER_GROUP


def write_part(folder: Path, part: str, rows: Iterable[Row]) -> Shard:
    """Write the rows of the config `part` as they come."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    place = folder / "data" / part
    place.mkdir(parents=True, exist_ok=True)
    schema = concept_features(part).arrow_schema  # its metadata tells `datasets` which columns are pictures
    partial, count = place / ".part", 0
    with ParquetWriter(partial, schema, compression="zstd") as writer:
        rows = iter(rows)
        while group := list(islice(rows, ROWS_PER_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    path = place / f"all-{sha256_of(partial)[:8]}.parquet"
    partial.replace(path)
    return Shard(path=path.relative_to(folder).as_posix(), kind=part, cut="all", rows=count)
