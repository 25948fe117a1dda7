"""The pictures of a build: drawn once, kept in the ledger, read from there."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

from ..errors import MllmuError
from ..schemas.appearance import Appearance
from ..schemas.base import Strict
from ..schemas.picture import Picture, View
from .ledger import Ledger, Work
from .portraits.source import Drawable, PortraitSource
from .progress import Step

STAGE = "picture"


class Sitter(Strict):
    """Somebody to be drawn."""

    id: str
    appearance: Appearance


class Reposer(Protocol):
    """Makes the re-posed pictures of whoever has a portrait."""

    name: str
    version: str
    """Changes whenever the same portraits would give other pixels."""

    def prepare(self) -> object:
        """Fetch what is needed, before anything is drawn."""
        ...

    def repose(
        self, people: Sequence[Drawable], portrait: Callable[[Drawable], bytes], views: int
    ) -> Iterator[tuple[str, list[Picture]]]:
        """For each person, in the order given: the id and `views` re-posed pictures, as they are done."""
        ...


def picture_keys(source: PortraitSource, sitter: Drawable, views: int) -> dict[str, str]:
    """For each slot of a sitter (`001/0` is the portrait), the hash of all that decides its picture."""
    decided = json.dumps([source.name, source.version, sitter.id, sitter.appearance.model_dump()])
    return {
        f"{sitter.id}/{view}": hashlib.sha256(f"{decided}/{view}".encode()).hexdigest() for view in range(views + 1)
    }


def repose_keys(reposer: Reposer, source: PortraitSource, sitter: Drawable, views: int) -> dict[str, str]:
    """The same for the re-posed pictures of a sitter whose portrait is the source's."""
    ((_, portrait),) = picture_keys(source, sitter, 0).items()
    decided = json.dumps([reposer.name, reposer.version, portrait])
    return {
        f"{sitter.id}/{view}": hashlib.sha256(f"{decided}/{view}".encode()).hexdigest() for view in range(1, views + 1)
    }


def draw_missing(ledger: Ledger, source: PortraitSource, sitters: Sequence[Drawable], views: int, step: Step) -> None:
    """Draw and record the portrait and the `views` of every sitter that the ledger lacks.

    `step` is called after each sitter, whether drawn now or found; a killed build loses at most those in hand.
    """
    keys = {sitter.id: picture_keys(source, sitter, views) for sitter in sitters}
    missing = _missing(ledger, sitters, keys, step)
    if not missing:
        return
    drawing = source.draw(sitters if source.together else missing, views)
    with closing(drawing) as drawn:  # closing it ends the worker processes, whatever happens
        for sitter_id, pictures in drawn:
            ledger.record(STAGE, _works(keys[sitter_id], pictures))
            step()


def repose_missing(
    ledger: Ledger, reposer: Reposer, source: PortraitSource, sitters: Sequence[Drawable], views: int, step: Step
) -> None:
    """Re-pose and record every sitter whose portrait is recorded and whose `views` are not; `step` as above."""
    keys = {sitter.id: repose_keys(reposer, source, sitter, views) for sitter in sitters}
    missing = _missing(ledger, sitters, keys, step)
    if not missing:
        return
    album = Album(ledger, source, 0)
    for sitter_id, pictures in reposer.repose(missing, lambda sitter: album.of(sitter)[0].data, views):
        ledger.record(STAGE, _works(keys[sitter_id], pictures))
        step()


def _missing(
    ledger: Ledger, sitters: Sequence[Drawable], keys: dict[str, dict[str, str]], step: Step
) -> list[Drawable]:
    recorded = ledger.has(STAGE, {slot: key for slots in keys.values() for slot, key in slots.items()})
    missing = [sitter for sitter in sitters if not recorded.issuperset(keys[sitter.id])]
    for _ in range(len(sitters) - len(missing)):
        step()
    return missing


def _works(keys: dict[str, str], pictures: Sequence[Picture]) -> Iterator[Work]:
    for (slot, key), picture in zip(keys.items(), pictures, strict=True):
        yield Work(slot, key, picture.view.model_dump() if picture.view else {}, picture.data)


class Album:
    """Reads pictures back from the ledger; a damaged one is drawn again."""

    def __init__(self, ledger: Ledger, source: PortraitSource, views: int, reposer: Reposer | None = None):
        self._ledger, self._source, self._views, self._reposer = ledger, source, views, reposer

    def of(self, sitter: Drawable) -> list[Picture]:
        """Portrait first, then the views.

        Raises:
            MllmuError: The source could not draw the sitter.
        """
        if self._reposer is None:
            return self._drawn(sitter, self._views)
        return [*self._drawn(sitter, 0), *self._reposed(sitter, self._reposer)]

    def has_all(self, sitters: Sequence[Drawable]) -> bool:
        """Whether every picture of everybody is recorded."""
        keys = {slot: key for s in sitters for slot, key in self._keys(s).items()}
        return len(self._ledger.has(STAGE, keys)) == len(keys)

    def _keys(self, sitter: Drawable) -> dict[str, str]:
        if self._reposer is None:
            return picture_keys(self._source, sitter, self._views)
        reposed = repose_keys(self._reposer, self._source, sitter, self._views)
        return {**picture_keys(self._source, sitter, 0), **reposed}

    def has_portraits(self, sitters: Sequence[Drawable]) -> bool:
        """Whether everybody's portrait is recorded."""
        keys = {slot: key for s in sitters for slot, key in picture_keys(self._source, s, 0).items()}
        return len(self._ledger.has(STAGE, keys)) == len(keys)

    def _drawn(self, sitter: Drawable, views: int) -> list[Picture]:
        keys = picture_keys(self._source, sitter, views)
        pictures = self._recorded(keys)
        if pictures is None and self._source.together:
            raise MllmuError(f"{sitter.id} in {self._ledger.path} is damaged. Run the same command again.")
        if pictures is None:
            pictures = dict(self._source.draw([sitter], views)).get(sitter.id)
            if pictures is None:
                raise MllmuError(f"slot {sitter.id} has no picture: {self._source.name} could not draw it.")
            self._ledger.record(STAGE, _works(keys, pictures))
        return pictures

    def _reposed(self, sitter: Drawable, reposer: Reposer) -> list[Picture]:
        keys = repose_keys(reposer, self._source, sitter, self._views)
        pictures = self._recorded(keys)
        if pictures is None:
            portrait = self._drawn(sitter, 0)[0].data
            ((_, pictures),) = reposer.repose([sitter], lambda _: portrait, self._views)
            self._ledger.record(STAGE, _works(keys, pictures))
        return pictures

    def _recorded(self, keys: dict[str, str]) -> list[Picture] | None:
        pictures = []
        for slot, key in keys.items():
            work = self._ledger.get(STAGE, slot)
            if work is None or work.key != key:
                return None
            pictures.append(Picture(data=work.data, view=View(**work.meta) if work.meta else None))
        return pictures
