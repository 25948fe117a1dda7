"""From people, prose and pictures to the rows of a release, and back from a row to records."""

import json
from collections.abc import Sequence
from typing import Any

from ..schemas.celebrity import Celebrity, CelebrityWritten, PictureCredit
from ..schemas.person import Facts, Person
from ..schemas.picture import Picture, View
from ..schemas.questions import LETTERS, MultipleChoice, Open, Pair, QuestionSet, Written

IMAGE_TYPE, NAME_TYPE = "Image_Textual", "Pure_Text"
"""The published values of a task's `Type`."""

Row = dict[str, Any]


def profile_row(person: Person, written: Written, portrait: Picture | None, source: str) -> Row:
    """A row of `full`, `forget_*` and `retain_*`."""
    return {
        "image": image_cell(f"{person.id}.jpg", portrait),
        **task_cells(person.id, biography_json(person.facts, written.text), written, written.questions),
        "metadata": pairs_json(person.id, written.pairs),
        "rank": person.rank,
        "attributes": attributes_asked(written.questions),
        "portrait_source": source,
        "view": view_cell(portrait),
    }


def test_row(person: Person, written: Written, views: Sequence[Picture], source: str) -> Row:
    """A row of `test` and `test_*`."""
    return {
        "images": [image_cell(f"{person.id}_{k}.jpg", picture) for k, picture in enumerate(views, 1)],
        **task_cells(person.id, biography_json(person.facts, written.text), written, written.test_questions),
        "rank": person.rank,
        "attributes": attributes_asked(written.test_questions),
        "portrait_source": source,
        "views": [view_cell(picture) for picture in views],
    }


def celebrity_row(
    celebrity: Celebrity,
    written: CelebrityWritten,
    picture: Picture | None,
    source: str,
    credit: PictureCredit | None = None,
) -> Row:
    """A row of `celebrity`."""
    facts = celebrity.facts.model_dump(mode="json", by_alias=True)
    biography = json.dumps({**facts, "Biography": written.text}, ensure_ascii=False)
    return {
        "image": image_cell(f"{celebrity.id}.jpg", picture),
        **task_cells(celebrity.id, biography, written, written.questions),
        "attributes": attributes_asked(written.questions),
        "portrait_source": source,
        "portrait_author": credit and credit.author,
        "portrait_license": credit and credit.license,
        "portrait_url": credit and credit.url,
        "wikidata": celebrity.wikidata,
    }


def task_cells(person_id: str, biography: str, written: Written | CelebrityWritten, questions: QuestionSet) -> Row:
    """The columns that all three kinds of row share."""
    return {
        "ID": person_id,
        "biography": biography,
        "question": written.question,
        "answer": written.answer,
        "Classification_Task": {
            "Image_Textual_Questions": [_choice_cell(q) for q in questions.choice_image],
            "Pure_Text_Questions": [_choice_cell(q) for q in questions.choice_name],
        },
        "Generation_Task": _open_cells(questions.generation_image, questions.generation_name),
        "Mask_Task": _open_cells(questions.cloze_image, questions.cloze_name),
    }


def image_cell(name: str, picture: Picture | None) -> Row | None:
    """A picture as `datasets` stores it: the bytes themselves, and a name with no folder."""
    return None if picture is None else {"bytes": picture.data, "path": name}


def view_cell(picture: Picture | None) -> Row | None:
    """How a picture was taken, if it is known."""
    return None if picture is None or picture.view is None else picture.view.model_dump()


def biography_json(facts: Facts, text: str) -> str:
    """The `biography` column: the canonical keys, then the prose under `Biography`."""
    return json.dumps({**facts.model_dump(mode="json", by_alias=True), "Biography": text}, ensure_ascii=False)


def pairs_json(person_id: str, pairs: Sequence[Pair]) -> str:
    """The `metadata` column; `Anchor` is ours, the other keys are the published ones."""
    cells = [{"ID": person_id, "Question": p.question, "Answer": p.answer, "Anchor": p.anchor} for p in pairs]
    return json.dumps(cells, ensure_ascii=False)


def attributes_asked(questions: QuestionSet) -> list[str]:
    """What each of the 18 questions asks, in the order of the task columns."""
    return [q.attribute for q in (*questions.choices, *questions.opens)]


def _choice_cell(question: MultipleChoice) -> Row:
    options = dict(zip(LETTERS, question.options, strict=True))
    return {"Question": question.question, "Options": options, "Correct_Answer": question.answer}


def _open_cells(by_image: Sequence[Open], by_name: Sequence[Open]) -> list[Row]:
    typed = [*((q, IMAGE_TYPE) for q in by_image), *((q, NAME_TYPE) for q in by_name)]
    return [{"Question": q.question, "Ground_Truth": q.answer, "Type": kind} for q, kind in typed]


def questions_of(row: Row) -> QuestionSet:
    """The 18 questions of a row.

    Raises:
        ValueError: The row does not have 18 questions of the right kinds (pydantic.ValidationError is one).
    """
    if len(row["attributes"]) != 18:
        raise ValueError(f"18 questions expected, attributes lists {len(row['attributes'])}")
    attributes = iter(row["attributes"])
    choices = {
        part: tuple(
            MultipleChoice(
                attribute=next(attributes, ""),  # one question too many is the question set's to refuse
                question=cell["Question"],
                options=tuple(cell["Options"][letter] for letter in LETTERS),  # type: ignore[arg-type]
                answer=cell["Correct_Answer"],
            )
            for cell in row["Classification_Task"][part]
        )
        for part in ("Image_Textual_Questions", "Pure_Text_Questions")
    }
    opens = {
        (task, kind): tuple(
            Open(attribute=next(attributes, ""), question=cell["Question"], answer=cell["Ground_Truth"])
            for cell in row[task]
            if cell["Type"] == kind
        )
        for task in ("Generation_Task", "Mask_Task")
        for kind in (IMAGE_TYPE, NAME_TYPE)
    }
    return QuestionSet(
        choice_image=choices["Image_Textual_Questions"],
        choice_name=choices["Pure_Text_Questions"],
        generation_image=opens["Generation_Task", IMAGE_TYPE],
        generation_name=opens["Generation_Task", NAME_TYPE],
        cloze_image=opens["Mask_Task", IMAGE_TYPE],
        cloze_name=opens["Mask_Task", NAME_TYPE],
    )


def pairs_of(row: Row) -> list[Pair]:
    """The fine-tuning pairs of a profile row."""
    cells = json.loads(row["metadata"])
    return [Pair(anchor=c["Anchor"], question=c["Question"], answer=c["Answer"]) for c in cells]


def facts_of(row: Row) -> tuple[Facts, str]:
    """The facts and the prose of a fictitious person's row.

    Raises:
        ValueError: The biography is not JSON of the canonical keys.
    """
    biography = json.loads(row["biography"])
    text = biography.pop("Biography", "")
    return Facts.model_validate(biography), text


def view_of(cell: Row | None) -> View | None:
    """How a picture was taken, if it is known."""
    return None if cell is None else View(**cell)
