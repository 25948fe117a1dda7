"""The celebrity part of a build: real public figures, their questions, and a picture of each."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..schemas.celebrity import Celebrity
from ..schemas.picture import Picture
from .celebrities import Faces, blocked_names, load_celebrities, person_for_stand_in, stand_in, write_celebrities
from .ledger import Ledger
from .pictures import Album, Sitter, draw_missing
from .portraits import get_source
from .progress import Step
from .rows import Row, celebrity_row
from .settings import Settings

STAND_IN, THEIR_OWN = "stand-in", "user"
"""`portrait_source`: a drawn face that is not the person's, or a picture that the builder's user brought."""


class CelebritySet:
    """The public figures of a build.

    Raises:
        UsageError: The user's table or folder of pictures cannot be used.
    """

    def __init__(self, settings: Settings):
        self._settings = settings
        table = None if settings.celebrities == "default" else Path(settings.celebrities)
        self._people: list[Celebrity] = [] if settings.celebrities == "none" else load_celebrities(table)
        folder = settings.celebrity_faces
        self._faces = Faces(Path(folder), self._people) if folder else None

    def __len__(self) -> int:
        return len(self._people)

    @property
    def version(self) -> str:
        """Changes when a fact does."""
        text = "\n".join(person.model_dump_json() for person in self._people)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def blocked_names(self) -> frozenset[str]:
        """Folded full names that no fictitious person may bear."""
        return blocked_names(self._people)

    def rows(self, ledger: Ledger, step: Step) -> Iterator[Row]:
        """The rows of the celebrity shard; pictures that were drawn before come from the ledger."""
        pictures = self._pictures(ledger, step)
        for celebrity, (_, written) in zip(
            self._people, write_celebrities(self._people, self._settings.seed), strict=True
        ):
            picture, source = next(pictures)
            credit = self._faces.credit(celebrity) if self._faces and source == THEIR_OWN else None
            yield celebrity_row(celebrity, written, picture, source, credit)

    def _pictures(self, ledger: Ledger, step: Step) -> Iterator[tuple[Picture | None, str]]:
        if self._settings.portraits == "none":
            for _ in self._people:
                yield None, "none"
                step()
            return
        drawn = get_source("rendered", size=self._settings.size)  # stand-ins are drawn, whatever the people are
        sitters = {
            person.id: Sitter(id=person.id, appearance=person_for_stand_in(person, self._settings.seed))
            for person in self._people
            if not (self._faces and person in self._faces)
        }
        for _ in range(len(self._people) - len(sitters)):
            step()
        draw_missing(ledger, drawn, [*sitters.values()], 0, step)
        album = Album(ledger, drawn, 0)
        for celebrity in self._people:
            own = self._faces.picture(celebrity, self._settings.size) if self._faces else None
            yield (own, THEIR_OWN) if own else (stand_in(celebrity, album.of(sitters[celebrity.id])[0]), STAND_IN)
