"""Makes docs/contact_sheet.jpg and docs/poses_sheet.jpg from the people that `mllmu-build generate --seed 0` draws.

    cd /tmp && python /path/to/tools/make_docs_pictures.py

The first 24 people by ID with name, age and country; the first 12 of them with their three views. Nobody is chosen.
A minute on one core.
"""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mllmu.builder.cast import Cast
from mllmu.builder.celebrity_set import CelebritySet
from mllmu.builder.population import Population
from mllmu.builder.portraits import get_source
from mllmu.builder.portraits.sheet import contact_sheet
from mllmu.builder.settings import Settings
from mllmu.schemas.person import REFERENCE_DATE, Person
from mllmu.schemas.picture import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

DOCS = Path(__file__).parent.parent / "docs"
PEOPLE, POSED, COLUMNS, SIDE = 24, 12, 8, 150
SETTINGS = Settings(n=500, seed=0)


def label(person: Person) -> str:
    """Name, age, country."""
    born, home = person.facts.date_of_birth, person.facts.residence
    return f"{person.facts.name}, {REFERENCE_DATE.year - born.year}, {home.country}"


def turned(picture: Picture) -> str:
    """How the head is turned."""
    view = picture.view
    return f"yaw {view.yaw:+.0f}°, pitch {view.pitch:+.0f}°" if view else ""


def save(page: "Image", name: str) -> None:
    """As a JPEG small enough for a README."""
    page.save(DOCS / name, "JPEG", quality=88, subsampling=0, optimize=True)


def main() -> None:
    people = Population(SETTINGS.n, SETTINGS.seed, CelebritySet(SETTINGS).blocked_names())
    shown = list(islice(Cast(people, SETTINGS.seed), PEOPLE))
    source = get_source(SETTINGS.portraits, **SETTINGS.portrait_options())
    drawn = list(source.draw(shown[:POSED], SETTINGS.views)) + list(source.draw(shown[POSED:], 0))
    portraits = [(pictures[0].data, label(person)) for person, (_, pictures) in zip(shown, drawn, strict=True)]
    views = [(picture.data, turned(picture)) for _, pictures in drawn[:POSED] for picture in pictures]
    save(contact_sheet(portraits, COLUMNS, SIDE), "contact_sheet.jpg")
    save(contact_sheet(views, COLUMNS, SIDE), "poses_sheet.jpg")


if __name__ == "__main__":
    main()
