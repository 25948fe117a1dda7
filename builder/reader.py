"""Reading a release folder back, as `validate`, `stats` and `preview` do."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from ..errors import MllmuError, UsageError
from ..schemas.manifest import FORMAT, MANIFEST, Manifest, Shard
from ..schemas.splits import CUTS
from .rows import Row
from .shards import read_rows


class PersonRows(NamedTuple):
    """Both rows of one fictitious person."""

    profile: Row
    test: Row

    @property
    def id(self) -> str:
        """The person's id."""
        return self.profile["ID"]


class Release:
    """A release folder.

    Raises:
        UsageError: There is no release there, or a newer mllmu made it.
        MllmuError: Its manifest cannot be read.
    """

    def __init__(self, folder: Path, manifest: Manifest | None = None):
        self.folder = folder
        self._given = manifest

    @cached_property
    def manifest(self) -> Manifest:
        """The record of what is in the folder."""
        return self._given or read_manifest(self.folder)

    def shards(self, kind: str) -> list[Shard]:
        """The shards of `profiles`, `test` or `celebrity`, in the forget order's cuts."""
        order = {cut: place for place, cut in enumerate(CUTS)}
        return sorted((s for s in self.manifest.shards if s.kind == kind), key=lambda s: (order.get(s.cut, 9), s.path))

    def rows(self, kind: str, columns: list[str] | None = None) -> Iterator[Row]:
        """Every row of `kind`; only `columns` of it, if given."""
        for shard in self.shards(kind):
            path = self.folder / shard.path
            try:
                yield from read_rows(path, columns)
            except (OSError, ValueError) as error:  # pyarrow's errors are both
                raise MllmuError(
                    f"{path} is missing or damaged ({str(error).splitlines()[0]}). "
                    "Build it again, or fetch it again from where it came."
                ) from error

    def people(self) -> Iterator[PersonRows]:
        """Every fictitious person's two rows.

        Raises:
            MllmuError: The profile and the test shards do not hold the same people in the same order.
        """
        tests = self.rows("test")
        for profile in self.rows("profiles"):
            test = next(tests, None)
            if test is None or test["ID"] != profile["ID"]:
                found = "nobody" if test is None else test["ID"]
                raise MllmuError(f"{self.folder}: the test set has {found} where the profiles have {profile['ID']}.")
            yield PersonRows(profile, test)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the release in `folder`; raises as `Release` does."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} is not a release: it has no {MANIFEST}. Make one with: mllmu-build generate --out {folder}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise MllmuError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}.") from error
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise MllmuError(f"{path} is damaged: {where}: {first['msg']}. Build the release again.") from error
    if manifest.format > FORMAT:
        raise UsageError(
            f"{path} is of format {manifest.format}; this mllmu reads up to {FORMAT}. Upgrade mllmu-bench."
        )
    return manifest
