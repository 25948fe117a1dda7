"""Portraits by any text-to-image model that diffusers loads, from the description of each person.

What is painted is looked at: a portrait shows exactly one face, and no two people have nearly the same one. Re-posed
pictures are another model's work: see `arc2face/`.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...schemas.appearance import Appearance
from ...schemas.picture import Picture
from .identity import check_verifier
from .painting.attempts import Attempt, Easel
from .painting.portraitist import VERSION, Portraitist
from .painting.weights import need
from .source import Drawable, Options

if TYPE_CHECKING:
    from ..studio import Studio


class Source:
    """Painted portraits."""

    name = "diffusion"
    version = VERSION
    together = True

    def __init__(self, options: Options) -> None:
        if options.painting is None or options.painting.portrait_model is None:
            raise UsageError("portraits = diffusion needs --portrait-model.")
        need("portraits = diffusion")
        check_verifier(options.painting.identity)
        self._size, self._options = options.size, options.painting
        self._studio: Studio | None = None

    def work_in(self, studio: "Studio") -> None:
        """Where attempts are put on record, before anybody is drawn."""
        self._studio = studio

    def draw(self, people: Iterable[Drawable], views: int) -> Iterator[tuple[str, list[Picture]]]:
        """The portrait of each, once everybody has one."""
        if views:
            raise UsageError("portraits = diffusion cannot turn a head: add --repose arc2face.")
        looks = {person.id: person.appearance for person in people}
        easel = self._paint(looks)
        for name, look in looks.items():
            yield name, [_picture(easel.used[name], look)]

    def help_out(self, people: Iterable[Drawable]) -> None:
        """Paint this process's share, for the first process to go on with."""
        self._paint({person.id: person.appearance for person in people})

    def _paint(self, looks: dict[str, Appearance]) -> Easel:
        assert self._studio is not None, "work_in comes before draw"
        studio, names = self._studio, list(looks)
        share = names[studio.share.number :: studio.share.of]
        with closing(Portraitist(self._options, self._size, looks, studio)) as painter:
            with studio.progress.bar("painting", len(share), "people") as bar:
                easel = Easel(painter.attempt, self._options.paint_batch, bar.update)
                easel.fill(share)
            if studio.share.number:
                return easel
            studio.await_helpers("portraits")
            easel.fill(name for name in names if name not in easel.used)
            easel.refuse_gaps(names)
            if alike := easel.part_twins(names, painter.reader.look_alike):
                studio.progress.say(f"These portraits still resemble another's: {', '.join(alike)}.")
        return easel


def _picture(attempt: Attempt, look: Appearance) -> Picture:
    """With its pose as measured, and what was asked for besides."""
    from .views import make_setting

    if attempt.pose is None:
        return Picture(data=attempt.data)
    asked = make_setting(look, 0).view
    yaw, pitch, roll = (round(min(max(angle, -90.0), 90.0), 1) + 0.0 for angle in attempt.pose)
    return Picture(data=attempt.data, view=asked.model_copy(update={"yaw": yaw, "pitch": pitch, "roll": roll}))
