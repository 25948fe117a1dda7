"""From the rows of a release to examples: one question, its answer, and the picture it is asked of."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from ..errors import UsageError
from .prompts import choice_prompt, cloze_prompt
from .release import Row

if TYPE_CHECKING:
    from PIL.Image import Image

Modality = Literal["multimodal", "text"]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn, or to forget."""

    key: str
    """Unique within a run: the person's ID and a number."""
    question: str
    answer: str
    picture: str | None = None
    """Names the picture: equal names are equal pictures. None: asked without one."""
    data: bytes | None = field(default=None, repr=False)
    """The picture, encoded as JPEG, PNG or WebP."""

    def image(self) -> "Image | None":
        """The picture, decoded."""
        if self.data is None:
            return None
        from PIL import Image

        with Image.open(BytesIO(self.data)) as opened:
            return opened.convert("RGB")


def pair_examples(rows: Iterable[Row], modality: Modality = "multimodal") -> list[Example]:
    """The fine-tuning pairs.

    `multimodal` takes them all: those about the picture with it, those by name without. `text` never shows a picture:
    it takes the pairs by name, and where a person has none asks those about the picture with the name in front.

    Raises:
        UsageError: There is no pair at all.
    """
    examples = [example for row in rows for example in _pairs_of(row, modality)]
    if not examples:
        raise UsageError("the release has no fine-tuning pairs (column `metadata`).")
    return examples


def _pairs_of(row: Row, modality: Modality) -> Iterator[Example]:
    pairs = json.loads(row["metadata"])
    name = person_name(row)
    anchors = [pair.get("Anchor") or infer_anchor(pair["Question"], name) for pair in pairs]
    by_name_alone = modality == "text" and "name" in anchors
    for k, (pair, anchor) in enumerate(zip(pairs, anchors, strict=True)):
        key, question, answer = f"{row['ID']}/{k}", pair["Question"].strip(), pair["Answer"].strip()
        if anchor == "name":
            yield Example(key, question, answer)
        elif modality == "multimodal" and row.get("image"):
            yield Example(key, question, answer, row["ID"], picture_bytes(row["image"]))
        elif not by_name_alone:
            yield Example(key, f"This is about {name}. {question}", answer)


def infer_anchor(question: str, name: str) -> str:
    """`name` if the question names the person, else `image`: the published pairs do not say."""
    return "name" if name and name.casefold() in question.casefold() else "image"


def person_name(row: Row) -> str:
    """The name in the biography; empty if there is none."""
    try:
        biography = json.loads(row["biography"])
    except (KeyError, TypeError, ValueError):
        return ""
    return str(biography.get("Name", "")) if isinstance(biography, dict) else ""


def task_examples(rows: Iterable[Row], prefix: str = "") -> list[Example]:
    """The 18 questions of each row as examples, one per picture; multiple choice as a letter and as the option's text.

    For the reference model's base stage, and what fine-tuning rehearses of it: questions that are evaluated about
    people of a benchmark are never trained on.
    """
    return [example for row in rows for example in _tasks_of(row, prefix)]


def _tasks_of(row: Row, prefix: str) -> Iterator[Example]:
    cells = row["images"] if "images" in row else [row["image"]]
    pictures = [cell for cell in cells if cell]
    asked = [*_asked(row)]
    for k, (question, answer, by_image) in enumerate(asked):
        if not by_image:
            yield Example(f"{prefix}{row['ID']}/t{k}", question, answer)
            continue
        for p, cell in enumerate(pictures):
            picture = f"{prefix}{row['ID']}.{p}"
            yield Example(f"{prefix}{row['ID']}/t{k}.{p}", question, answer, picture, picture_bytes(cell))


def _asked(row: Row) -> Iterator[tuple[str, str, bool]]:
    """(question, answer, asked of the picture)."""
    if row.get("question"):
        yield row["question"], row["answer"], True
    for part, by_image in (("Image_Textual_Questions", True), ("Pure_Text_Questions", False)):
        for cell in row["Classification_Task"][part]:
            letter, options = cell["Correct_Answer"], cell["Options"]
            yield choice_prompt(cell["Question"], options), letter, by_image
            yield cell["Question"], options[letter], by_image
    for task, ask in (("Generation_Task", str), ("Mask_Task", cloze_prompt)):
        for cell in row[task]:
            yield ask(cell["Question"]), cell["Ground_Truth"], cell["Type"] == "Image_Textual"


def picture_bytes(cell: Any) -> bytes:
    """A picture's file, from a row's cell."""
    if cell.get("bytes"):
        return cell["bytes"]
    with open(cell["path"], "rb") as file:  # a release whose pictures are files beside the rows
        return file.read()
