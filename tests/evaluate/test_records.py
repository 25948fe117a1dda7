"""Records survive a kill, come back in order, and say what is wrong with them."""

import pytest
from mllmu.errors import MllmuError
from mllmu.evaluate.records import RECORDS, Record, read_records, read_results, write_records
from mllmu.evaluate.results import Keeper, done, settle


def record(k: int, set_name: str = "forget", score: float = 0.5) -> Record:
    cells = {"set": set_name, "task": "cloze", "modality": "image", "id": f"{k:03d}", "number": 0}
    return Record(**cells, question="é __", expected="x", answer="y", scores={"exact": score})


def test_scores_are_rounded_and_order_is_the_benchmarks(tmp_path):
    path = tmp_path / RECORDS
    write_records(path, [record(1, "test"), record(2), record(1, score=0.123456)])
    found = read_records(path)
    assert [(one.set, one.id) for one in found] == [("forget", "001"), ("forget", "002"), ("test", "001")]
    assert found[0].scores == {"exact": 0.1235}


def test_a_line_cut_off_by_a_kill_is_asked_again(tmp_path):
    with Keeper(tmp_path) as keeper:
        keeper.add([record(1), record(2)])
    path = tmp_path / RECORDS
    path.write_bytes(path.read_bytes()[:-20])
    assert [key.id for key in done(tmp_path)] == ["001"]
    with Keeper(tmp_path) as keeper:
        keeper.add([record(2)])
    assert settle(tmp_path, [record(1).key, record(2).key]) == [record(1), record(2)]


def test_a_line_may_be_cut_amid_a_character(tmp_path):
    path = tmp_path / RECORDS
    write_records(path, [record(1)])
    path.write_bytes(path.read_bytes() + '{"question": "é'.encode()[:-1])
    assert read_records(path) == [record(1)]


def test_processes_write_side_by_side_and_are_joined(tmp_path):
    for number in (0, 1):
        with Keeper(tmp_path, number) as keeper:
            keeper.add([record(3 - number)])
    assert settle(tmp_path, [record(2).key, record(3).key]) == [record(2), record(3)]
    assert [path.name for path in tmp_path.iterdir()] == [RECORDS]


def test_a_damaged_line_is_named(tmp_path):
    (tmp_path / RECORDS).write_text("{}\n{}\n")
    with pytest.raises(MllmuError, match="line 1"):
        read_records(tmp_path / RECORDS)


def test_what_is_not_finished_is_said(tmp_path):
    with pytest.raises(MllmuError, match="no evaluation"):
        read_results(tmp_path)
    write_records(tmp_path / RECORDS, [record(1)])
    with pytest.raises(MllmuError, match="unfinished"):
        read_results(tmp_path)
