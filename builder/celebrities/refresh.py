"""`celebrities refresh`: the table beside Wikidata today, and a free picture of everybody whom Commons has one of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ...schemas.celebrity import PictureCredit
from ..files import write_whole
from ..progress import Progress
from . import commons, wikidata
from .differences import Difference, differences, ours
from .faces import read_credits, write_credits
from .record import Record
from .web import UnreachableError, Web
from .wikidata import Item

T = TypeVar("T")


@dataclass
class Refreshed:
    """What a refresh found. Everybody in the table is in exactly one of `read`, `unknown` and `unread`."""

    read: list[str] = field(default_factory=list)
    """Ids of people whose facts were compared."""
    unknown: list[str] = field(default_factory=list)
    """People without a Wikidata id, and for whom none could be found with certainty."""
    unread: dict[str, str] = field(default_factory=dict)
    """People whose facts could not be read, and why."""
    found_ids: dict[str, str] = field(default_factory=dict)
    """Wikidata ids that the table lacks."""
    facts: int = 0
    """Facts compared."""
    differences: list[Difference] = field(default_factory=list)
    credits: dict[str, PictureCredit] = field(default_factory=dict)
    """The pictures now in the folder."""
    no_picture: dict[str, str] = field(default_factory=dict)
    """People of whom there is no free picture, and why."""
    unfetched: dict[str, str] = field(default_factory=dict)
    """People whose picture could not be had this time, and why."""

    @property
    def complete(self) -> bool:
        """Whether everything that the services have was read."""
        return not self.unread and not self.unfetched


def refresh(records: Sequence[Record], out: Path | None, web: Web, progress: Progress) -> Refreshed:
    """Compare every fact with Wikidata and put free pictures into `out` (no pictures when it is None).

    A service that fails costs the people it was asked about, who are named in the result, and nobody else.
    What was read is in the web's cache, so that calling this again asks only for the rest.
    """
    result = Refreshed()
    items = _read_items(records, web, result, progress)
    for record in records:
        if record.id in items:
            result.read.append(record.id)
            result.facts += len(ours(record))
            result.differences += differences(record, items[record.id])
    if out is not None:
        _read_pictures(items, out, web, result, progress)
    return result


def _read_items(records: Sequence[Record], web: Web, result: Refreshed, progress: Progress) -> dict[str, Item]:
    ids = {record.id: record.wikidata for record in records if record.wikidata}
    for batch in _batches([record for record in records if not record.wikidata], wikidata.BATCH):
        try:
            result.found_ids |= wikidata.find_ids(web, batch)
        except UnreachableError as error:
            result.unread |= {record.id: str(error) for record in batch}
    ids |= result.found_ids
    result.unknown = [r.id for r in records if r.id not in ids and r.id not in result.unread]
    items: dict[str, Item] = {}
    with progress.bar("facts", len(ids), "people") as bar:
        for batch in _batches(sorted(ids), wikidata.BATCH):
            try:
                found = wikidata.items(web, [ids[person] for person in batch])
                items |= {person: found[ids[person]] for person in batch}
            except UnreachableError as error:
                result.unread |= {person: str(error) for person in batch}
            bar.update(len(batch))
    return items


def _read_pictures(items: dict[str, Item], out: Path, web: Web, result: Refreshed, progress: Progress) -> None:
    out.mkdir(parents=True, exist_ok=True)
    # Pictures of an earlier refresh keep their credits, whatever happens to them in this one.
    result.credits = {Path(name).stem: credit for name, credit in read_credits(out).items() if (out / name).exists()}
    files = {person: item.facts["picture"][0] for person, item in items.items() if item.facts.get("picture")}
    result.no_picture = {person: "Wikidata names no picture" for person in items if person not in files}
    with progress.bar("pictures", len(files), "pictures") as bar:
        for batch in _batches(sorted(files), commons.BATCH):
            try:
                offered = commons.offers(web, [files[person] for person in batch])
            except UnreachableError as error:
                result.unfetched |= {person: str(error) for person in batch}
                bar.update(len(batch))
                continue
            for person in batch:
                _read_picture(person, offered.get(files[person]), out, web, result)
                bar.update()


def _read_picture(person: str, offer: commons.Offer | None, out: Path, web: Web, result: Refreshed) -> None:
    """One picture and its line in the credits; the credits are written after each, so none is ever without."""
    if offer is None:
        result.no_picture[person] = "Commons does not have the file that Wikidata names"
    elif not offer.free:
        result.no_picture[person] = f"not free to use: licence {offer.license!r} by {offer.author!r}"
    else:
        try:
            data = commons.picture(web, offer)
        except UnreachableError as error:
            result.unfetched[person] = str(error)
            return
        name = f"{person}.jpg"
        credit = PictureCredit(file=name, author=offer.author, license=offer.license, url=offer.page)
        result.credits[person] = credit
        write_credits(out, list(result.credits.values()))
        write_whole(out / name, _as_jpeg(data))


def _as_jpeg(data: bytes) -> bytes:
    """The picture in the one format of the folder; a JPEG stays as it is."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if image.format == "JPEG":
            return data
        file = io.BytesIO()
        image.convert("RGB").save(file, "JPEG", quality=95)
        return file.getvalue()


def _batches(things: Sequence[T], size: int) -> list[Sequence[T]]:
    return [things[start : start + size] for start in range(0, len(things), size)]
