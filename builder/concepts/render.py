"""Draws the pictures of one concept; runs in worker processes."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from ...schemas.appearance import Appearance
from ...schemas.picture import View
from .draw.character import Character
from .draw.emblem import Emblem
from .draw.flag import Flag
from .draw.style import Style
from .own import OwnPictures

if TYPE_CHECKING:
    import numpy as np

    from .draw.canvas import Array

VERSION = "1"
"""Changes whenever the same concept would get other pixels."""
ART = 512
"""Side of the flat art that emblems and flags are made from."""


class Shot(NamedTuple):
    """One picture to be made."""

    slot: str
    """`K001/000`, or `K001-02/K007` for somebody's part in a group picture."""
    number: int
    """Of the picture; for a part, of the group picture."""
    sitting: int
    """Of a person: year and clothes."""


class Job(NamedTuple):
    """Pictures of one concept that are made together. People: one sitting."""

    design: Appearance | Emblem | Flag | Character | Style | OwnPictures
    seed: int
    size: int
    shots: tuple[Shot, ...]
    parts: bool = False
    """Cut out of their background, for group pictures."""
    lit_by: tuple[int, ...] = ()
    """For parts: the face seed of whom the light is taken from."""


class Drawn(NamedTuple):
    """One picture, made."""

    slot: str
    meta: dict[str, object]
    data: bytes


def draw_job(job: Job) -> list[Drawn]:
    """All pictures of a job."""
    if isinstance(job.design, OwnPictures):
        return list(_own(job, job.design))
    if isinstance(job.design, Appearance):
        return list(_parts(job, job.design) if job.parts else _person(job, job.design))
    return list(_thing(job))


def _own(job: Job, pictures: OwnPictures) -> Iterator[Drawn]:
    from .own import load_own

    for shot in job.shots:
        yield Drawn(shot.slot, _meta("own picture", "as taken", 1.0), load_own(pictures.files[shot.number], job.size))


def _person(job: Job, appearance: Appearance) -> Iterator[Drawn]:
    from ..portraits.sitter import Sitter
    from .draw.people import person_picture, setting_of, sitting_look

    look = sitting_look(appearance, job.shots[0].sitting)
    sitter = Sitter(look)
    years = appearance.age - look.age
    for shot in job.shots:
        setting = setting_of(appearance, shot.number)
        when = "portrait" if not years else f"portrait of {years} year{'s' if years > 1 else ''} ago"
        yield _finished(job, shot, person_picture(sitter, setting, job.size), when, 1.35, setting.view)


def _thing(job: Job) -> Iterator[Drawn]:
    for shot in job.shots:
        random = _chance(job.seed, shot.number)
        picture, rendition = _picture(job, shot.number, random)
        yield _finished(job, shot, picture, rendition, 1.18, None)


def _picture(job: Job, number: int, random: "np.random.Generator") -> "tuple[Array, str]":
    """A thing in the rendition whose turn it is; the training picture is the plainest."""
    from .draw.banner import CLOTH
    from .draw.emblem import emblem_art
    from .draw.flag import flag_art
    from .draw.media import MEDIA
    from .draw.motifs import MOTIFS
    from .draw.scenes import LOOKS, character_picture
    from .draw.style import style_picture

    match job.design:
        case Emblem() as emblem:
            name = _turn(list(MEDIA), job.seed, number)
            return MEDIA[name](emblem_art(emblem, ART), job.size, random), name
        case Flag() as flag:
            ways = {**CLOTH, **MEDIA}
            name = _turn([*CLOTH, *CLOTH, *MEDIA], job.seed, number)
            return ways[name](flag_art(flag, ART), job.size, random), name
        case Character() as character:
            name = _turn(list(LOOKS), job.seed, number)
            return character_picture(character, name, job.size, random, calm=number == 0), name
        case Style() as style:
            name = _turn(list(MOTIFS), job.seed, number)
            return style_picture(style, name, job.size, random), name
    raise TypeError(f"nothing draws {job.design!r}")


def _turn(names: list[str], seed: int, number: int) -> str:
    """Each name once in every round, in an order of the concept's own; number 0 gets the first of the list."""
    if number == 0:
        return names[0]
    turn, place = divmod(number - 1, len(names))
    return names[int(_chance(seed, 1_000_000 + turn).permutation(len(names))[place])]


def _finished(job: Job, shot: Shot, picture: "Array", rendition: str, most: float, view: View | None) -> Drawn:
    """Cropped, aged and encoded; the training picture is left as taken."""
    import numpy as np

    from .draw.finish import FINISHES, choose_finish, cropped, jpeg

    random = _chance(job.seed, 2_000_000 + shot.number)
    finish, zoom = "as taken", 1.0
    if shot.number:
        picture, zoom = cropped(np.clip(picture, 0, 1), random, most)
        finish = choose_finish(random)
        picture = FINISHES[finish](picture, random)
    return Drawn(shot.slot, _meta(rendition, finish, zoom, view), jpeg(picture))


def _parts(job: Job, appearance: Appearance) -> Iterator[Drawn]:
    from ..portraits.sitter import Sitter
    from .draw.canvas import as_image
    from .draw.people import cutout, group_setting, sitting_look

    sitter = Sitter(sitting_look(appearance, job.shots[0].sitting))
    for shot, light in zip(job.shots, job.lit_by, strict=True):
        setting = group_setting(appearance, light, shot.number)
        file = BytesIO()
        as_image(cutout(sitter, setting, job.size)).save(file, "PNG", compress_level=6)
        yield Drawn(shot.slot, {}, file.getvalue())


def _meta(rendition: str, finish: str, zoom: float, view: View | None = None) -> dict[str, object]:
    setting = json.dumps(view.model_dump()) if view else ""
    return {"rendition": rendition, "finish": finish, "zoom": zoom, "setting": setting}


def _chance(seed: int, number: int) -> "np.random.Generator":
    import numpy as np

    return np.random.default_rng([89, seed, number])
