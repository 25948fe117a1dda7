"""Re-posed pictures of whoever has a portrait: candidates painted by Arc2Face, measured, and the best spread kept."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from ....errors import FindingsError
from ....schemas.picture import Picture, View
from ...ledger import Work
from ..painting.attempts import REFUSED, SURE
from ..painting.device import Pace
from ..painting.options import PaintOptions
from ..painting.weights import NEEDED, need
from ..source import Drawable
from .choose import GOOD, Candidate, best_spread, verdict

if TYPE_CHECKING:
    from ...studio import Studio
    from ..identity.verifier import FaceReader, SeenFace
    from .model import Arc2Face, Weights

STAGE = "candidate"
ROUNDS = 3
"""How many times `candidates` pictures are painted of a person before the slot is given up."""


class Sitting(NamedTuple):
    """One person before the painter."""

    person: Drawable
    portrait: bytes
    face: "SeenFace"
    prompt: Any


class Reposer:
    """Arc2Face as a re-poser of any portrait source's portraits."""

    name = "arc2face"
    version = "1"

    def __init__(self, options: PaintOptions, size: int, studio: "Studio") -> None:
        need("repose = arc2face", (*NEEDED, "insightface", "onnxruntime"))
        self._options, self._size, self._studio = options, size, studio
        self._decided = json.dumps([self.version, size, options.repose_model, options.repose_base, options.likeness])
        self._failed: dict[str, str] = {}
        self._ready: tuple[Weights, FaceReader] | None = None

    def prepare(self) -> "tuple[Weights, FaceReader]":
        """Have the weights on this machine, and the face reader in memory."""
        from ..identity.insightface import Model
        from .model import ARCFACE, PACK, fetch

        if self._ready is None:
            weights = fetch(self._options.repose_model, self._options.repose_base)
            self._ready = weights, Model(PACK, weights.parts / ARCFACE)
        return self._ready

    def repose(
        self, people: Sequence[Drawable], portrait: Callable[[Drawable], bytes], views: int
    ) -> Iterator[tuple[str, list[Picture]]]:
        """`views` pictures of each person, in the order given.

        Args:
            people: Who is to be re-posed.
            portrait: The encoded portrait of one of them.
            views: Pictures a person.

        Raises:
            FindingsError: For somebody they could not be made; everybody else's have been handed over by then.
        """
        from .model import Arc2Face

        weights, reader = self.prepare()
        with closing(Arc2Face(weights, self._size)) as painter:
            left = len(people) * self._options.candidates
            self._pace = Pace(painter.device, left, self._studio.progress.say)
            for person in people:
                pictures = self._person(person, portrait(person), views, painter, reader)
                if pictures:
                    yield person.id, pictures
        self._refuse_gaps()

    def _person(
        self, person: Drawable, portrait: bytes, views: int, painter: "Arc2Face", reader: "FaceReader"
    ) -> list[Picture] | None:
        faces = reader.faces(portrait)
        if not faces or faces[0].pose is None:
            self._failed[person.id] = "insightface finds no face in the portrait"
            return None
        sitting = Sitting(person, portrait, faces[0], painter.encode(faces[0].embedding))
        tries: list[Work] = []
        kept: list[Candidate] = []
        for number in range(ROUNDS):
            tries += self._round(sitting, number, painter, reader)
            kept = [_candidate(work) for work in tries if work.meta["verdict"] == GOOD]
            if len(kept) >= views:
                chosen = best_spread(kept, faces[0].pose, views)
                return [_picture(c, next(w.data for w in tries if w.meta["number"] == c.number)) for c in chosen]
        verdicts = Counter(str(work.meta["verdict"]) for work in tries)
        told = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
        self._failed[person.id] = f"of {len(tries)} candidates {len(kept)} can be used, not {views} ({told})"
        return None

    def _round(self, sitting: Sitting, number: int, painter: "Arc2Face", reader: "FaceReader") -> list[Work]:
        """The candidates of one round: found on record, or painted a batch at a time and put there."""
        k, batch, done = self._options.candidates, self._options.paint_batch, []
        for start in range(number * k, (number + 1) * k, batch):
            numbers = range(start, min(start + batch, (number + 1) * k))
            keys = {f"{sitting.person.id}/{n}": self._key(sitting, n) for n in numbers}
            found = self._studio.recall(STAGE, keys)
            if len(found) < len(keys):  # a batch is on record whole or not at all, but for a damaged row
                works = self._paint(sitting, list(numbers), list(keys.items()), painter, reader)
                self._studio.keep(STAGE, works)
                found = {work.slot: work for work in works}
            done += [found[slot] for slot in keys]
        return done

    def _paint(
        self,
        sitting: Sitting,
        numbers: Sequence[int],
        keys: Sequence[tuple[str, str]],
        painter: "Arc2Face",
        reader: "FaceReader",
    ) -> list[Work]:
        started = monotonic()
        pictures = painter.paint(sitting.prompt, [_seed(sitting.person, n) for n in numbers])
        self._pace.painted(len(pictures), monotonic() - started)
        works = []
        for n, (slot, key), picture in zip(numbers, keys, pictures, strict=True):
            meta = self._measure(n, sitting.face, picture, reader)
            works.append(Work(slot, key, meta, picture if picture and meta["verdict"] == GOOD else b""))
        return works

    def _measure(self, number: int, face: "SeenFace", picture: bytes | None, reader: "FaceReader") -> dict[str, Any]:
        """The verdict on a candidate, and its numbers."""
        if picture is None:
            return {"number": number, "verdict": REFUSED}
        faces = [f for f in reader.faces(picture) if f.confidence >= SURE]
        if len(faces) != 1 or faces[0].pose is None or face.pose is None:
            return {"number": number, "verdict": "with several faces" if faces else "without a face"}
        yaw, pitch, roll = (round(angle, 1) + 0.0 for angle in faces[0].pose)  # no -0.0
        seen = Candidate(number, round(float(face.embedding @ faces[0].embedding), 4), (yaw, pitch, roll))
        judged = verdict(seen, face.pose, self._options.likeness)
        return {"number": number, "verdict": judged, "similarity": seen.similarity, "pose": seen.pose}

    def _key(self, sitting: Sitting, number: int) -> str:
        portrait = hashlib.sha256(sitting.portrait).hexdigest()
        text = f"{self._decided}/{portrait}/{sitting.person.appearance.face_seed}/{number}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _refuse_gaps(self) -> None:
        for name, reason in self._failed.items():
            more = f"; and so for {len(self._failed) - 1} more" if len(self._failed) > 1 else ""
            raise FindingsError(
                f"slot {name} has no re-posed pictures: {reason}{more}. Try more --candidates or a lower --likeness."
            )


def _candidate(work: Work) -> Candidate:
    return Candidate(work.meta["number"], work.meta["similarity"], tuple(work.meta["pose"]))


def _picture(chosen: Candidate, data: bytes) -> Picture:
    yaw, pitch, roll = chosen.pose
    view = View(yaw=yaw, pitch=pitch, roll=roll, expression="", light="", background="", similarity=chosen.similarity)
    return Picture(data=data, view=view)


def _seed(person: Drawable, number: int) -> int:
    text = f"{person.appearance.face_seed}/candidate/{number}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])
