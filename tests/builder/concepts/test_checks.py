"""Each check of a release of concepts can fail."""

import pytest
from mllmu.builder.concepts.checks import CHECKS, run_concept_checks
from mllmu.builder.reader import ConceptRelease


class Altered(ConceptRelease):
    """A release whose rows somebody has changed on the way."""

    def __init__(self, release: ConceptRelease, part: str, change):
        super().__init__(release.folder, release.manifest)
        self._part, self._change = part, change

    def rows(self, kind, columns=None):
        rows = list(super().rows(kind))
        return iter(self._change(rows)) if kind == self._part else iter(rows)


def edit(k: int, **cells):
    """Give row `k` other cells."""
    return lambda rows: [{**row, **cells} if i == k else row for i, row in enumerate(rows)]


@pytest.fixture(scope="module")
def release(things):
    return ConceptRelease(things / "mllmu/concepts")


@pytest.fixture(scope="module")
def groups(people):
    return ConceptRelease(people / "mllmu/concepts")


def failed(release) -> set[str]:
    return {result.name for result in run_concept_checks(release) if result.failed}


def test_a_sound_release_passes(release):
    assert failed(release) == set()
    assert {result.name for result in run_concept_checks(release)} == set(CHECKS)


@pytest.mark.parametrize(
    ("part", "change", "check"),
    [
        ("concept_test", lambda rows: rows[:-1], "counts"),
        ("concept_test", edit(0, number=2), "counts"),
        ("concept_test", lambda rows: [{**row, "image": rows[0]["image"]} for row in rows], "pictures"),
        ("concept_teach", edit(0, image={"bytes": b"\xff\xd8\xff", "path": "x"}), "pictures"),
        ("concept_teach", edit(0, image=None), "pictures"),
        ("concept_train", lambda rows: [{**row, "name": rows[0]["name"]} for row in rows], "names"),
        ("concept_train", edit(0, kind="person", name="Albert Einstein"), "names"),
        ("concept_train", lambda rows: [{**row, "wrong_names": [rows[1]["name"]]} for row in rows], "names"),
        ("concept_questions", lambda rows: rows[:-1], "questions"),
        ("concept_questions", lambda rows: [*rows[:-1], {**rows[-1], "question": rows[-2]["question"]}], "questions"),
        ("concept_questions", edit(3, answer=""), "questions"),
        ("concept_questions", edit(3, question="Who is {it}?"), "questions"),
        ("concept_questions", lambda rows: edit(0, question=f"Is it {rows[0]['name']}?")(rows), "questions"),
        ("concept_questions", edit(99, question="Where does this one come from?"), "questions"),
        ("concept_jailbreak", lambda rows: [row for row in rows if row["language"] != "ja"], "jailbreak"),
        ("concept_jailbreak", lambda rows: [row for row in rows if row["form"] != "multi_hop"], "jailbreak"),
        ("concept_jailbreak", edit(0, value=""), "jailbreak"),
    ],
)
def test_each_fault_is_found(release, part, change, check):
    assert check in failed(Altered(release, part, change))


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        edit(0, ID="K777"),
        lambda rows: [{**row, "people": row["people"][:1]} for row in rows],
        lambda rows: [{**row, "people": row["people"][::-1], "questions": row["questions"][::-1]} for row in rows],
        lambda rows: [{**row, "questions": row["questions"][::-1]} for row in rows],
    ],
)
def test_each_fault_of_a_group_is_found(groups, change):
    assert failed(groups) == set()
    assert "groups" in failed(Altered(groups, "concept_groups", change))
