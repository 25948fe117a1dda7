import sqlite3

import pytest
from mllmu.builder.ledger import Ledger, Work, ledger_path
from mllmu.errors import MllmuError, UsageError

WORK = Work("001/0", "key", {"yaw": 1.5}, b"picture")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "bench"


def test_what_is_recorded_is_there_after_reopening(folder):
    with Ledger(folder) as ledger:
        ledger.record("picture", [WORK])
    with Ledger(folder) as ledger:
        assert ledger.get("picture", "001/0") == WORK
        assert ledger.has("picture", {"001/0": "key", "002/0": "key"}) == {"001/0"}


def test_another_key_is_not_the_same_work(folder):
    with Ledger(folder) as ledger:
        ledger.record("picture", [WORK])
        assert ledger.has("picture", {"001/0": "another"}) == set()


def test_fresh_throws_away(folder):
    with Ledger(folder) as ledger:
        ledger.record("picture", [WORK])
    with Ledger(folder, fresh=True) as ledger:
        assert ledger.get("picture", "001/0") is None


@pytest.mark.parametrize("change", ["data = x'00'", "meta = '{}'", "meta = 'no JSON'", "key = 'other'"])
def test_a_hand_edited_row_is_not_believed(folder, change):
    with Ledger(folder) as ledger:
        ledger.record("picture", [WORK])
    with sqlite3.connect(ledger_path(folder)) as db:
        db.execute(f"UPDATE work SET {change}")
    db.close()
    with Ledger(folder) as ledger:
        assert ledger.get("picture", "001/0") is None


def test_changed_settings_are_refused_by_name(folder):
    with Ledger(folder) as ledger:
        ledger.agree_on({"n": 20, "seed": 0})
    with Ledger(folder) as ledger:
        ledger.agree_on({"n": 20, "seed": 0})
        with pytest.raises(UsageError, match=r"seed \(was 0, now 1\)"):
            ledger.agree_on({"n": 20, "seed": 1})


def test_a_second_build_is_refused(folder):
    with Ledger(folder), pytest.raises(MllmuError, match="another build is at work"):
        Ledger(folder)
    with Ledger(folder):
        pass  # and the refusal left no lock behind


@pytest.mark.parametrize(
    "content", [b"this is no database, whatever its name says" * 50, b"SQLite format 3\0" + b"x" * 4000]
)
def test_a_file_that_is_no_ledger_is_refused_and_kept(folder, content):
    ledger_path(folder).write_bytes(content)
    with pytest.raises(MllmuError, match="damaged or not a ledger"):
        Ledger(folder)
    assert ledger_path(folder).read_bytes() == content


def test_a_cut_ledger_is_one_line(folder):
    with Ledger(folder) as ledger:
        ledger.record("picture", [Work(f"{i}", "key", {}, bytes(4000)) for i in range(200)])
    path = ledger_path(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def read_all():
        with Ledger(folder) as ledger:
            for i in range(200):
                ledger.get("picture", f"{i}")

    with pytest.raises(MllmuError, match="--fresh"):
        read_all()
