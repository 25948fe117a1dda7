"""`mllmu-build diff`: nothing for the same, and exactly what was done for the rest."""

import json
import subprocess

import pytest
from commandline import MLLMU_BUILD
from mllmu.builder.diff import diff
from mllmu.builder.reader import Release


@pytest.fixture(scope="module")
def first(make_release):
    return Release(make_release(n=20))


def test_a_release_does_not_differ_from_itself(first, make_release):
    found = diff(first, Release(make_release(n=20)))
    assert found.is_empty
    assert found.people.same == 20
    assert found.celebrities.same == 3


def test_a_mended_person_is_named_with_what_changed(first, make_release):
    found = diff(first, Release(make_release(n=20, mended=("004",))))
    assert [person.id for person in found.people.changed] == ["004"]
    parts = {"Occupation", "prose", "portrait", "views", "describing pair", "questions", "test questions", "pairs"}
    assert set(found.people.changed[0].parts) <= parts
    assert {"Occupation", "prose", "portrait", "views", "pairs"} <= set(found.people.changed[0].parts)
    assert found.people.same == 19
    assert found.parts["portrait"] == 1
    assert [*found.people.added, *found.people.removed, *found.configs, *found.settings] == []


def test_more_people_are_added_and_counts_and_settings_told(first, make_release):
    found = diff(first, Release(make_release(n=22)))
    assert found.people.added == ("021", "022")
    assert found.configs["full"] == (20, 22)
    assert found.settings == {"n": (20, 22)}
    back = diff(Release(make_release(n=22)), first)
    assert back.people.removed == ("021", "022")


def test_celebrities_are_compared_too(first, make_release):
    found = diff(first, Release(make_release(n=20, celebrities=4)))
    assert found.celebrities.added == ("C004",)
    assert found.people.same == 20


def test_another_order_of_forgetting_is_a_change_of_rank(first, make_release):
    """The forget sets follow from it."""
    found = diff(first, Release(make_release(n=20, order_seed=5)))
    assert found.parts.keys() <= {"rank", "questions", "test questions"}
    assert found.parts["rank"] > 0


def run(*args):
    command = [*MLLMU_BUILD, "diff", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/")


def test_the_command_speaks_to_people_and_to_programs(first, make_release):
    mended = make_release(n=20, mended=("004",))
    done = run(first.folder, mended)
    assert done.returncode == 0, done.stderr
    assert "people: 0 added, 0 removed, 1 changed, 19 the same" in done.stdout
    assert "~ 004: Occupation" in done.stdout
    assert json.loads(run(first.folder, mended, "--json").stdout)["people"]["changed"][0]["id"] == "004"
    assert "are the same" in run(first.folder, first.folder).stdout


def test_what_is_no_release_is_told(first, tmp_path):
    done = run(first.folder, tmp_path)
    assert done.returncode == 2
    assert "is not a release" in done.stderr
