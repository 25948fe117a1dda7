"""What each column holds, said for people, with the value of one row."""

from typing import TYPE_CHECKING, Any, NamedTuple

from ..image_files import undecodable

if TYPE_CHECKING:
    from ..builder.reader import Release

_TEXT = {
    "image": "the portrait",
    "images": "re-posed portraits: other pose, expression, light and background",
    "ID": "the same in every config",
    "biography": "JSON: every fact under a fixed key, and the prose under `Biography`",
    "question": "the describe-this-person request, asked with the picture",
    "answer": "its answer",
    "Classification_Task": "five multiple-choice questions by picture and five by name",
    "Generation_Task": "two open questions by picture (`Image_Textual`), two by name (`Pure_Text`)",
    "Mask_Task": "four sentences with one blank, written `__`; likewise",
    "metadata": "JSON: the fine-tuning pairs; `Anchor` says whether a picture or the name stands for the person",
    "rank": "place in the forget order: the forget set of p % is the ranks below n·p/100",
    "attributes": "which fact each of the 18 questions asks for, in the order of the three task columns",
    "portrait_source": "what drew the picture; `stand-in`: a drawn face that is not the named person's",
    "view": "how the picture was taken: degrees of yaw, pitch and roll; expression, light, background; "
    "for pictures painted from a portrait, their similarity with it (cosine of ArcFace embeddings)",
    "views": "the same, for each of `images`",
    "portrait_author": "who made the picture; empty for a stand-in",
    "portrait_license": "its licence; empty for a stand-in",
    "portrait_url": "where it is from; empty for a stand-in",
    "wikidata": "the person's item on Wikidata, if one is certain",
}

_LONGEST = 170
"""Characters of an example."""

# In HTML, for two of them stand in a <summary>; a bare * would be Markdown.
_TITLES = {
    "profiles": "<code>full</code>, <code>forget_&#42;</code> and <code>retain_&#42;</code>",
    "test": "<code>test</code> and <code>test_&#42;</code>",
    "celebrity": "<code>celebrity</code>",
}


class Column(NamedTuple):
    """One line of a table of columns."""

    name: str
    meaning: str
    example: str


class Kind(NamedTuple):
    """The columns of one kind of row."""

    title: str
    columns: list[Column]


def column_tables(release: "Release") -> list[Kind]:
    """The columns of every kind of row that the release has, with its first row as the example."""
    tables = []
    for kind, title in _TITLES.items():
        row = next(release.rows(kind), None)
        if row is not None:
            columns = [Column(name, _TEXT.get(name, ""), _cut(_example(value))) for name, value in row.items()]
            tables.append(Kind(title, columns))
    return tables


def _example(value: Any) -> str:
    """A value in a table: short, on one line, no bytes."""
    if isinstance(value, dict) and value.keys() == {"bytes", "path"}:
        return _picture(value["bytes"])
    if isinstance(value, list) and value and isinstance(value[0], dict) and "bytes" in value[0]:
        return f"{len(value)} × {_picture(value[0]['bytes'])}"
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_example(cell)}" for key, cell in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([_example(cell) for cell in value[:2]] + ["…"] * (len(value) > 2)) + "]"
    return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _picture(data: bytes) -> str:
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return f"{image.width} × {image.height} {image.format}"
    except undecodable():
        return "a picture that does not decode"
