from io import BytesIO
from pathlib import Path

import pytest
from mllmu.builder.checks.base import CheckResult
from mllmu.builder.generate import generate
from mllmu.builder.portraits import face_files, get_source
from mllmu.builder.reader import Release
from mllmu.builder.settings import make_settings
from mllmu.errors import MllmuError, UsageError
from PIL import Image
from portrait_people import sittings


@pytest.fixture
def no_detector(monkeypatch):
    monkeypatch.setattr(face_files, "find_spec", lambda name: None)


def save(path: Path, colour: str, size: tuple[int, int] = (300, 400)) -> None:
    Image.new("RGB", size, colour).save(path)


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    for name, colour in (
        ("female_30_a", "red"),
        ("male_22_b", "blue"),
        ("male_60_c", "green"),
        ("female_70_d", "white"),
    ):
        save(tmp_path / f"{name}.jpg", colour)
        for k in (1, 2):
            save(tmp_path / f"{name}_pose{k}.png", colour)
    return tmp_path


def middle(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        assert image.size == (256, 256)
        return image.convert("RGB").resize((1, 1), box=(128, 128, 129, 129)).tobytes()


def test_faces_go_to_people_of_their_sex_and_age(faces, no_detector):
    people = sittings(4)  # male 20, female 27, male 34, female 41
    drawn = dict(get_source("folder", faces=faces).draw(people, 2))
    assert all(len(pictures) == 3 for pictures in drawn.values())
    blue, red, green, white = (middle(drawn[p.id][0].data) for p in people)
    assert blue[2] > 200 > blue[0]
    assert red[0] > 200 > red[1]
    assert green[1] > 100 > green[0]
    assert min(white) > 200
    assert drawn == dict(get_source("folder", faces=faces).draw(people, 2))
    assert drawn["000"][0].view is None


def test_csv_outranks_the_name(faces, no_detector):
    (faces / "faces.csv").write_text("file,sex,age\nfemale_30_a.jpg,female,80\n")
    drawn = dict(get_source("folder", faces=faces).draw(sittings(2), 0))
    assert min(middle(drawn["001"][0].data)) > 200


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("file,sex\na.jpg,male\n", "no column"),
        ("file,sex,age\na.jpg,man,3\n", "female, male or empty"),
        ("file,sex,age\na.jpg,male,x\n", "cannot read"),
    ],
)
def test_wrong_csv_is_told(faces, rows, message):
    (faces / "faces.csv").write_text(rows)
    with pytest.raises(UsageError, match=message):
        get_source("folder", faces=faces)


def test_too_few_faces_or_poses_are_told(faces, no_detector):
    with pytest.raises(UsageError, match="no male face left"):
        list(get_source("folder", faces=faces).draw(sittings(6), 0))
    with pytest.raises(UsageError, match="_pose3"):
        list(get_source("folder", faces=faces).draw(sittings(2), 3))


def test_too_few_poses_are_told_before_anybody_is_drawn(faces, no_detector):
    (faces / "female_70_d_pose2.png").unlink()  # the fourth person's
    with pytest.raises(UsageError, match="female_70_d_pose2"):
        next(get_source("folder", faces=faces).draw(sittings(4), 2))


def test_other_files_are_another_version(faces):
    version = get_source("folder", faces=faces).version
    assert get_source("folder", faces=faces).version == version
    save(faces / "female_30_a.jpg", "black")
    assert get_source("folder", faces=faces).version != version


def build(out: Path, faces: Path) -> list[CheckResult]:
    """The checks of a build of twenty people with these faces; none if it stood there already."""
    values = {"n": 20, "portraits": "folder", "faces": str(faces), "views": 1, "celebrities": "none"}
    return generate(make_settings(values), out / "bench").checks


def test_a_face_that_will_not_do_is_replaced_and_the_build_goes_on(tmp_path, no_detector):
    faces = tmp_path / "faces"
    faces.mkdir()
    for k in range(20):
        save(faces / f"{k:02d}.jpg", "red")
        save(faces / f"{k:02d}_pose1.jpg", "red", (90, 90) if k == 15 else (300, 300))
    with pytest.raises(MllmuError, match="too small"):
        build(tmp_path, faces)
    for k in range(20):
        save(faces / f"{k:02d}.jpg", "blue")
        save(faces / f"{k:02d}_pose1.jpg", "blue")
    assert build(tmp_path, faces)
    for person in Release(tmp_path / "bench").rows("profiles"):
        assert middle(person["image"]["bytes"])[2] > 200  # none of the old ones
    assert not build(tmp_path, faces)
    save(faces / "15.jpg", "white")
    with pytest.raises(UsageError, match=r"faces \(was 'faces "):
        build(tmp_path, faces)


def test_a_table_that_speaks_of_nobody_here_is_told(faces):
    (faces / "faces.csv").write_text("file,sex,age\nFEMALE_30_A.jpg,female,80\n")
    with pytest.raises(UsageError, match=r"speaks of 'FEMALE_30_A\.jpg', and .* has no picture of that name"):
        get_source("folder", faces=faces)


def test_a_table_as_excel_saves_it_is_read(faces, no_detector):
    (faces / "faces.csv").write_text("file,sex,age\nfemale_30_a.jpg,female,80\n", encoding="utf-8-sig")
    drawn = dict(get_source("folder", faces=faces).draw(sittings(2), 0))
    assert min(middle(drawn["001"][0].data)) > 200


def test_hidden_files_are_nobody(faces):
    before = face_files.find_faces(faces)
    (faces / "._female_30_a.jpg").write_bytes(b"what macOS leaves")
    assert face_files.find_faces(faces) == before


def test_another_cut_is_another_version(faces, monkeypatch):
    versions = set()
    for found in (None, object()):
        monkeypatch.setattr(face_files, "find_spec", lambda name, found=found: found)
        versions.add(get_source("folder", faces=faces).version)
    assert len(versions) == 2


def test_folder_is_needed_and_must_hold_pictures(tmp_path):
    with pytest.raises(UsageError, match="--faces DIR"):
        get_source("folder")
    with pytest.raises(UsageError, match="no pictures"):
        get_source("folder", faces=tmp_path)
    with pytest.raises(UsageError, match="cannot read"):
        get_source("folder", faces=tmp_path / "nowhere")


def test_broken_and_small_pictures_are_told(tmp_path, no_detector):
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(MllmuError, match="not a picture"):
        face_files.load_square(tmp_path / "a.jpg", 256)
    save(tmp_path / "b.png", "red", (90, 90))
    with pytest.raises(MllmuError, match="too small"):
        face_files.load_square(tmp_path / "b.png", 256)


def test_a_picture_without_a_face_is_told(tmp_path):
    pytest.importorskip("yuface")
    save(tmp_path / "wall.png", "grey", (400, 400))
    with pytest.raises(MllmuError, match="no face"):
        face_files.load_square(tmp_path / "wall.png", 256)
