"""`mllmu-build preview`: what stands under the portraits."""

import pytest
from click.testing import CliRunner
from mllmu.builder.commands.preview import command
from mllmu.builder.portraits import sheet
from mllmu.builder.reader import Release
from mllmu.builder.rows import facts_of
from mllmu.errors import MllmuError
from mllmu.schemas.person import REFERENCE_DATE


def test_people_are_as_old_as_the_release_says(make_release, tmp_path, monkeypatch):
    """Whoever has the birthday after the reference date is a year younger than the years alone say."""
    pages = []

    def contact_sheet(items, columns):
        pages.append([label for _, label in items])
        return draw(items, columns)

    draw = sheet.contact_sheet
    monkeypatch.setattr(sheet, "contact_sheet", contact_sheet)
    folder = make_release(n=20)
    done = CliRunner().invoke(command, [str(folder), "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    people = [facts_of(row)[0] for row in Release(folder).rows("profiles")]
    ages = [int((REFERENCE_DATE - person.date_of_birth).days / 365.2425) for person in people]
    assert [label.split(", ")[1] for label in pages[0]] == [str(age) for age in ages]
    assert any(REFERENCE_DATE.year - person.date_of_birth.year > age for person, age in zip(people, ages, strict=True))


def test_a_folder_that_cannot_be_written_is_a_line(make_release, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(MllmuError, match=r"cannot write .*taken"):
        CliRunner().invoke(command, [str(make_release(n=20)), "--out", str(tmp_path / "taken")], catch_exceptions=False)


def test_a_picture_that_does_not_decode_is_a_patch():
    page = sheet.contact_sheet([(b"", "a"), (b"\x89PNG\r\n\x1a\n", "b")], columns=2, side=64)
    assert page.getpixel((sheet.GAP + 32, sheet.GAP + 32)) == sheet.BROKEN
