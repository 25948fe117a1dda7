"""Writing files so that no half file is ever seen."""

import hashlib
import os
from pathlib import Path

from ..errors import MllmuError


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` under a temporary name, flush it to the disk, then rename it to `path`."""
    partial = path.with_name(f".{path.name}.part")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def sha256_of(path: Path) -> str:
    """Hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cannot(verb: str, path: Path, error: OSError) -> MllmuError:
    """The one-line error for a file or folder that the system refuses."""
    return MllmuError(f"cannot {verb} {error.filename or path}: {error.strerror or error}.")
