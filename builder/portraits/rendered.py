"""The default source: three-dimensional heads, grown from each person's seed and rendered offline.

A picture is a function of the person's appearance (its seed included), the view's number and the size, and of
nothing else: not of the order of people, the number of processes, or the other people.
"""

from collections.abc import Generator, Iterable
from functools import partial
from typing import TYPE_CHECKING

from ...schemas.appearance import Appearance
from ...schemas.picture import Picture
from .source import Drawable, Options
from .workers import ordered_map

if TYPE_CHECKING:
    from .sitter import Sitter
    from .views import Setting

QUALITY = 90
"""Of the JPEG, without colour subsampling: fine hair on a plain wall shows it."""
SAMPLES_BELOW = 384
"""Pictures smaller than this average 3 x 3 samples a pixel, larger ones 2 x 2."""


class Source:
    """Rendered heads."""

    name = "rendered"
    version = "1"
    together = False

    def __init__(self, options: Options) -> None:
        self.size = options.size

    def draw(self, people: Iterable[Drawable], views: int) -> Generator[tuple[str, list[Picture]]]:
        """Portraits and re-posed views, drawn in worker processes."""
        work = ((person.id, person.appearance) for person in people)
        yield from ordered_map(partial(draw_person, views=views, size=self.size), work)


def draw_person(job: tuple[str, Appearance], views: int, size: int) -> tuple[str, list[Picture]]:
    """All pictures of one person."""
    from .sitter import Sitter
    from .views import make_setting

    name, appearance = job
    sitter = Sitter(appearance)
    return name, [_picture(sitter, make_setting(appearance, number), size) for number in range(views + 1)]


def _picture(sitter: "Sitter", setting: "Setting", size: int) -> Picture:
    from io import BytesIO

    from PIL import Image

    from .render.image import render

    pixels = render(sitter.scene(setting), sitter.basis, setting, size, 3 if size < SAMPLES_BELOW else 2)
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=QUALITY, subsampling=0)
    return Picture(data=file.getvalue(), view=setting.view)
