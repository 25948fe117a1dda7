"""Who makes re-posed pictures when the portrait source does not: a name of `repose` to its re-poser."""

from typing import TYPE_CHECKING

from .painting.options import PaintOptions

if TYPE_CHECKING:
    from ..pictures import Reposer
    from ..studio import Studio


def get_reposer(options: PaintOptions, size: int, studio: "Studio") -> "Reposer | None":
    """The re-poser that the options name; None where the portrait source turns heads itself."""
    if options.repose == "own":
        return None
    from .arc2face.reposer import Reposer

    return Reposer(options, size, studio)
