"""The columns of a release: the published benchmark's, name for name and type for type, then ours.

`datasets` is imported when a function is called, never with this module.
"""

from typing import TYPE_CHECKING, Any

from .concepts import PARTS, concept_features

if TYPE_CHECKING:
    from datasets import Features


def _tasks() -> dict[str, Any]:
    from datasets import List, Value

    text = Value("string")
    choice = {"Question": text, "Options": dict.fromkeys("ABCD", text), "Correct_Answer": text}
    open_question = {"Question": text, "Ground_Truth": text, "Type": text}
    return {
        "ID": text,
        "biography": text,  # JSON: schemas.person.Facts and the prose
        "question": text,
        "answer": text,
        "Classification_Task": {"Image_Textual_Questions": List(choice), "Pure_Text_Questions": List(choice)},
        "Generation_Task": List(open_question),
        "Mask_Task": List(open_question),
    }


def _view() -> dict[str, Any]:
    from datasets import Value

    angles = {axis: Value("float32") for axis in ("yaw", "pitch", "roll")}
    words = {name: Value("string") for name in ("expression", "light", "background")}
    return {**angles, **words, "similarity": Value("float32")}


def profile_features() -> "Features":
    """Columns of `full`, `forget_*` and `retain_*`."""
    from datasets import Features, Image, List, Value

    return Features(
        {
            "image": Image(),
            **_tasks(),
            "metadata": Value("string"),  # JSON: list of {ID, Question, Answer, Anchor}, the fine-tuning pairs
            "rank": Value("int32"),
            "attributes": List(Value("string")),  # what each of the 18 questions asks, in the order of the tasks
            "portrait_source": Value("string"),
            "view": _view(),
        }
    )


def test_features() -> "Features":
    """Columns of `test` and `test_*`: `images`, a list, in the place of `image`."""
    from datasets import Features, Image, List, Value

    return Features(
        {
            "images": List(Image()),
            **_tasks(),
            "rank": Value("int32"),
            "attributes": List(Value("string")),
            "portrait_source": Value("string"),
            "views": List(_view()),
        }
    )


def celebrity_features() -> "Features":
    """Columns of `celebrity`: real public figures, never trained on."""
    from datasets import Features, Image, List, Value

    text = Value("string")
    return Features(
        {
            "image": Image(),
            **_tasks(),
            "attributes": List(text),
            "portrait_source": text,  # stand-in: a drawn face that is not the person's
            "portrait_author": text,
            "portrait_license": text,
            "portrait_url": text,
            "wikidata": text,
        }
    )


def features_of(kind: str) -> "Features":
    """Columns of the shards under `data/{kind}`: profiles, test, celebrity, or a config of concepts."""
    if kind in PARTS:
        return concept_features(kind)
    return {"profiles": profile_features, "test": test_features, "celebrity": celebrity_features}[kind]()
