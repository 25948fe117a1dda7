"""Reading a release folder back, as `validate`, `stats` and `preview` do. A release holds people, or concepts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from ..errors import MllmuError, UsageError
from ..schemas.concepts import AnyManifest, ConceptManifest
from ..schemas.manifest import FORMAT, MANIFEST, Manifest, Shard
from ..schemas.splits import CUTS
from .rows import Row
from .shards import read_rows

M = TypeVar("M", Manifest, ConceptManifest)


class PersonRows(NamedTuple):
    """Both rows of one fictitious person."""

    profile: Row
    test: Row

    @property
    def id(self) -> str:
        """The person's id."""
        return self.profile["ID"]


class _Folder(Generic[M]):
    """A folder of shards, and the manifest that says which."""

    _kind: type[M]
    _holds: str

    def __init__(self, folder: Path, manifest: M | None = None):
        self.folder = folder
        self.manifest: M = manifest or self._read()

    def _read(self) -> M:
        found = read_manifest(self.folder)
        if isinstance(found, self._kind):
            return found
        other = "people" if isinstance(found, Manifest) else "concepts"
        raise UsageError(
            f"{self.folder} holds {other}, not {self._holds}. "
            "Name another folder; only validate, push and verify take either kind."
        )

    def shards(self, kind: str) -> list[Shard]:
        """The shards of `profiles`, `test`, `celebrity` or a config of concepts, in the forget order's cuts."""
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


class Release(_Folder[Manifest]):
    """A release of people.

    Raises:
        UsageError: There is no release there, it holds concepts, or a newer mllmu made it.
        MllmuError: Its manifest cannot be read.
    """

    _kind, _holds = Manifest, "people"

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


class ConceptRelease(_Folder[ConceptManifest]):
    """A release of concepts; raises as `Release` does."""

    _kind, _holds = ConceptManifest, "concepts"


AnyRelease = Release | ConceptRelease


def open_release(folder: Path) -> AnyRelease:
    """The release in `folder`, of whichever kind; raises as `read_manifest` does."""
    manifest = read_manifest(folder)
    return Release(folder, manifest) if isinstance(manifest, Manifest) else ConceptRelease(folder, manifest)


def read_manifest(folder: Path) -> AnyManifest:
    """The manifest of the release in `folder`, of whichever kind.

    Raises:
        UsageError: There is no release there, or a newer mllmu made it.
        MllmuError: The manifest cannot be read.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} is not a release: it has no {MANIFEST}. "
            f"Make one with mllmu-build generate, or concepts: --out {folder}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise MllmuError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}.") from error
    try:
        manifest = _kind_of(text).model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise MllmuError(f"{path} is damaged: {where}: {first['msg']}. Build the release again.") from error
    if manifest.format > FORMAT:
        raise UsageError(
            f"{path} is of format {manifest.format}; this mllmu reads up to {FORMAT}. Upgrade mllmu-bench."
        )
    return manifest


def _kind_of(text: str) -> type[Manifest] | type[ConceptManifest]:
    """Of what a manifest is; for one that is no JSON whichever, as neither will read it."""
    try:
        return ConceptManifest if "concepts" in json.loads(text) else Manifest
    except (ValueError, TypeError):
        return Manifest
