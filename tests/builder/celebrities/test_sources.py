"""What the cross-check reads from its sources, on lines in their formats; the sources themselves are downloads."""

import pickle
from pathlib import Path

import pytest
from mllmu.builder.celebrities.record import Record

TOOLS = Path(__file__).parents[3] / "tools"

NOUNS = """  1 This software and database is being provided to you
10910848 18 n 02 Curie 0 Marie_Curie 0 001 @i 09643799 n 0000 | French chemist (born in Poland) (1867-1934)
10910999 18 n 01 Zeus 0 001 @i 09643799 n 0000 | (Greek mythology) the supreme god of ancient Greek mythology
10911000 18 n 01 chemist 0 001 @ 09643799 n 0000 | a scientist who specializes in chemistry
10911001 18 n 01 Jane_Goodall 0 001 @i 09643799 n 0000 | English zoologist (born in 1934)
10911002 18 n 01 I._M._Pei 0 001 @i 09643799 n 0000 | United States architect (born in China in 1917)
"""


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import celebrity_comparisons  # pyright: ignore[reportMissingImports]
    import celebrity_sources  # pyright: ignore[reportMissingImports]

    return celebrity_sources, celebrity_comparisons


def test_wordnet_lists_real_people_with_their_years(tools, tmp_path):
    (tmp_path / "data.noun").write_text(NOUNS, encoding="latin-1")
    entries = list(tools[0].wordnet(tmp_path / "data.noun"))
    assert [(entry.names[-1], entry.year) for entry in entries] == [
        ("Marie Curie", 1867),
        ("Jane Goodall", 1934),
        ("I. M. Pei", 1917),
    ]


def test_the_calendar_lists_birthdays_and_nothing_else(tools, tmp_path):
    for name in ("music", "history", "computer"):
        (tmp_path / f"calendar.{name}").write_text("", encoding="utf-8")
    (tmp_path / "calendar.birthday").write_text(
        "11/08\tMarie Curie dies, 1934\n02/12\tCharles Darwin born in Shrewsbury, England, 1809\n"
        "10/01\tJimmy Carter, 39th President of United States, born in Plains, Georgia,\n\t\t1924\n",
        encoding="utf-8",
    )
    entries = list(tools[0].calendar(tmp_path))
    assert [entry.names for entry in entries] == [("Charles Darwin",), ("Jimmy Carter",)]
    assert (entries[0].year, entries[0].day) == (1809, (2, 12))
    assert (entries[1].year, entries[1].day) == (1924, (10, 1))


def test_a_pickle_may_hold_a_table_and_no_program(tools, tmp_path):
    (tmp_path / "bad.pkl").write_bytes(pickle.dumps(Path("/tmp/x")))
    with pytest.raises(pickle.UnpicklingError, match="has no place in a table"):
        list(tools[0].oscars(tmp_path / "bad.pkl"))


def test_a_gloss_is_compared_fact_by_fact(tools, records: list[Record]):
    sources, comparisons = tools
    curie = next(r for r in records if r.facts.name == "Marie Curie")
    gloss = "German physicist (born in Russia) who did his work in Paris (1876-1934)"
    entry = sources.Entry(sources.WORDNET, ("Marie Curie",), gloss, 1876)
    found = {fact: (theirs, agrees) for fact, _, theirs, agrees in comparisons.compare(curie, entry)}
    assert found == {
        "birth_year": ("1876", False),
        "citizenship": ("German physicist", False),
        "birthplace": ("Russia", False),
        "occupation": (gloss[:60], False),
        "gender": ("his", False),
    }
    right = "French chemist (born in Poland) who won two Nobel prizes; one with her husband (1867-1934)"
    entry = sources.Entry(sources.WORDNET, ("Marie Curie",), right, 1867)
    assert all(agrees for *_, agrees in comparisons.compare(curie, entry))
