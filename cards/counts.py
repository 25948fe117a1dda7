"""What a release counts, beside Table 1 of the paper (arXiv 2410.22108)."""

from typing import NamedTuple

from ..schemas.base import Strict


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
