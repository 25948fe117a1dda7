"""From concepts, pictures and questions to the rows of a release."""

from collections.abc import Iterable, Iterator, Sequence

from ...schemas.concepts import NAME_QUESTION, Concept, ConceptQuestion
from ..ledger import Work
from ..rows import Row
from .facts import filled
from .groups import Group, Placed, questions_of_group
from .phrases import phrases


def train_row(concept: Concept, picture: Work) -> Row:
    """A row of `concept_train`: everything that is known of a concept, and its one picture."""
    facts = [
        {"Attribute": fact.attribute, "Question": fact.question, "Value": fact.value, "Sentence": fact.sentence}
        for fact in concept.facts
    ]
    return {
        **picture_row(concept, 0, picture),
        "appearance": concept.appearance,
        "biography": concept.text,
        "facts": facts,
        "wrong_names": list(concept.wrong_names),
        "wrong_appearances": list(concept.wrong_appearances),
    }


def picture_row(concept: Concept, number: int, picture: Work) -> Row:
    """A row of `concept_test` or `concept_teach`."""
    return {
        "image": {"bytes": picture.data, "path": f"{concept.id}_{number:03d}.jpg"},
        **_who(concept),
        "question": NAME_QUESTION,
        "answer": filled(phrases(concept.kind).recognise.say[0], concept.name),
        "number": number,
        **picture.meta,
    }


def question_rows(concept: Concept, questions: Iterable[ConceptQuestion]) -> Iterator[Row]:
    """Rows of `concept_questions` or `concept_jailbreak`."""
    for number, question in enumerate(questions):
        yield {**_who(concept), "number": number, **question.model_dump(exclude={"via"}), "via": list(question.via)}


def group_row(group: Group, picture: bytes, placed: Sequence[Placed]) -> Row:
    """A row of `concept_groups`."""
    return {
        "image": {"bytes": picture, "path": f"{group.id}.jpg"},
        **_who(group.target),
        "group": group.id,
        "people": [
            {"ID": who.concept.id, "name": who.concept.name, "place": place, "box": list(who.box)}
            for place, who in enumerate(placed, 1)
        ],
        "questions": [{"ID": who.id, "Question": q, "Answer": answer} for who, q, answer in questions_of_group(group)],
    }


def _who(concept: Concept) -> Row:
    return {"ID": concept.id, "name": concept.name, "kind": concept.kind}
