"""No pictures: a benchmark of text alone."""

from collections.abc import Generator, Iterable

from ...schemas.picture import Picture
from .source import Drawable, Options


class Source:
    """Yields every person with an empty list."""

    name = "none"
    version = "1"
    together = False

    def __init__(self, options: Options) -> None:
        pass

    def draw(self, people: Iterable[Drawable], views: int) -> Generator[tuple[str, list[Picture]]]:
        """Nobody is drawn."""
        for person in people:
            yield person.id, []
