import re

import pytest
from mllmu.builder.settings import Settings, make_settings, read_config
from mllmu.errors import UsageError


def config(tmp_path, text):
    path = tmp_path / "build.toml"
    path.write_text(text)
    return path


def test_a_config_file_sets_what_it_names(tmp_path):
    values = read_config(config(tmp_path, 'n = 40\nportraits = "none"\n'))
    assert make_settings(values) == Settings(n=40, portraits="none")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seeed = 1", "Did you mean 'seed'"),
        ("xyzzy = 1", "Known: name, n, seed"),
        ("n = ", "not valid TOML"),
        ("n = 40\n\xff", "cannot read"),
    ],
)
def test_a_broken_config_is_one_line(tmp_path, text, message):
    path = tmp_path / "build.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=message) as caught:
        read_config(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "values", [{"n": 19}, {"n": 50_001}, {"n": "many"}, {"seed": -1}, {"views": 0}, {"name": "a b"}]
)
def test_a_value_out_of_range_is_named(values):
    with pytest.raises(UsageError, match=f"setting {next(iter(values))} = "):
        make_settings(values)


def test_paths_are_not_recorded(tmp_path):
    """A release must not tell where its maker keeps files."""
    faces = tmp_path / "my faces"
    faces.mkdir()
    recorded = Settings(faces=str(faces)).recorded()
    assert re.fullmatch("my faces [0-9a-f]{12}", recorded["faces"])


def test_what_is_in_the_files_is_recorded(tmp_path):
    faces, table = tmp_path / "faces", tmp_path / "mine.tsv"
    faces.mkdir()

    def recorded():
        values = Settings(celebrity_faces=str(faces), celebrities=str(table)).recorded()
        return values["celebrity_faces"], values["celebrities"]

    (faces / "C001.jpg").write_bytes(b"a picture")
    table.write_text("a table")
    first = recorded()
    (faces / "notes.txt").write_text("nobody reads this")
    assert recorded() == first
    (faces / "C001.jpg").rename(faces / "C002.jpg")
    renamed = recorded()
    (faces / "C002.jpg").write_bytes(b"another")
    table.write_text("another table")
    other = recorded()
    assert len({first[0], renamed[0], other[0]}) == 3
    assert first[1] != other[1]
    table.unlink()
    with pytest.raises(UsageError, match=r"cannot read the celebrities .*mine.tsv: No such file"):
        recorded()


def test_the_defaults_are_recorded_as_they_are():
    assert {k: v for k, v in Settings().recorded().items() if k in ("faces", "celebrities", "celebrity_faces")} == {
        "faces": None,
        "celebrities": "default",
        "celebrity_faces": None,
    }


def test_faces_of_celebrities_need_pictures():
    with pytest.raises(UsageError, match="celebrity_faces needs portraits"):
        make_settings({"portraits": "none", "celebrity_faces": "faces"})
