"""What a model must reply, stage by stage. Strict schemas know no defaults and no bounds: bounds are checked by us."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from ....schemas.person import Attribute


class Reply(BaseModel):
    """Base of all replies: no other keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(Reply):
    """A question."""

    number: int
    question: str


class Offer(Reply):
    """A multiple choice with wrong options of the model's own."""

    number: int
    question: str
    wrong: list[str]


class Answered(Reply):
    """A question and its answer."""

    number: int
    question: str
    answer: str


class Sentence(Reply):
    """A sentence with a blank."""

    number: int
    sentence: str


class NewOpen(Reply):
    """A test question, which may ask for another fact than the old one."""

    number: int
    asks_for: Attribute
    question: str
    answer: str


class ProfileReply(Reply):
    """Stage `profile`."""

    biography: str
    request: str
    description: str


class QuestionsReply(Reply):
    """Stage `questions`."""

    choices: list[Wording]
    generations: list[Answered]
    clozes: list[Sentence]


class OfferingReply(Reply):
    """Stage `questions`, when the model makes up the wrong options too."""

    choices: list[Offer]
    generations: list[Answered]
    clozes: list[Sentence]


class PairsReply(Reply):
    """Stage `pairs`."""

    pairs: list[Answered]


class TestReply(Reply):
    """Stage `test`."""

    __test__ = False  # not a test class, whatever its name says

    choices: list[Wording]
    generations: list[NewOpen]
    clozes: list[Sentence]


class Verdict(Reply):
    """A judge's opinion of one question."""

    number: int
    grounded: bool
    unambiguous: bool
    natural: bool
    reason: str


class JudgeReply(Reply):
    """Stage `judge`."""

    verdicts: list[Verdict]


def response_format(stage: str, model: type[BaseModel]) -> dict[str, Any]:
    """The `response_format` that holds a model to this reply."""
    return {
        "type": "json_schema",
        "json_schema": {"name": stage, "strict": True, "schema": _plain(model.model_json_schema())},
    }


def _plain(schema: Any) -> Any:
    """The schema without titles and descriptions, which only cost tokens."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    noise = {"description"} if "properties" in schema else set()
    noise |= {"title"} if isinstance(schema.get("title"), str) else set()
    return {key: _plain(value) for key, value in schema.items() if key not in noise}
