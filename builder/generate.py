"""Build a benchmark: people, prose, pictures, shards, checks, card, manifest; in that order, one way.

The release is put together in a hidden folder beside its place and moved there whole, so nobody ever sees half of
one. Whatever is slow is in the ledger (see `ledger.py`); the rest is made again in seconds.
"""

import shutil
from collections.abc import Iterator
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import __version__
from ..errors import MllmuError
from ..schemas.manifest import MANIFEST, FileEntry, Manifest, Shard
from ..schemas.person import Person
from ..schemas.splits import CELEBRITY_CONFIG, config_sizes, cut_spans
from .cast import people_of
from .checks.base import CheckResult
from .checks.run import check_release
from .drawing import Drawing
from .files import cannot, sha256_of, write_whole
from .ledger import Ledger, is_redone
from .pictures import Sitter
from .place import move, refuse_strangers, standing
from .population import Population
from .portraits.painting.options import MAY_CHANGE
from .progress import Progress
from .reader import Release
from .rows import profile_row, test_row
from .settings import Settings
from .shards import ShardWriter
from .studio import Share, Studio, my_share
from .writers import get_writer
from .writers.writer import PreparingWriter

if TYPE_CHECKING:
    from .llm.estimate import StageCost


class Outcome(NamedTuple):
    """What `generate` did."""

    folder: Path
    manifest: Manifest
    checks: list[CheckResult]
    """Empty when the release stood there already."""
    helped: bool = False
    """Whether this process helped another one, which reports."""


def generate(settings: Settings, folder: Path, *, fresh: bool = False, progress: Progress | None = None) -> Outcome:
    """Build the release of `settings` in `folder`, or go on with one that was interrupted.

    Args:
        settings: What to build.
        folder: Where the release shall stand. Its ledger is kept beside it.
        fresh: Throw away what stands there and what is recorded; one that was begun so, and not finished, goes on.
        progress: Where to show progress; quiet if not given.

    Raises:
        UsageError: `folder` holds something else, or a build with other settings.
        MllmuError: The disk is full or not writable, a file is damaged, another build is at work there.
    """
    progress = progress or Progress(quiet=True)
    share = my_share() if settings.paints() else Share()
    refuse_strangers(Manifest, folder)
    recorded = settings.recorded()
    stands = None if fresh or is_redone(folder, recorded) else standing(Manifest, folder, recorded)
    if stands:
        return Outcome(folder, stands, [], helped=bool(share.number))
    if share.number:
        return _help(settings, folder, progress, share)
    ledger = Ledger(folder, fresh=fresh)
    studio = Studio(ledger, progress, share)
    try:
        build = _Build(settings, recorded, folder, studio)  # whatever is wrong is told before anything is recorded
        with ledger, studio:
            build.check_words()
            ledger.agree_on(recorded, (*MAY_CHANGE, "celebrity_faces"))  # those faces are never in the ledger
            return build.run()
    except OSError as error:
        raise cannot("write", folder, error) from error


def _help(settings: Settings, folder: Path, progress: Progress, share: Share) -> Outcome:
    from .helper import help_build

    help_build(settings, folder, progress, share)
    stands = standing(Manifest, folder, settings.recorded())
    if stands is None:
        raise MllmuError(f"process 0 ended without a release in {folder}; its message says why.")
    return Outcome(folder, stands, [], helped=True)


def rehearse(settings: Settings, folder: Path) -> "list[StageCost]":
    """What `generate` would ask of a model, stage by stage; nothing for a writer that asks none."""
    from .celebrity_set import CelebritySet

    writer = get_writer(settings.writer, seed=settings.seed, **settings.writer_options())
    if not isinstance(writer, PreparingWriter):
        return []
    people = Population(settings.n, settings.seed, CelebritySet(settings).blocked_names())
    return writer.estimate(list(people), folder)


class _Build:
    def __init__(self, settings: Settings, recorded: dict[str, Any], folder: Path, studio: Studio):
        from .celebrity_set import CelebritySet

        self.settings, self.recorded, self.folder = settings, recorded, folder
        self.ledger, self.progress = studio.ledger, studio.progress
        self.drawing = Drawing(settings, studio)
        self.writer = get_writer(settings.writer, seed=settings.seed, **settings.writer_options())
        self.celebrities = CelebritySet(settings)
        self.people = people_of(settings, self.celebrities)

    def run(self) -> Outcome:
        self._draw()
        self._prepare_words()
        staging = self.folder.with_name(f".{self.folder.name}.staging")
        shutil.rmtree(staging, ignore_errors=True)
        shards = [*self._write_people(staging), *self._write_celebrities(staging)]
        manifest = self._manifest(shards)
        checks = [*check_release(Release(staging, manifest), self.progress), *self._review(staging)]
        manifest = self._finish(staging, manifest, checks)
        move(staging, self.folder)
        self.ledger.finish()
        return Outcome(self.folder, manifest, checks)

    # -- pictures

    def _draw(self) -> None:
        if self.settings.portraits != "none":
            self.drawing.draw([Sitter(id=p.id, appearance=p.appearance) for p in self.people])

    # -- words

    def check_words(self) -> None:
        """Raise what would stop the writer at once, before the pictures are drawn."""
        if isinstance(self.writer, PreparingWriter):
            self.writer.check(len(self.people), self.ledger)

    def _prepare_words(self) -> None:
        if isinstance(self.writer, PreparingWriter):
            with self.progress.bar("words", len(self.people), "people") as bar:
                self.writer.prepare(self.people, self.ledger, self._portrait, bar.update)

    def _review(self, staging: Path) -> Iterator[CheckResult]:
        review = self.writer.review() if isinstance(self.writer, PreparingWriter) else None
        if review:
            result, files = review
            for name, data in files.items():
                write_whole(staging / name, data)
            yield result

    def _portrait(self, person: Person) -> bytes | None:
        pictures = self._pictures(person)
        return pictures[0].data if pictures else None

    # -- shards

    def _write_people(self, staging: Path) -> Iterator[Shard]:
        spans = cut_spans(len(self.people))
        with self.progress.bar("questions", len(self.people), "people") as bar:
            for cut, span in spans.items():
                profiles = ShardWriter(staging, "profiles", cut, len(span))
                tests = ShardWriter(staging, "test", cut, len(span))
                members = (self.people[i] for i in sorted(self.people.order[span.start : span.stop]))
                members, for_writer = tee(members)
                for person, (_, written) in zip(members, self.writer.write(for_writer), strict=True):
                    pictures = self._pictures(person)
                    source = self.settings.portraits
                    if isinstance(self.writer, PreparingWriter):
                        person = self.writer.person(person)
                    profiles.add(profile_row(person, written, pictures[0] if pictures else None, source))
                    tests.add(test_row(person, written, pictures[1:], source))
                    bar.update()
                yield from (*profiles.finish(), *tests.finish())

    def _pictures(self, person: Person) -> list[Any]:
        return [] if self.settings.portraits == "none" else self.drawing.album.of(person)

    def _write_celebrities(self, staging: Path) -> list[Shard]:
        writer = ShardWriter(staging, CELEBRITY_CONFIG, "all", len(self.celebrities))
        with self.progress.bar("celebrities", len(self.celebrities), "people") as bar:
            for row in self.celebrities.rows(self.ledger, bar.update):
                writer.add(row)
        return writer.finish()

    # -- checks, card, manifest

    def _manifest(self, shards: list[Shard]) -> Manifest:
        n, celebrities = len(self.people), len(self.celebrities)
        return Manifest(
            name=self.settings.name,
            settings=self.recorded,
            made_with=self._made_with(),
            people=n,
            celebrities=celebrities,
            configs=config_sizes(n, celebrities),
            shards=tuple(shards),
            files={},
        )

    def _made_with(self) -> dict[str, str]:
        from importlib.metadata import version

        libraries = ("numba", "numpy", "pillow", "pyarrow", "scipy")
        return {
            "mllmu-bench": __version__,
            "writer": f"{self.writer.name} {self.writer.version}",
            **self.drawing.made_with(),
            "celebrities": self.celebrities.version,
            **{name: version(name) for name in libraries},
        }

    def _finish(self, staging: Path, manifest: Manifest, checks: list[CheckResult]) -> Manifest:
        from ..cards.files import card_files

        for name, data in card_files(Release(staging, manifest), checks):
            write_whole(staging / name, data)
        files = {
            path.relative_to(staging).as_posix(): FileEntry(bytes=path.stat().st_size, sha256=sha256_of(path))
            for path in sorted(staging.rglob("*"))
            if path.is_file()
        }
        manifest = manifest.model_copy(update={"files": files})
        write_whole(staging / MANIFEST, (manifest.model_dump_json(indent=1) + "\n").encode())  # last: now it is whole
        return manifest
