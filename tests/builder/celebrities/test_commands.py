"""`mllmu-build celebrities`: what a person types and reads."""

import json

import pytest
from click.testing import CliRunner
from mllmu.builder.celebrities.commands import command
from mllmu.builder.celebrities.table import TABLE
from mllmu.builder.celebrities.web import Web
from mllmu.errors import FindingsError, UsageError


def run(*args: str):
    return CliRunner().invoke(command, args)


def test_list_prints_a_line_for_each():
    lines = run("list").stdout.splitlines()
    assert len(lines) == 153
    assert any(line.split("\t")[1:3] == ["Marie Curie", "1867-11-07"] for line in lines)
    first = json.loads(run("list", "--json").stdout.splitlines()[0])
    assert first["id"] == "C001"


def test_check_counts():
    counts = json.loads(run("check", "--json").stdout)
    assert counts["people"] == 153
    assert counts["compared_with_sources"] >= 120
    assert "people: 153" in run("check").stdout


def test_check_of_a_folder_of_pictures(tmp_path):
    result = run("check", "--faces", str(tmp_path / "none"))
    assert isinstance(result.exception, UsageError)
    (tmp_path / "C001.jpg").write_bytes(b"")
    assert isinstance(run("check", "--faces", str(tmp_path)).exception, UsageError)


@pytest.fixture
def small(tmp_path, services, records, monkeypatch):
    """A table of eight whom the services know, and a client that does not wait."""
    path = tmp_path / "small.tsv"
    path.write_text("\n".join(TABLE.read_text(encoding="utf-8").splitlines()[:9]), encoding="utf-8")
    for record in records[2:8]:
        services.know(record, record.wikidata or f"Q777{record.id[1:]}", f"{record.id}.jpg")
    monkeypatch.setattr(Web.__init__, "__defaults__", (0, lambda _: None))
    return path


def test_refresh_reports_and_ends_with_3_when_facts_differ(small, services, tmp_path):
    out = tmp_path / "faces"
    result = run("refresh", "--table", str(small), "--out", str(out), "-q")
    assert isinstance(result.exception, FindingsError)
    assert "facts differ" in str(result.exception)
    assert "C001\tElizabeth I\tcity\tGreenwich\t" in result.stdout
    assert "pictures: 6" in result.stdout
    assert sorted(path.name for path in out.glob("*.jpg")) == [f"C00{k}.jpg" for k in range(3, 9)]


def test_refresh_as_json_without_pictures(small, services, tmp_path):
    for item in ("Q7207", "Q307"):
        services.people[item] = {}
    result = run("refresh", "--table", str(small), "--out", str(tmp_path / "f"), "--no-pictures", "--json", "-q")
    told = json.loads(result.stdout)
    assert (told["read"], told["pictures"], told["unread"]) == (8, 0, {})
    assert {d["id"] for d in told["differences"]} == {"C001", "C002"}
    assert "picture" not in services.asked


def test_what_could_not_be_read_is_named_and_goes_on(small, services, tmp_path):
    services.faults["sparql"] = ["cut"] * 99
    result = run("refresh", "--table", str(small), "--out", str(tmp_path / "f"), "-q")
    assert isinstance(result.exception, FindingsError)
    assert "The same command goes on from there" in str(result.exception)
    services.faults.clear()
    again = run("refresh", "--table", str(small), "--out", str(tmp_path / "f"), "--json", "-q")
    assert json.loads(again.stdout)["pictures"] == 6
