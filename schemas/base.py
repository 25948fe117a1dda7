"""The strict base of every record: unknown keys are refused, records do not change once made."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A frozen record; a misspelt or unknown key is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def title_case(field: str) -> str:
    """The published benchmark's way of naming biography keys: `date_of_birth` -> `Date of Birth`."""
    return " ".join(word if word == "of" else word.capitalize() for word in field.split("_"))


class Titled(Strict):
    """A record whose JSON keys are written in title case, as the published biographies write them."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=title_case, validate_by_name=True, validate_by_alias=True
    )
