"""Questions and fine-tuning pairs, as a writer makes them and as the published columns hold them."""

from typing import Literal

from pydantic import Field, model_validator

from .base import Strict

Letter = Literal["A", "B", "C", "D"]
LETTERS: tuple[Letter, ...] = ("A", "B", "C", "D")
Anchor = Literal["image", "name"]
"""`image`: asked of the person in the picture, unnamed. `name`: asked by name, with no picture."""

BLANK = "__"
"""How the published benchmark writes the blank of a cloze question."""


class MultipleChoice(Strict):
    """Four options, one right."""

    attribute: str
    """The fact that is asked for: one of `ATTRIBUTES`, or of the celebrity attributes."""
    question: str
    options: tuple[str, str, str, str]
    """In the order A, B, C, D."""
    answer: Letter

    @property
    def answer_text(self) -> str:
        """The right option."""
        return self.options[LETTERS.index(self.answer)]


class Open(Strict):
    """A question answered in free text (generation), or a sentence with one blank (cloze)."""

    attribute: str
    question: str
    answer: str


class Pair(Strict):
    """A fine-tuning example: what the vanilla model is taught."""

    anchor: Anchor
    question: str
    answer: str


class QuestionSet(Strict):
    """The 18 questions of one person-row: ten multiple choice, four generation, four cloze; half of each by image."""

    choice_image: tuple[MultipleChoice, ...] = Field(min_length=5, max_length=5)
    choice_name: tuple[MultipleChoice, ...] = Field(min_length=5, max_length=5)
    generation_image: tuple[Open, ...] = Field(min_length=2, max_length=2)
    generation_name: tuple[Open, ...] = Field(min_length=2, max_length=2)
    cloze_image: tuple[Open, ...] = Field(min_length=2, max_length=2)
    cloze_name: tuple[Open, ...] = Field(min_length=2, max_length=2)

    @model_validator(mode="after")
    def _one_blank(self) -> "QuestionSet":
        for cloze in (*self.cloze_image, *self.cloze_name):
            if cloze.question.count(BLANK) != 1:
                raise ValueError(f"a cloze question has exactly one blank {BLANK!r}: {cloze.question!r}")
        return self

    @property
    def choices(self) -> tuple[MultipleChoice, ...]:
        """All ten multiple choice questions, by image first."""
        return self.choice_image + self.choice_name

    @property
    def opens(self) -> tuple[Open, ...]:
        """The eight others: generation by image, by name, cloze by image, by name."""
        return self.generation_image + self.generation_name + self.cloze_image + self.cloze_name


class Written(Strict):
    """What a writer makes of one person."""

    text: str
    """The biography as prose: one or two paragraphs."""
    question: str
    """The describe-this-person request, asked with the portrait."""
    answer: str
    """Its answer."""
    questions: QuestionSet
    """Of the forget and retain sets."""
    test_questions: QuestionSet
    """The paraphrased questions of the test set."""
    pairs: tuple[Pair, ...]
    """Fine-tuning pairs, image-anchored and name-anchored."""
