"""Everything that decides what a release of concepts contains. The same settings give the same bytes."""

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator, model_validator

from ...errors import UsageError
from ...schemas.base import Strict
from ...schemas.concepts import KINDS, ConceptKind
from ..settings import fingerprint

DRAWN: tuple[ConceptKind, ...] = tuple(kind for kind in KINDS if kind != "other")
"""Kinds that are drawn by code."""

DEFAULT_MIX: dict[ConceptKind, int] = {"person": 10, "emblem": 2, "flag": 2, "character": 3, "style": 3}
"""Half people, half things of four kinds; scaled to the number of concepts."""

MOST: dict[ConceptKind, int] = {"person": 200, "emblem": 81, "flag": 120, "character": 84, "style": 56}
"""Of a kind, before designs would be too much alike."""


class ConceptSettings(Strict):
    """One build. Field names are, with dashes, the options of `mllmu-build concepts`."""

    name: str = Field(default="mllmu/concepts", pattern=r"^[\w.-]+(/[\w.-]+)?$")
    """The dataset's name on the Hub, and where it is built unless you say otherwise."""
    n: int = Field(default=20, ge=1, le=400)
    """Concepts. Of a folder of your own all are taken, and this says nothing."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    """Decides every design, name, fact and pixel."""
    pictures: int = Field(default=50, ge=2, le=200)
    """Of each concept: the first is the training picture, the others are for the test."""
    teach: int = Field(default=10, ge=0, le=200)
    """More pictures of each, from which a model that has never met the concepts can learn them."""
    groups: int = Field(default=4, ge=0, le=20)
    """Group pictures in which each person is the one to be forgotten."""
    size: int = Field(default=256, ge=256, le=512)
    """Side of a picture in pixels; group pictures are half as large again."""
    mix: dict[ConceptKind, int] = Field(default_factory=lambda: dict(DEFAULT_MIX))
    """Kinds and their shares."""
    concepts_folder: str | None = None
    """Folder of your own pictures, one folder a concept, in the place of drawn ones."""
    recipe: str | None = None
    """TOML file that names and describes the concepts of the folder."""
    filter: str | None = None
    """JSON file of what a model recognised; only concepts that it named in every picture are kept."""

    @field_validator("mix", mode="before")
    @classmethod
    def _parsed(cls, value: Any) -> Any:
        """`person=10,flag=2`, as the command line has it."""
        if not isinstance(value, str):
            return value
        parts = [part.partition("=") for part in value.replace(" ", "").split(",") if part]
        if any(kind not in DRAWN or not share.isdigit() for kind, _, share in parts):
            raise ValueError(f"write it as person=10,flag=2; the kinds are {', '.join(DRAWN)}")
        return {kind: int(share) for kind, _, share in parts}

    @model_validator(mode="after")
    def _agree(self) -> "ConceptSettings":
        if self.recipe and not self.concepts_folder:
            raise ValueError("recipe needs concepts_folder, the folder of pictures that it describes.")
        if not self.concepts_folder:
            if not any(self.mix.values()) or set(self.mix) - set(DRAWN):
                raise ValueError(f"mix needs a share for at least one of {', '.join(DRAWN)}.")
            for kind, count in self.counts().items():
                if count > MOST[kind]:
                    raise ValueError(
                        f"{count} concepts of kind {kind} are too many: at most {MOST[kind]} differ enough."
                    )
        return self

    def counts(self) -> dict[ConceptKind, int]:
        """Concepts of each drawn kind: the shares of the mix, rounded so that they sum to n."""
        whole = sum(self.mix.values())
        exact: dict[ConceptKind, float] = {kind: self.n * self.mix.get(kind, 0) / whole for kind in DRAWN}
        counts: dict[ConceptKind, int] = {kind: int(share) for kind, share in exact.items()}
        by_rest = sorted(DRAWN, key=lambda kind: (counts[kind] - exact[kind], DRAWN.index(kind)))
        for kind in by_rest[: self.n - sum(counts.values())]:
            counts[kind] += 1
        return counts

    def recorded(self) -> dict[str, Any]:
        """The settings as manifest and ledger record them: of a path its last part, and a hash of what is there.

        Raises:
            UsageError: It cannot be read.
        """
        values = self.model_dump()
        if self.concepts_folder:
            values["concepts_folder"] = fingerprint(Path(self.concepts_folder), "folder of concepts", "*/*")
            values["n"], values["mix"] = None, None
        for key in ("recipe", "filter"):
            values[key] = values[key] and fingerprint(Path(values[key]), key)
        return values


def make_concept_settings(values: dict[str, Any]) -> ConceptSettings:
    """Checked settings.

    Raises:
        UsageError: A value is of the wrong type or out of range; the message names the setting and its limits.
    """
    try:
        return ConceptSettings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ").replace("Input should be", "it must be")
        if not first["loc"]:
            raise UsageError(message) from error
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"setting {name} = {first['input']!r}: {message}.") from error
