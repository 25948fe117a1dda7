"""A release in the published benchmark's layout, for code written to read MLLMU-Bench.

The published dataset is ten folders of one parquet file each, with every face in several of them. `Retain_Set` is
the celebrities there, not the retain people. Its forget and retain files have no fine-tuning pairs; those are in the
same folders of a second dataset, `baseline_train_split`, which is written beside them.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import MllmuError, UsageError
from ..schemas.splits import CELEBRITY_CONFIG, PROFILE_CONFIGS, TEST_CONFIGS
from .files import cannot, write_whole
from .reader import Release
from .rows import Row
from .shards import ROWS_PER_GROUP, read_rows

if TYPE_CHECKING:
    import pyarrow as pa

FILE = "train-00000-of-00001.parquet"
TASKS = ("ID", "biography", "question", "answer", "Classification_Task", "Generation_Task", "Mask_Task")
PAIR_KEYS = ("ID", "Question", "Answer")


class Table(NamedTuple):
    """One file of the published layout."""

    path: str
    config: str
    """Of ours, that has the same rows."""
    columns: tuple[str, ...]


def _tables() -> tuple[Table, ...]:
    plain = ("image", *TASKS)
    taught = (*plain, "metadata")
    sets = {
        name: f"{name.split('_')[0]}_{int(name.split('_')[1])}" for name in PROFILE_CONFIGS if "_" in name
    }  # forget_05 -> forget_5
    return (
        Table(f"Full_Set/{FILE}", "full", plain),
        Table(f"ft_Data/{FILE}", "full", taught),
        Table(f"Test_Set/{FILE}", "test", ("images", *TASKS)),
        Table(f"Retain_Set/{FILE}", CELEBRITY_CONFIG, plain),
        *(Table(f"{folder}/{FILE}", name, plain) for name, folder in sets.items()),
        *(Table(f"baseline_train_split/{folder}/{FILE}", name, taught) for name, folder in sets.items()),
    )


TABLES = _tables()


def export_original(release: Release, out: Path, step: Callable[[], object] = lambda: None) -> dict[str, int]:
    """Write `release` to the folder `out` in the published layout; the rows of every file.

    `step` is called after each file. Rows pass through one by one; the folder appears when it is whole.

    Raises:
        UsageError: `out` exists.
        MllmuError: A shard is damaged, the disk is full or not writable.
    """
    if out.exists():
        raise UsageError(f"{out} exists. Choose another folder, or remove it.")
    staging = out.with_name(f".{out.name}.staging")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        rows: dict[str, int] = {}
        for table in TABLES:
            rows[table.path] = _write(release, table, staging / table.path)
            step()
        write_whole(staging / "README.md", _readme(release).encode())
        staging.rename(out)
    except OSError as error:
        raise cannot("write", out, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return rows


def _write(release: Release, table: Table, path: Path) -> int:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = _schema(table)
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with ParquetWriter(path, schema, compression="zstd") as writer:
        group: list[Row] = []
        for row in _rows(release, table):
            group.append(row)
            count += 1
            if len(group) == ROWS_PER_GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema=schema))
                group = []
        if group:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
    return count


def _schema(table: Table) -> "pa.Schema":
    from datasets import Features

    from ..schemas.columns import features_of

    features = features_of(_kind(table.config))
    return Features({name: features[name] for name in table.columns}).arrow_schema


def _kind(config: str) -> str:
    if config == CELEBRITY_CONFIG:
        return "celebrity"
    return "test" if config in TEST_CONFIGS else "profiles"


def _rows(release: Release, table: Table) -> Iterator[Row]:
    """The rows in order of their ids, as the published files have them; each shard is in that order already."""
    kind = _kind(table.config)
    cuts = {**PROFILE_CONFIGS, **TEST_CONFIGS, CELEBRITY_CONFIG: ("all",)}[table.config]
    shards = [shard for shard in release.shards(kind) if shard.cut in cuts]
    streams = [_shard_rows(release.folder / shard.path, table.columns) for shard in shards]
    for row in merge(*streams, key=itemgetter("ID")):
        if "metadata" in row:
            row["metadata"] = _published_pairs(row["metadata"])
        yield row


def _shard_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    try:
        yield from read_rows(path, list(columns))
    except (OSError, ValueError) as error:  # pyarrow's errors are both
        raise MllmuError(f"{path} is missing or damaged ({str(error).splitlines()[0]}).") from error


def _published_pairs(metadata: str) -> str:
    pairs = [{key: pair[key] for key in PAIR_KEYS} for pair in json.loads(metadata)]
    return json.dumps(pairs, ensure_ascii=False)


def _readme(release: Release) -> str:
    """Metadata alone, so that `load_dataset(out, "Full_Set")` works as it does with the published dataset."""
    import yaml

    names = [table.path.split("/")[0] for table in TABLES if table.path.count("/") == 1]
    configs = [{"config_name": name, "data_files": [{"split": "train", "path": f"{name}/{FILE}"}]} for name in names]
    text = yaml.safe_dump({"configs": configs}, sort_keys=False)
    return f"---\n{text}---\n\n{release.manifest.name} in the layout of MLLMU-Bench (arXiv 2410.22108).\n"
