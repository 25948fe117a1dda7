"""The refresh against a loopback server that speaks both protocols and has every fault; nothing may get lost."""

import os
import time
from email.utils import formatdate
from pathlib import Path

import pytest
from mllmu.builder.celebrities import commons, wikidata
from mllmu.builder.celebrities.differences import differences
from mllmu.builder.celebrities.faces import Faces, read_credits
from mllmu.builder.celebrities.record import Record
from mllmu.builder.celebrities.refresh import Refreshed, refresh
from mllmu.builder.celebrities.table import load_celebrities
from mllmu.builder.celebrities.web import TRIES, UnreachableError, Web
from mllmu.builder.progress import Progress

QUIET = Progress(quiet=True)


def item_of(record: Record) -> str:
    return record.wikidata or f"Q777{record.id[1:]}"


def know_all(services, records: list[Record]) -> None:
    """Both services know these people, as the table has them."""
    for record in records:
        services.know(record, item_of(record), f"{record.id}_of_somebody.jpg")
        # The query service carries dates before the Gregorian calendar back into it.
        if record.facts.date_of_birth.year < 1582:
            born = {"C001": "1533-09-17", "C002": "1564-02-25"}[record.id]
            services.people[item_of(record)]["date_of_birth"] = [f"{born}T00:00:00Z"]


@pytest.fixture
def some(services, records: list[Record]) -> list[Record]:
    """Sixty people, whom the services know: two batches of either kind."""
    know_all(services, records[:60])
    return records[:60]


def everybody(result: Refreshed) -> list[str]:
    return sorted([*result.read, *result.unknown, *result.unread])


def test_a_whole_refresh(services, records, web: Web, tmp_path: Path):
    know_all(services, records)
    out = tmp_path / "faces"
    result = refresh(records, out, web, QUIET)
    assert result.differences == []
    assert result.complete
    assert (len(result.read), len(result.credits)) == (153, 153)
    assert result.facts > 1000
    assert set(result.found_ids) == {record.id for record in records if not record.wikidata}
    people = load_celebrities()
    faces = Faces(out, people)
    assert len(faces) == 153
    for person in people:
        credit = faces.credit(person)
        assert credit is not None
        assert (credit.author, credit.license) == ("Ann & Bo", "CC BY-SA 4.0")
        assert credit.url == f"https://commons.example/{person.id} of somebody.jpg"
    # Batches, not one query a person; and a name that says who asks.
    assert services.asked.count("sparql") == 6
    assert services.asked.count("api") == 4
    assert all("mllmu-bench/" in agent for agent in services.agents)


def test_again_within_a_day_nothing_is_asked_twice(services, some, web, tmp_path):
    refresh(some, tmp_path / "faces", web, QUIET)
    before = len(services.asked)
    again = refresh(some, tmp_path / "faces", web, QUIET)
    assert len(services.asked) == before
    assert len(again.credits) == 60


def test_differences_are_told_fact_by_fact(services, records, web):
    record = next(r for r in records if r.facts.name == "Marie Curie")
    services.know(record, "Q7186")
    services.people["Q7186"] |= {"city": ["Kraków"], "citizenship": ["Russian Empire", "Poland"], "education": []}
    result = refresh([record], None, web, QUIET)
    assert [d[2:] for d in result.differences] == [
        ("city", "Warsaw", "Kraków"),
        ("citizenship", "France", "Russian Empire; Poland"),
        ("education", "University of Paris", ""),
    ]
    assert result.facts == 7


@pytest.mark.parametrize(
    ("fault", "waited"),
    [
        ("status 429 7", [7.0]),
        ("status 429", [1.0]),
        ("status 503 3", [3.0]),
        ("status 500", [1.0]),
        ("cut", [1.0]),
        ("not a table", [1.0]),
        ("hang up", [1.0]),
    ],
)
def test_one_fault_costs_a_wait_and_nothing_else(services, some, web, waits, tmp_path, fault, waited):
    people, kinds = some[:9], ["sparql", "api", "picture"]
    if fault == "not a table":
        kinds.remove("picture")
    for kind in kinds:
        services.faults[kind] = [fault]
    result = refresh(people, tmp_path / "faces", web, QUIET)
    assert result.complete
    assert (len(result.read), len(result.credits), result.differences) == (9, 9, [])
    assert waits == waited * len(kinds)


def test_a_date_may_say_when_to_come_back(services, some, web, waits):
    services.faults["sparql"] = [f"status 429 {formatdate(time.time() + 30, usegmt=True)}"]
    assert len(refresh(some, None, web, QUIET).read) == 60
    assert len(waits) == 1
    assert 20 < waits[0] <= 30


def test_waits_grow_and_end(services, some, web, waits):
    services.faults["sparql"] = ["status 503"] * TRIES
    result = refresh(some[:8], None, web, QUIET)
    assert waits == [1, 2, 4, 8, 16]
    assert everybody(result) == [r.id for r in some[:8]]
    assert (result.read, result.complete) == ([], False)


def test_told_to_wait_an_hour_the_people_are_left_for_another_day(services, some, web, waits):
    services.faults["sparql"] = ["", "status 429 3600"]
    result = refresh(some, None, web, QUIET)
    assert waits == []
    assert everybody(result) == [r.id for r in some]
    assert len(result.unread) == wikidata.BATCH
    assert "429" in next(iter(result.unread.values()))


def test_a_service_that_fails_loses_nobody_and_the_same_call_goes_on(services, some, web, tmp_path):
    """A batch of facts and a picture fail for good, then a batch of offers; the next refresh asks for those alone."""
    out = tmp_path / "faces"
    services.faults["sparql"] = ["", *["cut"] * TRIES]
    services.faults["picture"] = ["", *["cut"] * TRIES]
    first = refresh(some, out, web, QUIET)
    assert everybody(first) == [r.id for r in some]
    assert (len(first.unread), len(first.read)) == (wikidata.BATCH, 20)
    assert len(first.unfetched) == 1
    assert set(first.read) == set(first.credits) | set(first.unfetched)
    assert {path.stem for path in out.glob("C*.jpg")} == set(first.credits) == {Path(f).stem for f in read_credits(out)}

    services.faults["api"] = ["status 500"] * TRIES
    second = refresh(some, out, web, QUIET)
    assert (len(second.read), second.unread) == (60, {})
    assert len(second.unfetched) == commons.BATCH
    assert set(second.credits) >= set(first.credits)

    asked = len(services.asked)
    third = refresh(some, out, web, QUIET)
    assert third.complete
    assert (len(third.read), len(third.credits)) == (60, 60)
    assert services.asked[asked:].count("sparql") == 0
    assert services.asked[asked:].count("api") == 1


def test_credits_outlive_a_refresh_that_fails(services, some, tmp_path, waits):
    out = tmp_path / "faces"
    with Web(tmp_path / "one", pause=0, sleep=waits.append) as web:
        refresh(some[:9], out, web, QUIET)
    before = read_credits(out)
    assert len(before) == 9
    services.faults["picture"] = ["status 404"] * 99
    with Web(tmp_path / "two", pause=0, sleep=waits.append) as web:
        result = refresh(some[:9], out, web, QUIET)
    assert not result.complete
    assert read_credits(out) == before
    assert len(Faces(out, load_celebrities())) == 9


@pytest.mark.parametrize(
    ("license", "author", "free"),
    [
        ("CC BY-SA 4.0", "Ann", True),
        ("CC BY 2.0", "Ann", True),
        ("CC0", "", True),
        ("Public domain", "", True),
        ("No restrictions", "", True),
        ("CC BY-NC 2.0", "Ann", False),
        ("CC BY-ND 4.0", "Ann", False),
        ("CC BY-NC-SA 3.0", "Ann", False),
        ("Fair use", "Ann", False),
        ("Copyrighted", "Ann", False),
        ("CC BY 4.0", "", False),
        ("", "Ann", False),
    ],
)
def test_only_free_pictures_are_taken(services, records, web, tmp_path, license, author, free):
    record = records[30]
    services.know(record, item_of(record), "a.jpg")
    services.offer("a.jpg", license, author)
    result = refresh([record], tmp_path / "faces", web, QUIET)
    assert (record.id in result.credits) == free
    assert (record.id in result.no_picture) == (not free)
    assert result.complete
    if not free:
        assert "picture" not in services.asked
        assert "not free" in result.no_picture[record.id]


def test_missing_fields_are_not_made_up(services, records, web, tmp_path):
    """Items without facts, facts without labels, a file without metadata, a page without a file."""
    modern = [r for r in records if r.wikidata and r.facts.education and r.facts.date_of_birth.year > 1900]
    a, b, c, d = modern[:4]
    services.people[str(a.wikidata)] = {}
    services.know(b, str(b.wikidata), "b.jpg")
    services.people[str(b.wikidata)]["occupation"] = ["Q42", "Q43"]  # the service has no label for either
    services.files["b.jpg"] = {}
    services.know(c, str(c.wikidata), "c.jpg")
    del services.files["c.jpg"]
    services.know(d, str(d.wikidata))
    services.people[str(d.wikidata)]["date_of_birth"] = ["t12345"]  # an unknown value, as Wikidata writes it
    result = refresh([a, b, c, d], tmp_path / "faces", web, QUIET)
    assert result.complete
    assert sorted(result.read) == sorted([a.id, b.id, c.id, d.id])
    missing = {(x.id, x.fact) for x in result.differences if x.wikidata == ""}
    assert missing == {(a.id, fact) for fact in _facts(a)} | {(b.id, "occupation"), (d.id, "date_of_birth")}
    assert result.no_picture[a.id] == result.no_picture[d.id] == "Wikidata names no picture"
    assert "not free" in result.no_picture[b.id]
    assert "does not have the file" in result.no_picture[c.id]


def _facts(record: Record) -> list[str]:
    return [d.fact for d in differences(record, wikidata.Item("Q1", {}))]


def test_cells_without_a_value_are_skipped(services, records, web, monkeypatch):
    record = records[40]
    services.know(record, item_of(record))
    whole = services.sparql

    def holed(query: str):
        answer = whole(query)
        answer["results"]["bindings"] += [{}, {"person": {"type": "uri"}}, {"fact": {"value": "city"}}]
        return answer

    monkeypatch.setattr(services, "sparql", holed)
    result = refresh([record], None, web, QUIET)
    assert (result.read, result.differences) == ([record.id], [])


def test_a_picture_that_never_decodes_is_told_and_not_kept(services, records, web, waits, tmp_path):
    record = records[30]
    services.know(record, item_of(record), "a.jpg")
    services.pictures["a.jpg"] = b"GIF89a nothing"
    result = refresh([record], tmp_path / "faces", web, QUIET)
    assert "does not decode" in result.unfetched[record.id]
    assert len(waits) == TRIES - 1
    assert list((tmp_path / "faces").glob("C*")) == []
    assert read_credits(tmp_path / "faces") == {}


def test_an_id_is_found_only_when_name_and_birthday_leave_no_doubt(services, records, web):
    unknown = [r for r in records if not r.wikidata][:3]
    one, two, other = unknown
    for record in unknown:
        services.know(record, item_of(record))
    services.labels[two.facts.name].append(("Q424242", str(two.facts.date_of_birth)))
    services.labels[other.facts.name] = [("Q434343", "1801-01-01")]
    result = refresh(unknown, None, web, QUIET)
    assert result.found_ids == {one.id: item_of(one)}
    assert result.unknown == [two.id, other.id]


def test_a_damaged_cache_is_asked_again(services, some, web, tmp_path):
    refresh(some[:9], None, web, QUIET)
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:20])
    assert refresh(some[:9], None, web, QUIET).complete


def test_an_old_cache_is_asked_again(services, some, web, tmp_path):
    refresh(some[:9], None, web, QUIET)
    asked = len(services.asked)
    for path in (tmp_path / "cache").iterdir():
        os.utime(path, (1, 1))
    refresh(some[:9], None, web, QUIET)
    assert len(services.asked) == 2 * asked


def test_requests_keep_their_distance(services, some, tmp_path, waits):
    with Web(tmp_path / "cache", pause=5, sleep=waits.append) as web:
        refresh(some, None, web, QUIET)
        assert web.requests == 3
    assert len(waits) == 2
    assert all(4 < wait <= 5 for wait in waits)


def test_nobody_there(records, web, waits, monkeypatch):
    monkeypatch.setenv("MLLMU_WIKIDATA_URL", "http://127.0.0.1:9/sparql")
    with pytest.raises(UnreachableError, match=r"http://127\.0\.0\.1:9/sparql gave no answer .*goes on from there"):
        wikidata.items(web, ["Q1"])
    assert len(waits) == TRIES - 1


def test_a_png_becomes_a_jpeg(services, records, web, tmp_path):
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGBA", (300, 300), (9, 9, 9, 128)).save(file, "PNG")
    services.know(records[30], item_of(records[30]), "a.png")
    services.pictures["a.png"] = file.getvalue()
    refresh([records[30]], tmp_path / "faces", web, QUIET)
    with Image.open(tmp_path / "faces" / f"{records[30].id}.jpg") as image:
        assert image.format == "JPEG"
