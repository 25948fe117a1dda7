"""How often to try: until everybody has a picture with one face, and nobody's is another's.

Every attempt is a pure function of the person and the attempt's number, and is put on record as it is made. What to
attempt next follows from the record alone, so a build that was killed comes to the same pictures.
"""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ....errors import FindingsError
from ..identity.verifier import FaceReader

ATTEMPTS = 20
"""Pictures painted of one person, at most."""
GOOD = "one face"
REFUSED = "black or refused by the safety checker"
SURE = 0.6
"""Confidence from which a second face counts: a poster or a pattern behind is none."""


class Job(NamedTuple):
    """One attempt at one person."""

    name: str
    number: int


class Attempt(NamedTuple):
    """What came of it."""

    verdict: str
    """`one face`, or why the picture is not used."""
    data: bytes = b""
    """The picture, if it is used."""
    embedding: np.ndarray | None = None
    pose: tuple[float, float, float] | None = None

    def meta(self) -> dict[str, Any]:
        """All but the picture, as JSON values."""
        vector = None if self.embedding is None else base64.b64encode(self.embedding.astype("<f4").tobytes()).decode()
        return {"verdict": self.verdict, "embedding": vector, "pose": self.pose}


def from_record(meta: dict[str, Any], data: bytes) -> Attempt:
    """The attempt that `meta` was made of."""
    vector = meta["embedding"]
    embedding = None if vector is None else np.frombuffer(base64.b64decode(vector), "<f4")
    return Attempt(meta["verdict"], data, embedding, meta["pose"] and tuple(meta["pose"]))


def judge(picture: bytes | None, reader: FaceReader) -> Attempt:
    """Whether a painted picture shows one face."""
    if picture is None:
        return Attempt(REFUSED)
    faces = [face for face in reader.faces(picture) if face.confidence >= SURE]
    if len(faces) != 1:
        return Attempt(f"{len(faces) or 'no'} face{'s' if len(faces) > 1 else ''}")
    # As it is on record, so that a resumed build compares the very same numbers.
    return from_record(Attempt(GOOD, b"", faces[0].embedding, faces[0].pose).meta(), picture)


Try = Callable[[Sequence[Job]], list[Attempt]]
"""Makes attempts, all in one batch, or finds them on record."""


class Easel:
    """Everybody's attempts so far."""

    def __init__(self, attempt: Try, batch: int, step: Callable[[], object]) -> None:
        self._attempt, self._batch, self._step = attempt, batch, step
        self.used: dict[str, Attempt] = {}
        """The picture of each person who has one."""
        self._next: Counter[str] = Counter()
        self._failed: dict[str, Counter[str]] = {}

    def fill(self, names: Iterable[str]) -> None:
        """Attempt until each has a picture or was attempted `ATTEMPTS` times."""
        left = [name for name in names if self._next[name] < ATTEMPTS]
        while left:
            for start in range(0, len(left), self._batch):
                jobs = [Job(name, self._next[name]) for name in left[start : start + self._batch]]
                for job, result in zip(jobs, self._attempt(jobs), strict=True):
                    self._take(job, result)
            left = [name for name in left if name not in self.used and self._next[name] < ATTEMPTS]

    def _take(self, job: Job, result: Attempt) -> None:
        self._next[job.name] += 1
        if result.verdict == GOOD:
            self.used[job.name] = result
            self._step()
        else:
            self._failed.setdefault(job.name, Counter())[result.verdict] += 1

    def part_twins(self, names: Sequence[str], look_alike: float) -> list[str]:
        """Redraw the later one of each two people who look alike; those still alike when attempts have run out.

        Args:
            names: Everybody, each with a picture.
            look_alike: Cosine from which two are too alike.
        """
        while twins := self._twins(names, look_alike):
            again = [name for name in twins if self._next[name] < ATTEMPTS]
            if not again:
                return twins
            before = {name: self.used.pop(name) for name in again}
            self.fill(again)
            self.used = {**before, **self.used}  # a look-alike is better than nobody
        return []

    def _twins(self, names: Sequence[str], look_alike: float) -> list[str]:
        table = np.stack([self.used[name].embedding for name in names])  # type: ignore[arg-type]
        late = [i for i in range(1, len(table)) if (table[:i] @ table[i]).max() >= look_alike]
        return [names[i] for i in late]

    def refuse_gaps(self, names: Iterable[str]) -> None:
        """Raise FindingsError if somebody has no picture."""
        gaps = [name for name in names if name not in self.used]
        if gaps:
            first = gaps[0]
            reasons = ", ".join(f"{reason} {n} times" for reason, n in self._failed[first].most_common())
            more = f", and so for {len(gaps) - 1} more" if len(gaps) > 1 else ""
            raise FindingsError(
                f"slot {first} has no portrait after {ATTEMPTS} attempts ({reasons}){more}. "
                "Choose another --portrait-model, or more --steps, and build with --fresh."
            )
