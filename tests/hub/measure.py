"""What a release costs in bytes: `python tests/hub/measure.py FOLDER` pushes it to a loopback Hub and reads it back.

Prints what `load_dataset(…, "forget_05")` fetches, and the release's size beside that of its rows stored once.
"""

import json
import sys
import tempfile
from pathlib import Path

from conftest import Hub
from mllmu.builder.reader import Release
from mllmu.schemas.columns import features_of

LOAD = 'from datasets import load_dataset; load_dataset("mllmu/bench", "forget_05", revision="v1.0.0")'


def fetched(folder: Path, root: Path) -> dict[str, int]:
    """Bytes of every file that loading the 5 % forget set downloads."""
    hub = Hub(root)
    try:
        done = hub.run("push", folder, "--repo", "mllmu/bench", "--tag", "v1.0.0", "--allow-findings")
        if done.returncode:
            sys.exit(done.stderr)
        hub.forget()
        hub.python(LOAD, cwd=root)
        gets = [r for r in hub.log() if r["method"] == "GET" and "/resolve/" in r["path"]]
        return {r["path"].split("/resolve/")[1].split("/", 1)[1]: r["out"] for r in gets}
    finally:
        hub.stop()


def unique_bytes(release: Release, scratch: Path) -> int:
    """Bytes of all rows when each kind is one parquet file."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    total = 0
    for kind in ("profiles", "test", "celebrity"):
        path, schema = scratch / f"{kind}.parquet", features_of(kind).arrow_schema
        with ParquetWriter(path, schema, compression="zstd") as writer:
            writer.write_table(pa.Table.from_pylist(list(release.rows(kind)), schema=schema))
        total += path.stat().st_size
    return total


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    release = Release(folder)
    with tempfile.TemporaryDirectory() as scratch:
        got = fetched(folder, Path(scratch))
        unique = unique_bytes(release, Path(scratch))
    total = sum(entry.bytes for entry in release.manifest.files.values())
    shards = sum(release.manifest.files[shard.path].bytes for shard in release.manifest.shards)
    figures = {
        "forget_05_fetches": got,
        "unique_bytes": unique,
        "shards_over_unique": round(shards / unique - 1, 4),
        "release_over_unique": round(total / unique - 1, 4),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
