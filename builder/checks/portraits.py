"""Every portrait decodes whole, is RGB, square, 256 px or more, and is nobody else's."""

from array import array
from collections.abc import Iterator

from ..reader import Release
from .base import BaseCheck, Figure, Finding, Subject
from .support.pixels import SIDE, near_pairs

_LEVELS = 3 * SIDE * SIDE


class Check(BaseCheck):
    """Counts portraits; a text-only release (`portrait_source` is `none`) has none."""

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._ids: list[str] = []
        self._thumbnails = array("B")  # 768 bytes a person

    def person(self, subject: Subject) -> Iterator[Finding]:
        """The portrait of one person."""
        source, image = subject.rows.profile["portrait_source"], subject.rows.profile["image"]
        if subject.rows.test["portrait_source"] != source:
            yield Finding(subject.id, "the test row names another portrait source than the profile row")
        if source == "none":
            if image is not None:
                yield Finding(subject.id, "there is a portrait, yet portrait_source is none")
            return
        yield from self._look(subject)

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The celebrity's picture, where there is one: a text-only release has none."""
        if figure.row["image"] is not None:
            yield from self._look(figure)

    def _look(self, sitter: Subject | Figure) -> Iterator[Finding]:
        self.tried += 1
        portrait = sitter.portrait
        if portrait.fault:
            yield Finding(sitter.id, f"the portrait {portrait.fault}")
        if portrait.thumbnail is not None:
            self._ids.append(sitter.id)
            self._thumbnails.frombytes(portrait.thumbnail.tobytes())

    def finish(self) -> Iterator[Finding]:
        """Pairs of people with the same or nearly the same picture."""
        import numpy as np

        thumbnails = np.frombuffer(self._thumbnails, dtype=np.uint8).reshape(-1, _LEVELS)
        for left, right in near_pairs(thumbnails):
            yield Finding(self._ids[right], f"has the same portrait as {self._ids[left]}, or nearly")
