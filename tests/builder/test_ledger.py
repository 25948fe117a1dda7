import sqlite3

import pytest
from mllmu.builder.ledger import Ledger, Work, is_redone, ledger_path
from mllmu.builder.llm.calls import Calls, Request, Usage
from mllmu.errors import MllmuError, UsageError

SETTINGS = {"n": 20, "seed": 0, "model": "right", "faces": "mine 0"}
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


def begin(folder, settings=SETTINGS, fresh=False, may_change=()):
    """A build that is killed after its first picture; what was on record before that."""
    with Ledger(folder, fresh=fresh) as ledger:
        ledger.agree_on(settings, may_change)
        before = ledger.get("picture", "001/0")
        ledger.record("picture", [WORK])
        return before


def test_fresh_throws_away(folder):
    begin(folder)
    assert begin(folder, fresh=True) is None


def test_a_build_that_fresh_began_goes_on_until_its_release_stands(folder):
    begin(folder)
    assert not is_redone(folder, SETTINGS)
    begin(folder, fresh=True)
    assert is_redone(folder, SETTINGS)
    assert not is_redone(folder, {**SETTINGS, "seed": 1})
    assert begin(folder, fresh=True) == WORK
    assert begin(folder) == WORK
    assert begin(folder, {**SETTINGS, "n": 21}, fresh=True, may_change=("n",)) == WORK
    assert begin(folder, SETTINGS, fresh=True) is None  # n may not change
    with Ledger(folder) as ledger:
        ledger.finish()
    assert not is_redone(folder, SETTINGS)
    assert begin(folder, fresh=True) is None


def test_looking_for_a_build_leaves_nothing(folder):
    assert not is_redone(folder, SETTINGS)
    assert not list(folder.parent.iterdir())
    begin(folder)
    before = sorted(folder.parent.iterdir())
    is_redone(folder, SETTINGS)
    assert sorted(folder.parent.iterdir()) == before


@pytest.mark.parametrize("change", ["data = x'00'", "meta = '{}'", "meta = 'no JSON'", "key = 'other'"])
def test_a_hand_edited_row_is_not_believed(folder, change):
    with Ledger(folder) as ledger:
        ledger.record("picture", [WORK])
    with sqlite3.connect(ledger_path(folder)) as db:
        db.execute(f"UPDATE work SET {change}")
    db.close()
    with Ledger(folder) as ledger:
        assert ledger.get("picture", "001/0") is None
        assert not ledger.execute("SELECT * FROM work").fetchall()  # so that the next run makes it again


def test_changed_settings_are_refused_by_name(folder):
    begin(folder)
    assert begin(folder) == WORK
    with pytest.raises(UsageError, match=r"seed \(was 0, now 1\)"):
        begin(folder, {**SETTINGS, "seed": 1})


def test_changed_settings_are_taken_where_nothing_is_made(folder):
    with Ledger(folder) as ledger:
        ledger.agree_on(SETTINGS)
    begin(folder, {**SETTINGS, "seed": 1})
    assert begin(folder, {**SETTINGS, "seed": 1}) == WORK


@pytest.mark.parametrize("batch", [None, "a batch"])
def test_the_model_may_change_until_a_reply_is_paid(folder, batch):
    begin(folder, {**SETTINGS, "model": "wrong"})
    request = Request("profile", "001", 1, {"model": "right", "messages": []})
    with Ledger(folder) as ledger:
        calls = Calls(ledger)
        calls.sent(request.key, request, 0.0)
        calls.failed(request.key, "answered 404", charged=False)
    assert begin(folder) == WORK
    with Ledger(folder) as ledger:
        calls = Calls(ledger)
        calls.sent(request.key, request, 0.0, batch)
        if not batch:
            calls.answered(request.key, "{}", Usage(), None, None, None)
    with pytest.raises(UsageError, match=r"model \(was 'right', now 'other'\)"):
        begin(folder, {**SETTINGS, "model": "other"})


def test_a_second_build_is_refused(folder):
    with Ledger(folder), pytest.raises(MllmuError, match="another build is at work"), Ledger(folder):
        pass
    with Ledger(folder):
        pass  # and the refusal left no lock behind


@pytest.mark.parametrize(
    "content", [b"this is no database, whatever its name says" * 50, b"SQLite format 3\0" + b"x" * 4000]
)
def test_a_file_that_is_no_ledger_is_refused_and_kept(folder, content):
    ledger_path(folder).write_bytes(content)
    with pytest.raises(MllmuError, match="damaged or not a ledger"), Ledger(folder):
        pass
    assert ledger_path(folder).read_bytes() == content
    assert begin(folder, fresh=True) is None


def test_a_cut_ledger_is_one_line(folder):
    with Ledger(folder, fresh=True) as ledger:
        ledger.agree_on(SETTINGS)
        ledger.record("picture", [Work(f"{i}", "key", {}, bytes(4000)) for i in range(200)])
    path = ledger_path(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def read_all():
        with Ledger(folder) as ledger:
            for i in range(200):
                ledger.get("picture", f"{i}")

    with pytest.raises(MllmuError, match="--fresh"):
        read_all()
    assert begin(folder, fresh=True) is None  # though it was fresh itself
    assert begin(folder) == WORK
