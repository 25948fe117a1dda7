"""Attempts at portraits: found on record, or painted, looked at and put there."""

import hashlib
import json
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from ....schemas.appearance import Appearance
from ...ledger import Work
from .attempts import Attempt, Job, from_record, judge
from .device import Pace
from .options import PaintOptions
from .prompt import describe

if TYPE_CHECKING:
    from ...studio import Studio
    from ..identity.verifier import FaceReader
    from .pipeline import TextToImage

STAGE = "attempt"
VERSION = "1"
"""Changes whenever the same settings would give other pixels."""


class Portraitist:
    """Paints people by description. Models are loaded when they are first needed."""

    def __init__(self, options: PaintOptions, size: int, looks: dict[str, Appearance], studio: "Studio") -> None:
        self._options, self._size, self._looks, self._studio = options, size, looks, studio
        self._decided = json.dumps([options.portrait_model, options.identity, options.steps, options.guidance])
        self._painter: TextToImage | None = None
        self._reader: FaceReader | None = None

    @property
    def reader(self) -> "FaceReader":
        """Who looks at what is painted."""
        from ..identity import get_verifier

        self._reader = self._reader or get_verifier(self._options.identity)
        return self._reader

    def attempt(self, jobs: Sequence[Job]) -> list[Attempt]:
        """The results, in the order of `jobs`; those not on record are painted in one batch."""
        keys = {f"{job.name}/{job.number}": self._key(job) for job in jobs}
        results = {slot: from_record(w.meta, w.data) for slot, w in self._studio.recall(STAGE, keys).items()}
        new = [(slot, job) for slot, job in zip(keys, jobs, strict=True) if slot not in results]
        if new:
            for (slot, _), picture in zip(new, self._paint([job for _, job in new]), strict=True):
                results[slot] = judge(picture, self.reader)
            self._studio.keep(STAGE, [Work(s, keys[s], results[s].meta(), results[s].data) for s, _ in new])
        return [results[slot] for slot in keys]

    def _paint(self, jobs: list[Job]) -> list[bytes | None]:
        painter = self._load()
        prompts = [describe(self._looks[job.name]) for job in jobs]
        started = monotonic()
        pictures = painter.paint(prompts, [self._seed(job) for job in jobs])
        self._pace.painted(len(jobs), monotonic() - started)
        return pictures

    def _load(self) -> "TextToImage":
        from .pipeline import TextToImage

        if self._painter is None:
            options = self._options
            assert options.portrait_model is not None  # the settings refuse a build without
            self.reader  # noqa: B018 (what is missing there is told before gigabytes are loaded here)
            self._painter = TextToImage(options.portrait_model, self._size, options.steps, options.guidance)
            share = len(self._looks) // self._studio.share.of
            self._pace = Pace(self._painter.device, share, self._studio.progress.say)
        return self._painter

    def _key(self, job: Job) -> str:
        look = self._looks[job.name].model_dump_json()
        return hashlib.sha256(f"{VERSION}/{self._decided}/{self._size}/{look}/{job.number}".encode()).hexdigest()

    def _seed(self, job: Job) -> int:
        text = f"{self._looks[job.name].face_seed}/portrait/{job.number}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])

    def close(self) -> None:
        """Drop the models, so that the next one has the memory."""
        if self._painter:
            self._painter.close()
        self._painter = self._reader = None
