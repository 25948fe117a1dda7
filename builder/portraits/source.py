"""What a portrait source is. A new one is a file in this folder with a class `Source`, and its name in `SOURCES`."""

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pydantic import Field

from ...schemas.appearance import Appearance
from ...schemas.base import Strict
from ...schemas.picture import Picture
from .painting.options import PaintOptions

if TYPE_CHECKING:
    from ..studio import Studio


class Options(Strict):
    """What any source may be told."""

    size: int = Field(default=256, ge=256, le=512)
    """Side of a picture in pixels."""
    faces: Path | None = None
    """Folder of the user's own faces."""
    painting: PaintOptions | None = None
    """What a source that paints has to know."""


class Drawable(Protocol):
    """Whoever has an id and a look."""

    @property
    def id(self) -> str:
        """Names their pictures."""
        ...

    @property
    def appearance(self) -> Appearance:
        """What a picture has to show."""
        ...


class PortraitSource(Protocol):
    """Draws people, some pictures each."""

    name: str
    """The file's name."""
    version: str
    """Changes whenever the same people would get other pixels."""
    together: bool
    """True when who gets which picture depends on all the others, so that all are drawn in one call or none."""

    def __init__(self, options: Options) -> None: ...

    def draw(self, people: Iterable[Drawable], views: int) -> Generator[tuple[str, list[Picture]]]:
        """For each person, in the order given: the id, and the portrait followed by `views` re-posed pictures.

        Lazy: people are taken as they are needed and pictures handed over as they are done. Closing the iterator
        stops all work.
        """
        ...


@runtime_checkable
class StudioSource(Protocol):
    """A portrait source whose pictures take long: it puts every attempt on record, and can share the work."""

    def work_in(self, studio: "Studio") -> None:
        """Where attempts are put on record, before anybody is drawn."""
        ...

    def help_out(self, people: Iterable[Drawable]) -> None:
        """Draw this process's share and put it on record, for the first process to go on with."""
        ...
