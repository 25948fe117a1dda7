import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from mllmu.builder.portraits import get_source
from mllmu.builder.portraits.rendered import draw_person
from mllmu.builder.portraits.workers import ordered_map, processors
from mllmu.errors import MllmuError, UsageError
from PIL import Image
from portrait_people import look, sittings


def pixels(data: bytes) -> np.ndarray:
    with Image.open(BytesIO(data)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"), float)


@pytest.fixture(scope="module")
def drawn() -> list:
    return list(get_source("rendered").draw(sittings(2), 1))


def test_people_come_in_order_with_portrait_and_views(drawn):
    assert [name for name, _ in drawn] == ["000", "001"]
    for _, pictures in drawn:
        assert len(pictures) == 2
        assert all(pixels(p.data).shape == (256, 256, 3) for p in pictures)
        assert all(p.view is not None for p in pictures)


def test_same_bytes_in_this_process_and_in_any_order(drawn):
    for sitting, (name, pictures) in reversed(list(zip(sittings(2), drawn, strict=True))):
        again = draw_person((sitting.id, sitting.appearance), 1, 256)
        assert again == (name, pictures)


def test_other_seed_other_face(drawn):
    first = pixels(drawn[0][1][0].data)
    other = pixels(draw_person(("x", look(0, face_seed=99)), 0, 256)[1][0].data)
    assert np.abs(first - other).mean() > 5


def test_head_fills_the_frame_and_nothing_is_black_or_burnt(drawn):
    for _, pictures in drawn:
        for picture in pictures:
            image = pixels(picture.data)
            assert 40 < image.mean() < 215
            assert (image.min(2) >= 252).mean() < 0.02
            face = image[96:150, 104:152]
            assert face.std() > 8


def test_skin_is_darker_with_african_ancestry_than_with_european():
    from mllmu.builder.portraits.head.traits import traits
    from mllmu.schemas.appearance import Ancestry

    dark = [traits(look(k, ancestry=Ancestry(african=1, asian=0, european=0))).tone.mean() for k in range(8)]
    fair = [traits(look(k, ancestry=Ancestry(african=0, asian=0, european=1))).tone.mean() for k in range(8)]
    assert max(dark) < min(fair)


def test_sizes_above_the_default():
    image = pixels(draw_person(("x", look(2)), 0, 400)[1][0].data)
    assert image.shape == (400, 400, 3)


def test_source_is_lazy(monkeypatch):
    monkeypatch.setenv("MLLMU_WORKERS", "1")
    taken = []

    def people():
        for sitting in sittings(40):
            taken.append(sitting.id)
            yield sitting

    stream = get_source("rendered").draw(people(), 0)
    assert not taken
    next(stream)
    assert len(taken) <= 4
    stream.close()


def die(job: int) -> int:
    os._exit(9)


def test_dead_worker_is_an_error_of_two_lines():
    with pytest.raises(MllmuError, match=r"Run the same command again to go on; MLLMU_WORKERS=\d+ before it"):
        list(ordered_map(die, [1, 2, 3]))


@pytest.mark.parametrize(("given", "count"), [("1", 1), ("3", 3), ("500", 61)])
def test_a_variable_says_how_many_draw(monkeypatch, given, count):
    monkeypatch.setenv("MLLMU_WORKERS", given)
    assert processors() == count


@pytest.mark.parametrize("given", ["0", "-1", "two"])
def test_a_variable_that_is_no_number_is_refused(monkeypatch, given):
    monkeypatch.setenv("MLLMU_WORKERS", given)
    with pytest.raises(UsageError, match="must be a number of processes"):
        processors()


def test_killed_parent_leaves_no_worker(tmp_path: Path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, time\n"
        "from mllmu.builder.portraits.workers import ordered_map\n"
        "def slow(path):\n    open(path, 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
        f"if __name__ == '__main__':\n    list(ordered_map(slow, [{str(tmp_path / 'pid')!r}]))\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)])
    for _ in range(200):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            break
        time.sleep(0.05)
    worker = int((tmp_path / "pid").read_text())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(100):
        stat = Path(f"/proc/{worker}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its parent by five seconds")


def test_unknown_source_names_the_nearest():
    with pytest.raises(UsageError, match="Did you mean 'rendered'"):
        get_source("renderd")


def test_faces_are_refused_by_a_source_that_would_not_use_them(tmp_path: Path):
    with pytest.raises(UsageError, match="Did you mean portraits = folder"):
        get_source("rendered", faces=tmp_path)


def test_none_draws_nobody():
    assert list(get_source("none").draw(sittings(2), 3)) == [("000", []), ("001", [])]
