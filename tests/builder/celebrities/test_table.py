"""The table that comes along, and the errors of a table of one's own."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from mllmu.builder.celebrities import blocked_names, fold, load_celebrities
from mllmu.builder.celebrities.countries import countries
from mllmu.builder.celebrities.names import DATA
from mllmu.builder.celebrities.record import Record
from mllmu.builder.celebrities.table import TABLE
from mllmu.errors import UsageError
from mllmu.schemas.celebrity import CELEBRITY_ATTRIBUTES
from mllmu.schemas.person import REFERENCE_DATE


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_set_is_the_papers_size_and_nobody_stands_in_it_twice(records: list[Record]):
    assert len(records) == 153
    assert [r.id for r in records] == [f"C{k:03}" for k in range(1, 154)]
    assert len({fold(r.facts.name) for r in records}) == 153
    items = [r.wikidata for r in records if r.wikidata]
    assert len(set(items)) == len(items) >= 100
    assert all("Wikidata item not certain" in r.note for r in records if not r.wikidata)


def test_the_set_is_spread_over_eras_countries_genders_and_fields(records: list[Record]):
    assert sum(r.facts.gender == "female" for r in records) >= 0.4 * 153
    assert len({r.facts.birthplace.country for r in records}) >= 35
    fields = Counter(r.field for r in records)
    assert len(fields) >= 8
    assert max(fields.values()) < 0.2 * 153
    births = [r.facts.date_of_birth for r in records]
    assert min(births) < date(1700, 1, 1)
    assert max(births) <= REFERENCE_DATE.replace(year=2000)
    assert sum(b.year < 1900 for b in births) >= 40


def test_every_country_of_the_table_has_a_part_of_the_world(records: list[Record]):
    named = {r.facts.birthplace.country for r in records} | {r.facts.citizenship for r in records}
    assert named <= countries().keys()


def test_only_public_facts(records: list[Record]):
    private = re.compile(r"disease|illness|cancer|blind|deaf|disab|depress|salary|million|wife|husband|lover")
    for record in records:
        facts = record.facts
        for text in (facts.known_for, facts.another_fact, record.note):
            assert not private.search(text), (record.id, text)


def test_no_fact_tells_a_woman_from_a_man_or_ends_a_sentence(records: list[Record]):
    gendered = re.compile(r"\b(he|she|his|her|him|hers|woman|women|actress|queen|king|mother|father)\b", re.I)
    titles = re.compile(r"Queen's College|King's College|Migrant Mother|Two Women|Women in Love|No Woman")
    for record in records:
        facts = record.facts
        for text in (facts.occupation, facts.education, facts.known_for, facts.another_fact):
            assert not gendered.search(titles.sub("", text)), text
        for text in (facts.known_for, facts.another_fact):
            assert not text.endswith((".", " "))
            assert len(text) <= 90


def test_the_agreement_is_on_record_and_about_this_table(records: list[Record]):
    """The tool that made the record needs downloads; that the record is of this very table does not."""
    table = {r.id: r for r in records}
    lines = rows_of("agreement.tsv")
    assert len(lines) >= 500
    for line in lines:
        facts = table[line["id"]].facts
        ours = {
            "birth_year": str(facts.date_of_birth.year),
            "date_of_birth": str(facts.date_of_birth),
            "birthplace": str(facts.birthplace),
            "citizenship": facts.citizenship,
            "occupation": facts.occupation,
            "gender": facts.gender,
        }
        assert (line["name"], line["ours"]) == (facts.name, ours[line["fact"]])
        assert line["source"] in table[line["id"]].sources
        assert line["verdict"] in ("agrees", "settled")
        assert bool(line["reason"]) == (line["verdict"] == "settled")


def test_an_independent_source_knows_at_least_120_of_the_people():
    lines = rows_of("agreement.tsv")
    known = {line["id"] for line in lines if line["source"] == "WordNet 3.1"}
    assert len(known) >= 120
    dated = {line["id"] for line in lines if line["source"] == "WordNet 3.1" and line["fact"] == "birth_year"}
    assert len(dated) >= 120


def test_every_settled_disagreement_has_its_reason_and_every_reason_its_disagreement():
    reasons = {(row["id"], row["fact"], row["source"]): row["reason"] for row in rows_of("settled.tsv")}
    used = {
        (line["id"], line["fact"], line["source"]): line["reason"]
        for line in rows_of("agreement.tsv")
        if line["verdict"] == "settled"
    }
    assert reasons == used


def test_no_fictitious_person_can_have_a_known_name():
    blocked = blocked_names()
    assert len(blocked) > 5000
    assert {"marie curie", "antonin dvorak", "pele", "winston churchill", "tallulah bankhead"} <= blocked
    assert all(name == fold(name) for name in blocked)
    assert fold("Élisabeth  VIGÉE-Le Brun") == "elisabeth vigee le brun"
    assert fold("O'Keeffe") == fold("O’Keeffe") == "okeeffe"
    assert fold("Søren Łukasz") == "soren lukasz"


def test_the_users_own_names_are_blocked_too():
    celebrity = load_celebrities()[0]
    own = celebrity.model_copy(update={"facts": celebrity.facts.model_copy(update={"name": "Zed Quux"})})
    assert "zed quux" in blocked_names([own]) - blocked_names()


def test_every_attribute_but_few_can_be_asked_of_everybody():
    people = load_celebrities()
    for attribute in CELEBRITY_ATTRIBUTES:
        asked = sum(attribute in person.decoys for person in people)
        assert asked >= (60 if attribute == "citizenship" else 130), attribute


def own_table(tmp_path: Path, change=lambda text: text, people: int = 24) -> Path:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "mine.tsv"
    path.write_text(change("\n".join([lines[0], *lines[60 : 60 + people]])) + "\n", encoding="utf-8")
    return path


def test_a_table_of_ones_own_is_matched_within_itself(tmp_path):
    people = load_celebrities(own_table(tmp_path))
    assert len(people) == 24
    names = {value for person in people for a in person.decoys for value in person.decoys[a]}
    own = {person.value(a) for person in people for a in person.decoys}
    assert names <= own


def test_a_spreadsheets_mark_and_blank_lines_do_no_harm(tmp_path):
    path = own_table(tmp_path, lambda text: "\ufeff" + text.replace("\n", "\n\n", 3))
    assert len(load_celebrities(path)) == 24


CELLS = TABLE.read_text(encoding="utf-8").splitlines()[60].split("\t")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.replace("\tknown_for\t", "\tfamous_for\t", 1), "line 1 lacks the column 'known_for'"),
        (lambda t: t.replace("\tnote\t", "\tnotes\t", 1), "line 1 has an unknown column 'notes'"),
        (lambda t: t.replace(CELLS[3], "1900-13-01", 1), "line 2: date_of_birth = '1900-13-01'"),
        (lambda t: t.replace(CELLS[0] + "\t", "K7\t", 1), "line 2: id = 'K7'"),
        (lambda t: t.replace(f"\t{CELLS[2]}\t", "\tF\t", 1), "line 2: gender = 'F'"),
        (lambda t: t.replace(CELLS[4], "", 1), "line 2: city is empty"),
        (lambda t: t.replace(CELLS[10], f"the fame of {CELLS[1]}", 1), "line 2: known_for names the person"),
        (lambda t: t.replace("\n", "\nC900\tAnn\n", 1), "line 2 has 2 cells, the header 16"),
        (lambda t: t.replace("\n" + "\t".join(CELLS), 2 * ("\n" + "\t".join(CELLS)), 1), "two rows have the id"),
        (lambda t: "\n".join(t.splitlines()[:4]), "lists 3 people; a celebrity set needs 8"),
        (lambda t: "", "line 1 lacks the column 'id'"),
    ],
)
def test_a_broken_table_is_told_by_line_and_cure(tmp_path, change, says):
    path = own_table(tmp_path, change)
    with pytest.raises(UsageError) as error:
        load_celebrities(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_table_that_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read the celebrities .*missing\.tsv: No such file"):
        load_celebrities(tmp_path / "missing.tsv")
    (tmp_path / "binary.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        load_celebrities(tmp_path / "binary.tsv")


def test_too_little_alike_to_lend_options(tmp_path):
    def same(text: str) -> str:
        head, *lines = text.splitlines()
        cells = [line.split("\t") for line in lines]
        for row in cells:
            row[4:11] = ["Here", "Chile", "Chile", "music", "singer", "", "a song"]
        return "\n".join([head, *("\t".join(row) for row in cells)])

    with pytest.raises(UsageError, match=r"only these attributes .*date_of_birth, another_fact; 5 are needed"):
        load_celebrities(own_table(tmp_path, same))
