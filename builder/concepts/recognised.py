"""The paper's filter: a concept is kept only if a model names it in every one of its pictures.

Any model will do: a function from a picture to a name, or a file of what one answered, such as
`{"model": "…", "answers": {"K001/000": "This is …", …}}`, keyed by concept and picture.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pydantic import Field, ValidationError

from ...errors import UsageError
from ...schemas.base import Strict
from ...wording import says

Recogniser = Callable[[bytes], str]
"""Picture (JPEG) -> what the model says when asked `NAME_QUESTION`."""


ASKED = "a model"
"""What stands for the filter in a manifest where a model itself was asked, not a file of its answers."""


class Answers(Strict):
    """What a model answered."""

    model: str = ""
    answers: dict[str, str] = Field(default_factory=dict)
    """`K001/000` -> the answer to `NAME_QUESTION` with that picture."""


class Filter(Protocol):
    """Decides which pictures were recognised."""

    def __call__(self, slot: str, name: str, picture: bytes) -> bool:
        """Whether the answer to the picture names it; `slot` is `K001/000`."""
        ...


def read_answers(path: Path) -> Answers:
    """The file of a model's answers.

    Raises:
        UsageError: It cannot be read or has another shape.
    """
    try:
        return Answers.model_validate(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise UsageError(f"cannot read the filter {path}: {error.strerror}.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"{path} is not JSON: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise UsageError(f'{path}: {where}: {first["msg"]}. It needs "answers": {{"K001/000": "…"}}.') from error


def by_file(answers: Answers) -> Filter:
    """A filter that looks answers up; a picture without one was not recognised."""

    def named(slot: str, name: str, picture: bytes) -> bool:
        return says(answers.answers.get(slot, ""), name)

    return named


def by_model(recogniser: Recogniser) -> Filter:
    """A filter that asks a model."""

    def named(slot: str, name: str, picture: bytes) -> bool:
        return says(recogniser(picture), name)

    return named
