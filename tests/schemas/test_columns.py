"""The published benchmark's columns, type for type; ours come after them."""

from datasets import Image, List, Value
from mllmu.schemas import columns

TEXT = Value("string")
CHOICE = {"Question": TEXT, "Options": dict.fromkeys("ABCD", TEXT), "Correct_Answer": TEXT}
OPEN = {"Question": TEXT, "Ground_Truth": TEXT, "Type": TEXT}
TASKS = {
    "ID": TEXT,
    "biography": TEXT,
    "question": TEXT,
    "answer": TEXT,
    "Classification_Task": {"Image_Textual_Questions": List(CHOICE), "Pure_Text_Questions": List(CHOICE)},
    "Generation_Task": List(OPEN),
    "Mask_Task": List(OPEN),
}


def starts_with(features, published):
    return dict(list(features.items())[: len(published)]) == published


def test_profile_columns_are_the_published_ones_then_ours():
    assert starts_with(columns.profile_features(), {"image": Image(), **TASKS, "metadata": TEXT})


def test_test_set_has_a_list_of_images():
    assert starts_with(columns.test_features(), {"images": List(Image()), **TASKS})


def test_celebrities_have_the_same_tasks():
    assert starts_with(columns.celebrity_features(), {"image": Image(), **TASKS})
