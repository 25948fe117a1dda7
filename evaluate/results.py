"""Keeps records as they are made, so that a killed evaluation goes on; puts them in order when all are there."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from .records import RECORDS, Key, Record, line, read_records, write_records


class Keeper:
    """The records of one process. Several write side by side, each into a file of its own."""

    def __init__(self, folder: Path, process: int = 0):
        """`process`: its number; the first one's file is the one that stays."""
        self.folder = folder
        self.path = folder / (RECORDS if process == 0 else f"records.{process}.jsonl")
        self._file: IO[str] | None = None

    def __enter__(self) -> "Keeper":
        if self.path.exists():  # a last line that a kill cut off is not gone on with
            write_records(self.path, read_records(self.path))
        self._file = self.path.open("a", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        if self._file is not None:
            self._file.close()

    def add(self, records: Iterable[Record]) -> None:
        """Appended, and handed to the system: a kill loses nothing of it."""
        assert self._file is not None
        self._file.writelines(map(line, records))
        self._file.flush()


def done(folder: Path) -> dict[Key, Record]:
    """What any process has on record, now or before a kill."""
    return {record.key: record for path in _files(folder) for record in read_records(path)}


def settle(folder: Path, wanted: Iterable[Key]) -> list[Record]:
    """All records into one file, in order, and the processes' own files removed.

    Returns:
        The records, as the file has them.
    """
    found = done(folder)
    write_records(folder / RECORDS, [found[key] for key in wanted])
    for path in _files(folder):
        if path.name != RECORDS:
            path.unlink()
    return read_records(folder / RECORDS)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("records*.jsonl"))
