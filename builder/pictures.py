"""The pictures of a build: drawn once, kept in the ledger, read from there."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import closing

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


def picture_keys(source: PortraitSource, sitter: Drawable, views: int) -> dict[str, str]:
    """For each slot of a sitter (`001/0` is the portrait), the hash of all that decides its picture."""
    decided = json.dumps([source.name, source.version, sitter.id, sitter.appearance.model_dump()])
    return {
        f"{sitter.id}/{view}": hashlib.sha256(f"{decided}/{view}".encode()).hexdigest() for view in range(views + 1)
    }


def draw_missing(ledger: Ledger, source: PortraitSource, sitters: Sequence[Drawable], views: int, step: Step) -> None:
    """Draw and record the portrait and the `views` of every sitter that the ledger lacks.

    `step` is called after each sitter, whether drawn now or found; a killed build loses at most those in hand.
    """
    keys = {sitter.id: picture_keys(source, sitter, views) for sitter in sitters}
    recorded = ledger.has(STAGE, {slot: key for slots in keys.values() for slot, key in slots.items()})
    missing = [sitter for sitter in sitters if not recorded.issuperset(keys[sitter.id])]
    for _ in range(len(sitters) - len(missing)):
        step()
    if not missing:
        return
    drawing = source.draw(sitters if source.together else missing, views)
    with closing(drawing) as drawn:  # closing it ends the worker processes, whatever happens
        for sitter_id, pictures in drawn:
            ledger.record(STAGE, _works(keys[sitter_id], pictures))
            step()


def _works(keys: dict[str, str], pictures: Sequence[Picture]) -> Iterator[Work]:
    for (slot, key), picture in zip(keys.items(), pictures, strict=True):
        yield Work(slot, key, picture.view.model_dump() if picture.view else {}, picture.data)


class Album:
    """Reads pictures back from the ledger; a damaged one is drawn again."""

    def __init__(self, ledger: Ledger, source: PortraitSource, views: int):
        self._ledger, self._source, self._views = ledger, source, views

    def of(self, sitter: Drawable) -> list[Picture]:
        """Portrait first, then the views.

        Raises:
            MllmuError: The source could not draw the sitter.
        """
        pictures = self._recorded(sitter)
        if pictures is None and self._source.together:
            raise MllmuError(f"the picture of {sitter.id} in {self._ledger.path} is damaged. Build anew with --fresh.")
        if pictures is None:
            drawn = dict(self._source.draw([sitter], self._views)).get(sitter.id)
            if drawn is None:
                raise MllmuError(f"slot {sitter.id} has no picture: {self._source.name} could not draw it.")
            self._ledger.record(STAGE, _works(picture_keys(self._source, sitter, self._views), drawn))
            pictures = drawn
        return pictures

    def _recorded(self, sitter: Drawable) -> list[Picture] | None:
        pictures = []
        for slot, key in picture_keys(self._source, sitter, self._views).items():
            work = self._ledger.get(STAGE, slot)
            if work is None or work.key != key:
                return None
            pictures.append(Picture(data=work.data, view=View(**work.meta) if work.meta else None))
        return pictures
