"""The pictures of a build of concepts: drawn once in worker processes, kept in the ledger, read from there."""

import hashlib
import json
import random
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

from ...schemas.appearance import Appearance
from ..files import sha256_of
from ..ledger import Ledger, Work
from ..portraits.workers import ordered_map
from ..progress import Step
from .cast import Design, Entry
from .groups import GROUP_SITTING, Group
from .own import OwnPictures
from .render import VERSION, Drawn, Job, Shot, draw_job
from .settings import ConceptSettings

STAGE = "concept picture"
AT_A_TIME = 10
"""Pictures of a thing in one job: what an interrupt loses at most."""
A_SITTING, A_TEACHING_SITTING = 5, 2
"""A person's pictures from one sitting; fewer where a model learns, so that it sees many."""


def slot_of(ident: str, number: int) -> str:
    """`K001/000`."""
    return f"{ident}/{number:03d}"


def picture_jobs(settings: ConceptSettings, entries: Sequence[Entry]) -> list[Job]:
    """All single pictures."""
    jobs = []
    for entry in entries:
        seed = _seed_of(entry.design, settings.seed, entry.concept.id)
        for _, shots in groupby(_shots(settings, entry), key=lambda shot: shot.sitting):
            jobs.append(Job(entry.design, seed, settings.size, tuple(shots)))
    return jobs


def _shots(settings: ConceptSettings, entry: Entry) -> Iterator[Shot]:
    for number in range(settings.pictures + settings.teach):
        if not isinstance(entry.design, Appearance):
            sitting = number // AT_A_TIME
        elif number < settings.pictures:
            sitting = number // A_SITTING
        else:
            sitting = 1_000 + (number - settings.pictures) // A_TEACHING_SITTING
        yield Shot(slot_of(entry.concept.id, number), number, sitting)


def part_jobs(settings: ConceptSettings, groups: Sequence[Group], looks: dict[str, Appearance]) -> list[Job]:
    """Everybody's parts in group pictures: one job a person."""
    jobs = []
    for ident, look in looks.items():
        mine = [group for group in groups if ident in {person.id for person in group.people}]
        if mine:
            shots = tuple(Shot(f"{group.id}/{ident}", group.number, GROUP_SITTING) for group in mine)
            lit_by = tuple(looks[group.target.id].face_seed for group in mine)
            jobs.append(Job(look, 0, settings.size, shots, parts=True, lit_by=lit_by))
    return jobs


def _seed_of(design: Design, seed: int, ident: str) -> int:
    """People have a seed of their own; things get one."""
    if isinstance(design, Appearance):
        return design.face_seed
    return random.Random(f"{seed}/pictures/{ident}").randrange(2**31)


def keys_of(job: Job) -> dict[str, str]:
    """For each slot of a job, the hash of all that decides its picture."""
    design = job.design
    told = design.model_dump(mode="json") if not isinstance(design, OwnPictures) else None
    lit_by = job.lit_by or (0,) * len(job.shots)
    keys = {}
    for shot, light in zip(job.shots, lit_by, strict=True):
        what = told or _file_hash(design, shot.number)
        decided = json.dumps([VERSION, type(design).__name__, what, job.seed, job.size, shot, job.parts, light])
        keys[shot.slot] = hashlib.sha256(decided.encode()).hexdigest()
    return keys


def _file_hash(design: Design, number: int) -> str:
    assert isinstance(design, OwnPictures)  # everything else tells what it is
    return sha256_of(Path(design.files[number]))


class Pictures:
    """Draws what the ledger lacks, and reads from it; what is damaged is drawn again."""

    def __init__(self, ledger: Ledger, jobs: Sequence[Job]):
        self._ledger = ledger
        self._jobs: dict[str, Job] = {}
        self._keys: dict[str, str] = {}
        for job in jobs:
            self._keys |= keys_of(job)
            self._jobs |= {shot.slot: job for shot in job.shots}

    def __len__(self) -> int:
        return len(self._keys)

    def draw_missing(self, step: Step) -> None:
        """Draw and record what the ledger lacks; `step` is called for each picture, drawn now or found."""
        recorded = self._ledger.has(STAGE, self._keys)
        for _ in recorded:
            step()
        missing = []
        for job in dict.fromkeys(self._jobs.values()):
            keep = [k for k, shot in enumerate(job.shots) if shot.slot not in recorded]
            if keep:
                missing.append(_only(job, keep))
        if not missing:
            return
        with closing(_drawn(missing)) as done:  # closing it ends the worker processes
            for drawn in done:
                self._record(drawn)
                for _ in drawn:
                    step()

    def __getitem__(self, slot: str) -> Work:
        work = self._ledger.get(STAGE, slot)
        if work is None or work.key != self._keys[slot]:
            job = self._jobs[slot]
            drawn = draw_job(_only(job, [k for k, shot in enumerate(job.shots) if shot.slot == slot]))
            self._record(drawn)
            work = Work(slot, self._keys[slot], drawn[0].meta, drawn[0].data)
        return work

    def _record(self, drawn: Sequence[Drawn]) -> None:
        self._ledger.record(STAGE, [Work(d.slot, self._keys[d.slot], d.meta, d.data) for d in drawn])


def _drawn(jobs: Sequence[Job]) -> Generator[list[Drawn]]:
    yield from ordered_map(draw_job, jobs)


def _only(job: Job, places: Sequence[int]) -> Job:
    """The job, cut down to some of its pictures; a picture does not depend on the others of its job."""
    lit_by = tuple(job.lit_by[k] for k in places) if job.lit_by else ()
    return job._replace(shots=tuple(job.shots[k] for k in places), lit_by=lit_by)
