from io import BytesIO

import numpy as np
from mllmu.builder.portraits.sheet import as_png, contact_sheet
from PIL import Image


def picture(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 64), colour).save(file, "JPEG")
    return file.getvalue()


def test_pictures_stand_in_rows_with_labels():
    page = contact_sheet(
        [(picture("red"), "Ada, 34, Malta"), (picture("blue"), ""), (picture("green"), "x" * 200)], 2, 100
    )
    assert page.width == 2 * 106 + 6
    assert np.asarray(page)[56, 56, 0] > 200
    assert np.asarray(page)[56, 162, 2] > 200
    assert Image.open(BytesIO(as_png(page))).format == "PNG"


def test_no_labels_no_room():
    items = [(picture("red"), "")]
    assert contact_sheet(items, 4, 100).height < contact_sheet([(items[0][0], "a")], 4, 100).height


def test_nobody():
    assert contact_sheet([], 4).height > 0


def test_accents_are_left_off_because_the_font_has_none():
    red = picture("red")
    accented = contact_sheet([(red, "Łucja Ángel, Türkiye")], 1, 150)
    assert accented.tobytes() == contact_sheet([(red, "Lucja Angel, Turkiye")], 1, 150).tobytes()
    assert accented.tobytes() != contact_sheet([(red, "Lucja Angel, Turkiy")], 1, 150).tobytes()
