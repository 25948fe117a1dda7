"""What a writer is."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from ...schemas.person import Person
from ...schemas.questions import Written


class Writer(Protocol):
    """Puts people into words. It decides no fact: everything it says is in the person's record."""

    name: str
    """The file's name, as `--writer` takes it."""
    version: str
    """Changes whenever the same person would be put in other words."""

    def write(self, people: Iterable[Person]) -> Iterator[tuple[str, Written]]:
        """The id and the words of each person, in the order given, one at a time."""
        ...
