"""Stand-ins that say so, and the user's own pictures."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from mllmu.builder.celebrities import Faces, load_celebrities, person_for_stand_in, stand_in
from mllmu.builder.celebrities.faces import read_face, write_credits
from mllmu.builder.celebrities.standin import BAND
from mllmu.errors import UsageError
from mllmu.schemas.celebrity import PictureCredit
from mllmu.schemas.picture import Picture, View
from PIL import Image

PEOPLE = load_celebrities()
CURIE = next(person for person in PEOPLE if person.facts.name == "Marie Curie")
KAHLO = next(person for person in PEOPLE if person.facts.name == "Frida Kahlo")


def jpeg(size: tuple[int, int] = (256, 256), colour: tuple[int, int, int] = (120, 140, 160)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", quality=95)
    return file.getvalue()


def pixels(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


@pytest.mark.parametrize("size", [256, 512])
def test_a_stand_in_carries_a_band_with_writing_and_its_face_is_untouched(size):
    view = View(yaw=0, pitch=0, roll=0, expression="neutral", light="soft front", background="studio grey")
    before = Picture(data=jpeg((size, size)), view=view)
    after = stand_in(CURIE, before)
    assert after.view == view
    old, new = pixels(before.data), pixels(after.data)
    top = round(size * (1 - BAND))
    assert new.shape == old.shape
    assert np.abs(new[: top - 8] - old[: top - 8]).max() <= 3
    band = new[top + 8 :]
    dark, light = (band.max(axis=2) < 60).mean(), (band.max(axis=2) > 180).mean()
    assert dark > 0.5, "the band is dark"
    assert 0.04 < light < 0.4, "and written on in light letters"
    # Letters change from dark to light often along a line, a plain stripe would not.
    changes = np.abs(np.diff(band.max(axis=2), axis=1)) > 60
    assert changes.sum(axis=1).max() > 30


def test_the_band_is_the_same_every_time_and_names_nobody():
    a, b = stand_in(CURIE, Picture(data=jpeg())), stand_in(CURIE, Picture(data=jpeg()))
    assert a == b
    assert b"Curie" not in a.data


def test_a_stand_in_is_no_attempt_at_likeness():
    """Nothing but the sex follows the person: age and ancestry are drawn, alike for people from anywhere."""
    drawn = {person.id: person_for_stand_in(person, 0) for person in PEOPLE}
    assert all(drawn[person.id].sex == person.facts.gender for person in PEOPLE)
    assert len({look.face_seed for look in drawn.values()}) == 153
    leaning = Counter(max(look.ancestry.model_dump().items(), key=lambda kv: kv[1])[0] for look in drawn.values())
    assert all(count > 30 for count in leaning.values()), leaning
    renamed = CURIE.model_copy(update={"facts": KAHLO.facts})
    assert person_for_stand_in(renamed, 0) == person_for_stand_in(CURIE, 0)
    assert person_for_stand_in(CURIE, 0) != person_for_stand_in(CURIE, 1)


def put(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", [f"{CURIE.id}.jpg", f"{CURIE.id.lower()}.JPEG", "Marie Curie.jpg", "marie_curie.jpg"])
def test_a_picture_is_found_by_id_or_name(tmp_path, name):
    faces = Faces(put(tmp_path, name, jpeg((300, 500))), PEOPLE)
    assert len(faces) == 1
    picture = faces.picture(CURIE, 256)
    assert picture is not None
    assert pixels(picture.data).shape == (256, 256, 3)
    assert faces.picture(KAHLO, 256) is None
    assert faces.credit(CURIE) is None


def test_a_credit_goes_with_its_picture(tmp_path):
    credit = PictureCredit(file=f"{CURIE.id}.jpg", author="A\tB", license="CC0", url="https://example.org/p")
    put(tmp_path, credit.file, jpeg((300, 300)))
    write_credits(tmp_path, [credit])
    faces = Faces(tmp_path, PEOPLE)
    assert faces.credit(CURIE) == credit.model_copy(update={"author": "A B"})
    assert faces.credit(KAHLO) is None


def test_a_picture_stands_upright(tmp_path):
    image = Image.new("RGB", (200, 200))
    image.paste((255, 255, 255), (0, 0, 100, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter: what is left in the file is up in the picture
    image.save(tmp_path / "a.jpg", exif=exif)
    shown = pixels(read_face(tmp_path / "a.jpg", 256).data)
    assert shown[:100].mean() > 240
    assert shown[156:].mean() < 15


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"Marie Curry.jpg": jpeg()}, "no celebrity in the table. Did you mean 'marie curie'"),
        ({"xyz.jpg": jpeg()}, "Call it by an id"),
        ({f"{CURIE.id}.jpg": jpeg(), "Marie Curie.png": jpeg()}, "are both pictures of"),
        ({f"{CURIE.id}.jpg": jpeg()[:300]}, "is not a picture that can be read"),
        ({f"{CURIE.id}.jpg": b"<html>"}, "is not a picture that can be read"),
        ({f"{CURIE.id}.jpg": jpeg((400, 90))}, "400 x 90 pixels; the shorter side must be 128"),
        ({f"{CURIE.id}.jpg": jpeg(), "credits.tsv": b"file\twho\nx\ty\n"}, "is not a table of credits"),
    ],
)
def test_a_picture_that_cannot_be_used_is_told_by_file(tmp_path, files, says):
    for name, data in files.items():
        put(tmp_path, name, data)
    with pytest.raises(UsageError) as error:
        Faces(tmp_path, PEOPLE).picture(CURIE, 256)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="is no folder"):
        Faces(tmp_path / "none", PEOPLE)


def test_what_is_no_picture_is_left_alone(tmp_path):
    put(tmp_path, "notes.txt", b"hello")
    put(tmp_path, ".hidden.jpg", b"")
    assert len(Faces(tmp_path, PEOPLE)) == 0
