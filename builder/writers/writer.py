"""What a writer is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ...schemas.person import Person
from ...schemas.questions import Written
from ..checks.base import CheckResult
from ..ledger import Ledger
from ..progress import Step

if TYPE_CHECKING:
    from ..llm.estimate import StageCost


class Writer(Protocol):
    """Puts people into words. It decides no fact: everything it says is in the person's record."""

    name: str
    """The file's name, as `--writer` takes it."""
    version: str
    """Changes whenever the same person would be put in other words."""

    def write(self, people: Iterable[Person]) -> Iterator[tuple[str, Written]]:
        """The id and the words of each person, in the order given, one at a time."""
        ...


@runtime_checkable
class PreparingWriter(Protocol):
    """A writer that is slow, and so does its work beforehand, on record in the ledger; `write` then reads it back."""

    def check(self, people: int, ledger: Ledger) -> None:
        """Raise what `prepare` would raise at once, if it had something to make for so many people."""
        ...

    def prepare(
        self, people: Iterable[Person], ledger: Ledger, portrait: Callable[[Person], bytes | None], step: Step
    ) -> None:
        """Make all that is not on record yet; `step` is called for each person, `portrait` gives their picture."""
        ...

    def estimate(self, people: Sequence[Person], folder: Path) -> "list[StageCost]":
        """What `prepare` would have to ask, given what is on record for `folder`."""
        ...

    def review(self) -> tuple[CheckResult, dict[str, bytes]] | None:
        """What a second reader said of the words: a row for the checks, and files for the release; None without one."""
        ...

    def person(self, person: Person) -> Person:
        """The person that the words are about: the one given, unless the writer invents lives too."""
        ...
