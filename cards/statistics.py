"""What a release counts, beside Table 1 of the paper (arXiv 2410.22108). Read in one pass, without the pictures."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..schemas.base import Strict
from ..schemas.splits import CELEBRITY_CONFIG, RATIOS, forget_size

if TYPE_CHECKING:
    from ..builder.reader import Release

_TASKS = ("ID", "Classification_Task", "Generation_Task", "Mask_Task")
_IMAGE = "Image_Textual"
"""The published value of `Type`, and the start of the published key, of questions about a picture."""


_ORDINAL = ("decade of birth", "height", "annual salary")


class Share(Strict):
    """How one attribute is spread over the fictitious people."""

    attribute: str
    values: int
    """Different ones."""
    top: tuple[tuple[str, int], ...]
    """The most frequent, with their counts."""
    total: int
    """Of all counts; more than the people where one has several values."""
    ordinal: bool
    """Whether the values have an order of their own, as years have."""


class Statistics(Strict):
    """The counts of a release. A person-row is a row with 18 questions: of a profile, a test row or a celebrity."""

    people: int
    """Fictitious."""
    celebrities: int
    portraits: int
    test_pictures: int
    """Re-posed."""
    celebrity_pictures: int
    stand_ins: int
    """Celebrity pictures that show a drawn face, not the person."""
    celebrity_licences: tuple[tuple[str, int], ...]
    """Of the other celebrity pictures, with their counts; empty text where none is named."""
    questions: int
    image_questions: int
    text_questions: int
    multiple_choice: int
    generation: int
    cloze: int
    letters: tuple[int, int, int, int]
    """How often A, B, C and D are right, over all multiple-choice questions."""
    countries: int
    """Of birth and residence; like all that follow, of the fictitious people."""
    regions: int
    birth_years: int
    birth_dates: int
    occupations: int
    """Of the people themselves, not of their parents."""
    fun_facts: int
    """Different ones."""
    pairs: int
    """Fine-tuning examples."""
    name_pairs: int
    """Those of them that ask by name, with no picture."""
    forget: tuple[int, int, int]
    """People in the forget sets of 5, 10 and 15 %."""
    shares: tuple[Share, ...]


class Line(NamedTuple):
    """A line of Table 1."""

    label: str
    ours: str
    paper: str


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


def table_1(ours: Statistics) -> list[Line]:
    """Our counts beside the paper's, in the paper's order."""
    pictures = ours.portraits + ours.test_pictures + ours.celebrity_pictures

    def line(label: str, count: int, paper: str) -> Line:
        return Line(label, f"{count:,}", paper)

    return [
        line("people", ours.people + ours.celebrities, "653"),
        line("· fictitious", ours.people, "500"),
        line("· celebrities", ours.celebrities, "153"),
        line("pictures", pictures, "1,153"),
        line("· re-posed", ours.test_pictures, "500"),
        line("questions", ours.questions, "20,754"),
        line("· image and text", ours.image_questions, "10,377"),
        line("· text only", ours.text_questions, "10,377"),
        line("multiple choice", ours.multiple_choice, "11,530"),
        line("free generation", ours.generation, "4,612"),
        line("fill in the blank", ours.cloze, "4,612"),
        line("countries", ours.countries, "70"),
        line("regions", ours.regions, "240"),
        line("birth years", ours.birth_years, "211"),
        line("birth dates", ours.birth_dates, "–"),
        line("occupations", ours.occupations, "145"),
        line("different fun facts", ours.fun_facts, "over 1,900"),
        line("fine-tuning pairs", ours.pairs, "7,704"),
        line("· that ask by name", ours.name_pairs, "1"),
        Line("forget sets, 5 / 10 / 15 %", " / ".join(map(str, ours.forget)), "25 / 50 / 75"),
    ]


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
