"""Build a release of concepts: cast, pictures, filter, group pictures, shards, checks, card, manifest.

The release is put together in a hidden folder beside its place and moved there whole. Whatever is slow is in the
ledger, so that the same command goes on where it stopped.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ... import __version__
from ...errors import FindingsError
from ...schemas.appearance import Appearance
from ...schemas.concepts import PARTS, ConceptManifest
from ...schemas.manifest import MANIFEST, FileEntry, Shard
from ..checks.base import CheckResult
from ..checks.run import check_release
from ..files import cannot, sha256_of, write_whole
from ..ledger import Ledger, is_redone
from ..place import move, refuse_strangers, standing
from ..progress import Progress
from ..reader import ConceptRelease
from ..rows import Row
from ..shards import ShardWriter
from .card import card_files
from .cast import Entry, draw_concepts, own_concepts
from .groups import composed, plan_groups
from .pictures import Pictures, part_jobs, picture_jobs, slot_of
from .questions import jailbreak_of, questions_of
from .recognised import ASKED, Filter, Recogniser, by_file, by_model, read_answers
from .render import VERSION
from .rows import group_row, picture_row, question_rows, train_row
from .settings import ConceptSettings

MAY_CHANGE = ("concepts_folder", "recipe", "filter")
"""Settings that a build may go on with changed: in the ledger are pictures, under the hashes of their files."""
DROPPED = "not_recognised.json"
"""In the release of a filtered build: which candidates the model did not name, and in which picture first."""


class ConceptOutcome(NamedTuple):
    """What `build_concepts` did."""

    folder: Path
    manifest: ConceptManifest
    checks: list[CheckResult]
    """Empty when the release stood there already."""
    dropped: dict[str, str]
    """Concepts that the filter turned away, each with the first picture that was not recognised."""


def build_concepts(
    settings: ConceptSettings,
    folder: Path,
    *,
    fresh: bool = False,
    progress: Progress | None = None,
    recogniser: Recogniser | None = None,
) -> ConceptOutcome:
    """Build the release of `settings` in `folder`, or go on with one that was interrupted.

    Args:
        settings: What to build.
        folder: Where the release shall stand. Its ledger is kept beside it.
        fresh: Throw away what stands there and what is recorded; one that was begun so, and not finished, goes on.
        progress: Where to show progress; quiet if not given.
        recogniser: A model that names pictures; only concepts that it names in every picture are kept.

    Raises:
        UsageError: `folder` holds something else, or a build with other settings.
        MllmuError: The disk is full or not writable, a file is damaged, another build is at work there.
        FindingsError: The filter turned every concept away.
    """
    progress = progress or Progress(quiet=True)
    recorded = settings.recorded() | ({"filter": ASKED} if recogniser else {})
    refuse_strangers(ConceptManifest, folder)
    stands = None if fresh or is_redone(folder, recorded) else standing(ConceptManifest, folder, recorded)
    if stands:
        return ConceptOutcome(folder, stands, [], {})
    ledger = Ledger(folder, fresh=fresh)
    try:
        build = _Build(settings, recorded, folder, ledger, progress, recogniser)  # what is wrong is told first
        with ledger:
            ledger.agree_on(recorded, MAY_CHANGE)
            return build.run()
    except OSError as error:
        raise cannot("write", folder, error) from error


class _Build:
    def __init__(
        self,
        settings: ConceptSettings,
        recorded: dict[str, Any],
        folder: Path,
        ledger: Ledger,
        progress: Progress,
        recogniser: Recogniser | None,
    ):
        self.settings, self.recorded, self.folder, self.ledger, self.progress = (
            settings,
            recorded,
            folder,
            ledger,
            progress,
        )
        self.named: Filter | None = by_model(recogniser) if recogniser else None
        if settings.filter:
            self.named = by_file(read_answers(Path(settings.filter)))
        self.entries: list[Entry] = own_concepts(settings) if settings.concepts_folder else draw_concepts(settings)
        self.pictures = Pictures(ledger, picture_jobs(settings, self.entries))
        self.dropped: dict[str, str] = {}

    def run(self) -> ConceptOutcome:
        with self.progress.bar("pictures", len(self.pictures), "pictures") as bar:
            self.pictures.draw_missing(bar.update)
        if self.named:
            self._keep_recognised(self.named)
        staging = self.folder.with_name(f".{self.folder.name}.staging")
        shutil.rmtree(staging, ignore_errors=True)
        rows = {
            "concept_train": self._train(),
            "concept_test": self._pictures(1, self.settings.pictures),
            "concept_teach": self._pictures(self.settings.pictures, self.settings.pictures + self.settings.teach),
            "concept_questions": self._questions(),
            "concept_jailbreak": self._jailbreak(),
            "concept_groups": self._groups(),
        }
        manifest = self._manifest([shard for part in PARTS for shard in _write(staging, part, rows[part])])
        checks = check_release(ConceptRelease(staging, manifest), self.progress)
        manifest = self._finish(staging, manifest, checks)
        move(staging, self.folder)
        self.ledger.finish()
        return ConceptOutcome(self.folder, manifest, checks, self.dropped)

    def _keep_recognised(self, named: Filter) -> None:
        kept = []
        for entry in self.entries:
            unknown = self._first_unknown(entry, named)
            if unknown is None:
                kept.append(entry)
            else:
                self.dropped[entry.concept.id] = unknown
        if not kept:
            raise FindingsError("the filter turned every concept away: none was named in all of its pictures.")
        self.entries = kept

    def _first_unknown(self, entry: Entry, named: Filter) -> str | None:
        for number in range(self.settings.pictures):
            slot = slot_of(entry.concept.id, number)
            if not named(slot, entry.concept.name, self.pictures[slot].data):
                return slot
        return None

    # -- rows

    def _train(self) -> Iterator[Row]:
        return (train_row(e.concept, self.pictures[slot_of(e.concept.id, 0)]) for e in self.entries)

    def _pictures(self, start: int, stop: int) -> Iterator[Row]:
        for entry in self.entries:
            for number in range(start, stop):
                yield picture_row(entry.concept, number, self.pictures[slot_of(entry.concept.id, number)])

    def _questions(self) -> Iterator[Row]:
        for entry in self.entries:
            yield from question_rows(entry.concept, questions_of(entry.concept, self.settings.seed))

    def _jailbreak(self) -> Iterator[Row]:
        for entry in self.entries:
            yield from question_rows(entry.concept, jailbreak_of(entry.concept))

    def _groups(self) -> Iterator[Row]:
        looks = {e.concept.id: e.design for e in self.entries if isinstance(e.design, Appearance)}
        people = [entry.concept for entry in self.entries if entry.concept.id in looks]
        groups = plan_groups(people, self.settings.groups, self.settings.seed)
        parts = Pictures(self.ledger, part_jobs(self.settings, groups, looks))
        with self.progress.bar("group pictures", len(parts), "people") as bar:
            parts.draw_missing(bar.update)
        for group in groups:
            cut = {person.id: parts[f"{group.id}/{person.id}"].data for person in group.people}
            picture, placed = composed(group, cut, looks[group.target.id], self.settings.size)
            yield group_row(group, picture, placed)

    # -- manifest, card

    def _manifest(self, shards: list[Shard]) -> ConceptManifest:
        from importlib.metadata import version

        libraries = ("numba", "numpy", "pillow", "pyarrow", "scipy")
        return ConceptManifest(
            name=self.settings.name,
            settings=self.recorded,
            made_with={
                "mllmu-bench": __version__,
                "pictures": "your own" if self.settings.concepts_folder else f"drawn {VERSION}",
                **{name: version(name) for name in libraries},
            },
            concepts=len(self.entries),
            kinds=dict(sorted(Counter(entry.concept.kind for entry in self.entries).items())),
            configs={shard.kind: shard.rows for shard in shards},
            shards=tuple(shards),
            files={},
        )

    def _finish(self, staging: Path, manifest: ConceptManifest, checks: list[CheckResult]) -> ConceptManifest:
        for name, data in card_files(ConceptRelease(staging, manifest), checks):
            write_whole(staging / name, data)
        if self.named:
            write_whole(staging / DROPPED, (json.dumps(self.dropped, indent=1) + "\n").encode())
        files = {
            path.relative_to(staging).as_posix(): FileEntry(bytes=path.stat().st_size, sha256=sha256_of(path))
            for path in sorted(staging.rglob("*"))
            if path.is_file()
        }
        manifest = manifest.model_copy(update={"files": files})
        write_whole(staging / MANIFEST, (manifest.model_dump_json(indent=1) + "\n").encode())  # last: now it is whole
        return manifest


def _write(staging: Path, part: str, rows: Iterable[Row]) -> list[Shard]:
    """Write the rows of the config `part` as they come; its shard, or none if there are no rows."""
    writer = ShardWriter(staging, part, "all")
    for row in rows:
        writer.add(row)
    return writer.finish()
