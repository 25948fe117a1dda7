"""Counts a release in one pass over its shards, without reading the pictures."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..schemas.splits import CELEBRITY_CONFIG, RATIOS, forget_size
from .counts import Share, Statistics

if TYPE_CHECKING:
    from ..builder.reader import Release

_TASKS = ("ID", "Classification_Task", "Generation_Task", "Mask_Task")
_IMAGE = "Image_Textual"
"""The published value of `Type`, and the start of the published key, of questions about a picture."""
_ORDINAL = ("decade of birth", "height", "annual salary")


def statistics(release: "Release") -> Statistics:
    """Count a release.

    Raises:
        MllmuError: A shard is missing or damaged.
    """
    counter = _Counter()
    for row in release.rows("profiles", [*_TASKS, "biography", "metadata", "image.path"]):
        counter.person(row)
    for row in release.rows("test", [*_TASKS, "images.list.element.path"]):
        counter.questions(row)
        counter.pictures["test"] += len(row["images"])
    for row in release.rows(CELEBRITY_CONFIG, [*_TASKS, "image.path", "portrait_source", "portrait_license"]):
        counter.questions(row)
        if row["image"]:
            counter.celebrity_picture(row)
    return counter.result(release.manifest.people, release.manifest.celebrities)


class _Counter:
    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.letters: Counter[str] = Counter()
        self.pictures: Counter[str] = Counter()
        self.licences: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.places: dict[str, set[Any]] = {"countries": set(), "regions": set()}
        self.born: set[str] = set()
        self.fun_facts: set[str] = set()
        self.values: dict[str, Counter[str]] = {}

    def questions(self, row: dict[str, Any]) -> None:
        for part, cells in row["Classification_Task"].items():
            self.kinds["choice"] += len(cells)
            self.kinds["image" if part.startswith(_IMAGE) else "text"] += len(cells)
            self.letters.update(cell["Correct_Answer"] for cell in cells)
        for task in ("Generation_Task", "Mask_Task"):
            for cell in row[task]:
                self.kinds[task] += 1
                self.kinds["image" if cell["Type"] == _IMAGE else "text"] += 1

    def person(self, row: dict[str, Any]) -> None:
        self.questions(row)
        self.pictures["portrait"] += row["image"] is not None
        self.pairs.update(pair["Anchor"] for pair in json.loads(row["metadata"]))
        facts = json.loads(row["biography"])
        for place in (facts["Birthplace"], facts["Residence"]):
            self.places["countries"].add(place["Country"])
            self.places["regions"].add((place["Country"], place["Region"]))
        self.born.add(facts["Date of Birth"])
        self.fun_facts.update(facts["Fun Facts"])
        for attribute, value in _balanced(facts):
            self.values.setdefault(attribute, Counter())[value] += 1

    def celebrity_picture(self, row: dict[str, Any]) -> None:
        self.pictures["celebrity"] += 1
        if row["portrait_source"] == "stand-in":
            self.pictures["stand-in"] += 1
        else:
            self.licences[row["portrait_license"] or ""] += 1

    def result(self, people: int, celebrities: int) -> Statistics:
        forget = [forget_size(people, ratio) for ratio in RATIOS]
        return Statistics(
            people=people,
            celebrities=celebrities,
            portraits=self.pictures["portrait"],
            test_pictures=self.pictures["test"],
            celebrity_pictures=self.pictures["celebrity"],
            stand_ins=self.pictures["stand-in"],
            celebrity_licences=tuple(sorted(self.licences.items())),
            questions=self.kinds["image"] + self.kinds["text"],
            image_questions=self.kinds["image"],
            text_questions=self.kinds["text"],
            multiple_choice=self.kinds["choice"],
            generation=self.kinds["Generation_Task"],
            cloze=self.kinds["Mask_Task"],
            letters=(self.letters["A"], self.letters["B"], self.letters["C"], self.letters["D"]),
            countries=len(self.places["countries"]),
            regions=len(self.places["regions"]),
            birth_years=len({day[:4] for day in self.born}),
            birth_dates=len(self.born),
            occupations=len(self.values.get("occupation", ())),
            fun_facts=len(self.fun_facts),
            pairs=self.pairs.total(),
            name_pairs=self.pairs["name"],
            forget=(forget[0], forget[1], forget[2]),
            shares=tuple(_share(attribute, counts) for attribute, counts in self.values.items()),
        )


def _balanced(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The attributes whose balance is worth a look, as text."""
    yield "country of birth", facts["Birthplace"]["Country"]
    yield "country of residence", facts["Residence"]["Country"]
    yield "occupation", facts["Occupation"]
    yield "medical condition", facts["Medical Condition"]
    yield "gender", facts["Gender"]
    yield "decade of birth", f"{facts['Date of Birth'][:3]}0s"
    yield "height", f"{facts['Height'] // 10 * 10}s cm"
    yield "annual salary", _bracket(facts["Annual Salary"])
    for hobby in facts["Hobbies"]:
        yield "hobby", hobby


def _bracket(salary: int) -> str:
    edges = (20, 40, 60, 80, 100, 150)
    lower = 0
    for edge in edges:
        if salary < edge * 1000:
            return f"${lower}–{edge}k"
        lower = edge
    return f"over ${edges[-1]}k"


def _share(attribute: str, counts: Counter[str]) -> Share:
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
    return Share(
        attribute=attribute,
        values=len(counts),
        top=tuple(top),
        total=counts.total(),
        ordinal=attribute in _ORDINAL,
    )
