"""Pictures that others made: read as they are meant to be seen, or refused in a line."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from mllmu.builder.checks.support.pixels import look
from mllmu.errors import UsageError
from mllmu.image_files import fault, read_upright
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side: int = 64) -> bytes:
    file = BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(file, "PNG")
    return file.getvalue()


def jpeg() -> bytes:
    file = BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def header(side: int) -> bytes:
    """A PNG that says it is huge, in a few bytes."""
    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def long_text() -> bytes:
    """A PNG with a text chunk that unpacks to more than Pillow takes."""
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 70_000_000, 9))
    return png().replace(b"\0\0\0\0IEND", text + b"\0\0\0\0IEND")


def renamed_chunk() -> bytes:
    """A PNG whose pictures' data end with the first chunk."""
    first, rest = png(400).split(b"IDAT", 1)
    return first + b"IDAT" + rest.replace(b"IDAT", b"ID\0T")


BROKEN = {
    "empty": b"",
    "no picture": b"<html>",
    "a cut jpeg": jpeg()[:900],
    "a cut png": png()[:900],
    "a renamed chunk": renamed_chunk(),
    "a huge header": header(20_000),
    "a long text": long_text(),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_whatever_is_wrong_is_a_line(tmp_path, data):
    assert fault(data)
    seen = look({"bytes": data}, 64)
    assert seen.fault
    assert seen.thumbnail is None
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(UsageError, match=r"a.png is (not a picture|\d+ x)") as error:
        read_upright(tmp_path / "a.png")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("data", [png(), jpeg()])
def test_what_decodes_has_no_fault(data):
    assert fault(data) == ""


def test_a_picture_too_large_to_be_meant_is_refused_before_it_is_decoded(tmp_path):
    (tmp_path / "a.png").write_bytes(header(9_000))
    with pytest.raises(UsageError, match="9000 x 9000 pixels; 8192 a side is the most"):
        read_upright(tmp_path / "a.png")


def test_what_is_transparent_is_white(tmp_path):
    shape = Image.new("RGBA", (64, 64), (255, 0, 0, 0))  # red, where nobody sees it
    shape.paste((0, 0, 255, 255), (0, 0, 32, 64))
    shape.save(tmp_path / "a.png")
    pixels = np.asarray(read_upright(tmp_path / "a.png"))
    assert (pixels[0, 0] == (0, 0, 255)).all()
    assert (pixels[0, 63] == 255).all()


def test_more_than_eight_bits_are_refused_not_burnt_out(tmp_path):
    ramp = np.linspace(0, 65535, 64 * 64).astype(np.uint16).reshape(64, 64)
    Image.fromarray(ramp).save(tmp_path / "a.png")
    with pytest.raises(UsageError, match="Save it with 8 bits a channel"):
        read_upright(tmp_path / "a.png")


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "LA", "1"])
def test_any_other_mode_is_rgb(tmp_path, mode):
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.effect_noise((64, 64), 80).convert(mode).save(path)
    assert read_upright(path).mode == "RGB"
