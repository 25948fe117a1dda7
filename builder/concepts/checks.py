"""What must be true of a release of concepts."""

from collections.abc import Callable, Iterable, Iterator

from ...schemas.concepts import LANGUAGES, PICTURE_PARTS, QUESTIONS
from ...wording import says
from ..celebrities.names import blocked_names, fold
from ..checks.base import CheckResult, Finding, Findings
from ..checks.files import files
from ..reader import ConceptRelease
from .settings import DRAWN

SMALLEST = 256
"""Pixels a side."""


class Tally:
    """Counts what one check looked at and measured."""

    def __init__(self) -> None:
        self.tried = 0
        self.figures: dict[str, float] = {}


Check = Callable[[ConceptRelease, Tally], Iterator[Finding]]


def counts(release: ConceptRelease, tally: Tally) -> Iterator[Finding]:
    """Every concept has one training picture, all its test and teaching pictures, and no number comes twice."""
    settings = release.manifest.settings
    wanted = {"concept_train": 1, "concept_test": settings["pictures"] - 1, "concept_teach": settings["teach"]}
    ids = [row["ID"] for row in release.rows("concept_train", ["ID"])]
    numbers: dict[str, list[int]] = {ident: [] for ident in ids}
    for part, count in wanted.items():
        found = dict.fromkeys(ids, 0)
        for row in release.rows(part, ["ID", "number"]):
            tally.tried += 1
            found[row["ID"]] = found.get(row["ID"], 0) + 1
            numbers.setdefault(row["ID"], []).append(row["number"])
        for ident, n in found.items():
            if n != count:
                yield Finding(ident, f"has {n} rows in {part}, {count} are due")
    for ident, used in numbers.items():
        if sorted(used) != list(range(sum(wanted.values()))):
            yield Finding(ident, "has a picture's number twice, or lacks one")


def names(release: ConceptRelease, tally: Tally) -> Iterator[Finding]:
    """No two concepts bear one name, no drawn one that of a known person; wrong names are nobody's."""
    rows = list(release.rows("concept_train", ["ID", "name", "kind", "wrong_names"]))
    own = release.manifest.settings["concepts_folder"]
    bearers: dict[str, str] = {}
    for row in rows:
        tally.tried += 1
        first = bearers.setdefault(fold(row["name"]), row["ID"])
        if first != row["ID"]:
            yield Finding(row["ID"], f"{row['name']} is the name of {first} too")
        if row["kind"] == "person" and not own and fold(row["name"]) in blocked_names():
            yield Finding(row["ID"], f"bears a known person's name: {row['name']}")
    for row in rows:
        for name in row["wrong_names"]:
            if fold(name) in bearers:
                yield Finding(row["ID"], f"{name}, a wrong name, is that of {bearers[fold(name)]}")


def pictures(release: ConceptRelease, tally: Tally) -> Iterator[Finding]:
    """Every picture decodes whole, is RGB, square, 256 px or more, and no two concepts share one."""
    import numpy as np

    from ..checks.support.pixels import look, near_pairs

    slots, owners, thumbnails = [], [], []
    for part in PICTURE_PARTS:
        for row in release.rows(part):
            tally.tried += 1
            slot = row["group"] if part == "concept_groups" else f"{row['ID']}/{row['number']:03d}"
            seen = look(row["image"], SMALLEST)
            if seen.fault:
                yield Finding(slot, f"the picture {seen.fault}")
            if seen.thumbnail is not None and part != "concept_groups":
                slots.append(slot)
                owners.append(row["ID"])
                thumbnails.append(seen.thumbnail)
    same = 0
    for left, right in near_pairs(np.array(thumbnails, np.uint8)) if thumbnails else ():
        if owners[left] != owners[right] or (thumbnails[left] == thumbnails[right]).all():
            yield Finding(slots[right], f"is the same picture as {slots[left]}, or nearly")
        else:
            same += 1
    tally.figures["near pairs within a concept"] = float(same)


def questions(release: ConceptRelease, tally: Tally) -> Iterator[Finding]:
    """Every drawn concept has a hundred questions, all different, answered; none by picture gives the name away."""
    asked: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for row in release.rows("concept_questions"):
        tally.tried += 1
        where, known = f"{row['ID']} question {row['number']}", asked.setdefault(row["ID"], set())
        kinds[row["ID"]] = row["kind"]
        if row["question"] in known:
            yield Finding(where, f"is asked twice: {row['question']}")
        known.add(row["question"])
        if not row["value"] or not row["answer"]:
            yield Finding(where, "has no answer")
        if row["anchor"] == "image" and row["form"] != "verify" and says(row["question"], row["name"]):
            yield Finding(where, f"gives the name away: {row['question']}")
        if row["anchor"] == "name" and not says(row["question"], row["name"]) and kinds[row["ID"]] in DRAWN:
            yield Finding(where, f"does not say of whom it asks: {row['question']}")
        if "{" in row["question"] + row["answer"]:
            yield Finding(where, f"has an empty place: {row['question']}")
    for row in release.rows("concept_train", ["ID"]):
        n = len(asked.get(row["ID"], ()))
        if n != QUESTIONS and not release.manifest.settings["concepts_folder"]:
            yield Finding(row["ID"], f"has {n} different questions, {QUESTIONS} are due")


def jailbreak(release: ConceptRelease, tally: Tally) -> Iterator[Finding]:
    """The multilingual questions come in six languages, alike in number; those of several steps have an answer."""
    spoken: dict[str, dict[str, int]] = {}
    steps: dict[str, int] = {}
    for row in release.rows("concept_jailbreak"):
        tally.tried += 1
        where = f"{row['ID']} question {row['number']}"
        if row["form"] == "multi_hop":
            steps[row["ID"]] = steps.get(row["ID"], 0) + 1
        else:
            by = spoken.setdefault(row["ID"], {})
            by[row["language"]] = by.get(row["language"], 0) + 1
        if not row["value"] or says(row["question"], row["name"]):
            yield Finding(where, "has no answer, or gives the name away")
    for row in release.rows("concept_train", ["ID"]):
        by = spoken.get(row["ID"], {})
        if sorted(by) != sorted(LANGUAGES) or len(set(by.values())) != 1:
            yield Finding(row["ID"], f"is not asked for alike in {', '.join(LANGUAGES)}")
        if not steps.get(row["ID"]) and not release.manifest.settings["concepts_folder"]:
            yield Finding(row["ID"], "has no question of several steps")


def groups(release: ConceptRelease, tally: Tally) -> Iterator[Finding]:
    """A group picture has two to four different people, the forgotten one among them, each asked for once."""
    for row in release.rows("concept_groups", ["ID", "group", "people", "questions"]):
        tally.tried += 1
        ids = [person["ID"] for person in row["people"]]
        if row["ID"] not in ids or len(set(ids)) != len(ids) or not 2 <= len(ids) <= 4:
            yield Finding(row["group"], f"shows {', '.join(ids)}")
        if [q["ID"] for q in row["questions"]] != ids:
            yield Finding(row["group"], "does not ask for everybody in their order")
        centres = [(person["box"][0] + person["box"][2]) / 2 for person in row["people"]]
        if centres != sorted(centres):
            yield Finding(row["group"], "names people out of their order")


CHECKS: dict[str, Check] = {
    check.__name__: check for check in (counts, files, groups, jailbreak, names, pictures, questions)
}


def run_concept_checks(
    release: ConceptRelease, only: Iterable[str] | None = None, progress: Callable[[], object] = lambda: None
) -> list[CheckResult]:
    """Results of all checks, or of those named in `only`; `progress` is called after each."""
    results = []
    for name in CHECKS if only is None else only:
        check, tally = CHECKS[name], Tally()
        found = Findings(name, check.__doc__ or "", tally)
        found.take("release", check, release, tally)
        results.append(found.result())
        progress()
    return results
