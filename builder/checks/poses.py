"""Everybody's test row has as many re-posed pictures as the settings say; each decodes and is truly another pose."""

from collections.abc import Iterator
from math import hypot

from ...schemas.picture import View
from ..rows import Row, view_of
from .base import SMALLEST_PICTURE, BaseCheck, Finding, Subject
from .support.pixels import NEAR, Look, distance, look

LEAST_TURN = 8.0
"""Degrees by which each re-posed picture differs from the portrait, yaw, pitch and roll together."""
_RECORDED = ("rendered",)
"""Portrait sources that know every pose; the others may leave it out."""


class Check(BaseCheck):
    """Counts re-posed pictures; a text-only release has none."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """The pictures of one test row, against the portrait and against each other."""
        row = subject.rows.test
        images, views = row["images"] or [], row["views"] or []
        if row["portrait_source"] == "none":
            if images:
                yield Finding(subject.id, f"{len(images)} re-posed pictures, yet portrait_source is none")
            return
        wanted = self.release.manifest.settings.get("views", len(images))
        if len(images) != wanted or len(views) != len(images):
            yield Finding(subject.id, f"{len(images)} re-posed pictures, {len(views)} poses; expected {wanted} of each")
        seen = [("the portrait", subject.portrait)]
        for number, image in enumerate(images, 1):
            self.tried += 1
            picture = look(image, SMALLEST_PICTURE)
            if picture.fault:
                yield Finding(subject.id, f"re-posed picture {number} {picture.fault}")
            yield from _unlike(subject.id, number, picture, seen)
            seen.append((f"re-posed picture {number}", picture))
        yield from _turned(subject.id, subject.rows.profile["view"], views, row["portrait_source"] in _RECORDED)


def _unlike(where: str, number: int, picture: Look, seen: list[tuple[str, Look]]) -> Iterator[Finding]:
    for name, other in seen:
        if picture.thumbnail is None or other.thumbnail is None:
            continue
        if distance(picture.thumbnail, other.thumbnail) < NEAR:
            yield Finding(where, f"re-posed picture {number} is the same as {name}, or nearly")


def _turned(where: str, portrait: Row | None, views: list[Row | None], recorded: bool) -> Iterator[Finding]:
    start = view_of(portrait)
    for number, cell in enumerate(views, 1):
        view = view_of(cell)
        if view is None or start is None:
            if recorded:
                yield Finding(
                    where, f"the pose of {'the portrait' if start is None else f'picture {number}'} is missing"
                )
            continue
        turn = _angle(start, view)
        if turn < LEAST_TURN:
            yield Finding(
                where, f"re-posed picture {number} is turned by {turn:.1f} degrees, less than {LEAST_TURN:.0f}"
            )


def _angle(left: View, right: View) -> float:
    return hypot(left.yaw - right.yaw, left.pitch - right.pitch, left.roll - right.roll)
