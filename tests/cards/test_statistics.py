"""The counts, against counts made by hand from the rows."""

import json
import subprocess

import pytest
from commandline import MLLMU_BUILD
from mllmu.builder.reader import Release
from mllmu.cards.counts import table_1
from mllmu.cards.statistics import statistics


@pytest.fixture(scope="module")
def release(make_release):
    return Release(make_release(n=40))


@pytest.fixture(scope="module")
def counted(release):
    return statistics(release)


def test_questions_are_18_a_row(counted):
    rows = 40 + 40 + 3
    assert counted.questions == 18 * rows
    assert counted.image_questions == counted.text_questions == 9 * rows
    assert (counted.multiple_choice, counted.generation, counted.cloze) == (10 * rows, 4 * rows, 4 * rows)


def test_pictures_are_counted_where_they_are(counted, make_release):
    assert (counted.portraits, counted.test_pictures, counted.celebrity_pictures) == (40, 80, 3)
    bare = statistics(Release(make_release(n=20, pictures=False)))
    assert (bare.portraits, bare.test_pictures, bare.celebrity_pictures) == (0, 0, 0)


def test_variety_is_what_the_biographies_hold(release, counted):
    facts = [json.loads(row["biography"]) for row in release.rows("profiles")]
    places = [place for f in facts for place in (f["Birthplace"], f["Residence"])]
    assert counted.countries == len({p["Country"] for p in places})
    assert counted.regions == len({(p["Country"], p["Region"]) for p in places})
    assert counted.birth_years == len({f["Date of Birth"][:4] for f in facts})
    assert counted.occupations == len({f["Occupation"] for f in facts})
    assert counted.fun_facts == len({x for f in facts for x in f["Fun Facts"]})
    shares = {share.attribute: share for share in counted.shares}
    assert sum(count for _, count in shares["gender"].top) == 40
    assert shares["occupation"].top[0][1] == max(count for _, count in shares["occupation"].top)


def test_fine_tuning_pairs_by_name_are_told_apart(counted):
    assert (counted.pairs, counted.name_pairs) == (80, 40)


def test_the_papers_numbers_add_up():
    """20,754 = 18 x 1,153: what the paper's table means, whatever its text says."""
    assert 18 * 1153 == 20_754 == 2 * 10_377 == 11_530 + 2 * 4_612


def test_table_1_names_both(counted):
    lines = {line.label: line for line in table_1(counted)}
    assert lines["questions"] == ("questions", f"{18 * 83:,}", "20,754")
    assert lines["forget sets, 5 / 10 / 15 %"].ours == "2 / 4 / 6"


def test_the_command_prints_both(release):
    command = [*MLLMU_BUILD, "stats", str(release.folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/")
    assert done.returncode == 0, done.stderr
    assert "20,754" in done.stdout
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, timeout=60, cwd="/")
    assert json.loads(done.stdout)["questions"] == 18 * 83
