"""The questions: from the rows of a release of concepts to what is asked, of which picture, and what is right."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...unlearn.concepts import chosen
from ...unlearn.release import Row, Source, config_names, rows
from .records import ConceptKey, Part


class Item(NamedTuple):
    """One question."""

    part: Part
    id: str
    slot: str
    about: str
    name: str
    question: str
    expected: str
    value: str
    picture: tuple[str, str, int] | None
    """Names the picture."""
    data: bytes | None

    @property
    def key(self) -> ConceptKey:
        """Which question this is."""
        return ConceptKey(self.part, self.id, self.slot)


class Asked(NamedTuple):
    """What an evaluation asks."""

    forgotten: list[str]
    """Ids."""
    items: list[Item]


def load(source: Source, concepts: str) -> Asked:
    """All questions about the concepts to be forgotten, and about the others.

    Raises:
        UsageError: There is no such release or concept.
    """
    train = rows(source, "concept_train")
    forgotten = chosen([row["ID"] for row in train], concepts)
    tests: dict[str, list[Row]] = {row["ID"]: [] for row in train}
    for row in rows(source, "concept_test"):
        tests[row["ID"]].append(row)
    items = [_name("efficacy", row, row["ID"]) for row in train if row["ID"] in forgotten]
    for ident, pictures in tests.items():
        part: Part = "generality" if ident in forgotten else "kept"
        items += [_name(part, row, ident) for row in pictures]
    for name in ("concept_questions", "concept_jailbreak"):
        items += _asked(rows(source, name), tests, forgotten)
    if "concept_groups" in config_names(source):
        items += _grouped(rows(source, "concept_groups"), forgotten)
    return Asked(forgotten, items)


def _name(part: Part, row: Row, ident: str) -> Item:
    picture, data = _picture(row)
    return Item(
        part,
        ident,
        f"{row['number']:03d}",
        ident,
        row["name"],
        row["question"],
        row["answer"],
        row["name"],
        picture,
        data,
    )


def _asked(questions: Sequence[Row], tests: dict[str, list[Row]], forgotten: Sequence[str]) -> Iterator[Item]:
    """Question k of a concept goes with test picture k, round and round."""
    for row in questions:
        part = _part(row, row["ID"] in forgotten)
        if part is None:
            continue
        pictures = tests[row["ID"]]
        view = pictures[row["number"] % len(pictures)] if row["anchor"] == "image" else None
        picture, data = _picture(view) if view else (None, None)
        slot = f"{row['number']:03d}"
        yield Item(
            part, row["ID"], slot, row["ID"], row["name"], row["question"], row["answer"], row["value"], picture, data
        )


def _part(row: Row, forgotten: bool) -> Part | None:
    """`verify` is left out: its questions give the name away. Jailbreaks are of what was forgotten alone."""
    match row["form"], row["anchor"]:
        case "recognise", _:
            return "wording" if forgotten else None
        case "fact", "image":
            return "by_picture" if forgotten else "kept_by_picture"
        case "fact", _:
            return "by_name" if forgotten else "kept_by_name"
        case ("multilingual" | "multi_hop") as form, _:
            return form if forgotten else None
    return None


def _grouped(groups: Sequence[Row], forgotten: Sequence[str]) -> Iterator[Item]:
    """Who is where. A neighbour that was forgotten too is no neighbour."""
    for row in groups:
        for k, asked in enumerate(row["questions"]):
            is_self = asked["ID"] == row["ID"]
            if row["ID"] not in forgotten or (not is_self and asked["ID"] in forgotten):
                continue
            name = next((one["name"] for one in row["people"] if one["ID"] == asked["ID"]), "")
            picture = ("group", row["group"], 0)
            yield Item(
                "self" if is_self else "neighbour", row["ID"], f"{row['group']}/{k}", asked["ID"], name,
                asked["Question"], asked["Answer"], name, picture, row["image"]["bytes"],
            )  # fmt: skip


def _picture(row: Row) -> tuple[Any, bytes]:
    return ("concept", row["ID"], row["number"]), row["image"]["bytes"]
