"""Everything that decides what a build contains. The same settings give the same bytes."""

import hashlib
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

from ..errors import UsageError
from ..schemas.splits import MIN_PEOPLE
from .files import sha256_of
from .llm.options import Options
from .portraits.painting.options import PaintOptions

_READ = (".jpg", ".jpeg", ".png", ".webp", ".csv", ".tsv")
"""What is read of a folder."""
MAX_PEOPLE = 50_000
"""Names stay unique up to here."""
OF_MODELS = {*Options.model_fields, *PaintOptions.model_fields}
"""Settings that matter only where a model writes or paints."""
UNTIL_PAID = (*Options.model_fields, "faces")
"""Settings that a build may go on with changed while no model's reply is on record: no picture is spoilt by them."""


class Settings(Options, PaintOptions):
    """One build. Field names are the keys of a config file and, with dashes, the options of `generate`."""

    name: str = Field(default="mllmu/bench", pattern=r"^[\w.-]+(/[\w.-]+)?$")
    """The dataset's name on the Hub, and where it is built unless you say otherwise."""
    n: int = Field(default=500, ge=MIN_PEOPLE, le=MAX_PEOPLE)
    """Fictitious people."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    """Decides every fact, phrase and pixel."""
    writer: str = "template"
    """Turns facts into prose: a file name under `builder/writers`."""
    portraits: str = "rendered"
    """Draws the people: a file name under `builder/portraits`. `none` makes a text-only benchmark."""
    faces: str | None = None
    """Folder of your own faces, for `portraits = "folder"`."""
    views: int = Field(default=3, ge=1, le=8)
    """Re-posed pictures of each person in the test set."""
    size: int = Field(default=256, ge=256, le=512)
    """Side of a picture in pixels."""
    name_pairs: bool = True
    """Whether fine-tuning teaches the name too, or only the face. Half the questions ask by name."""
    celebrities: str = "default"
    """The celebrity set: `default`, `none`, or a file of your own."""
    celebrity_faces: str | None = None
    """Folder of pictures of the celebrities; without one they get marked stand-ins."""

    def recorded(self) -> dict[str, Any]:
        """The settings as manifest and ledger record them: of a path only its last part, and a hash of what is there.

        Raises:
            UsageError: It cannot be read.
        """
        own = self.model_dump(exclude=OF_MODELS)
        values = {**own, **self.content_options(), **self.paint_content(self.portraits)}
        for key in ("faces", "celebrities", "celebrity_faces"):
            if values[key] not in (None, "default", "none"):
                values[key] = fingerprint(Path(values[key]), key)
        for key in ("portrait_model", "repose_model", "repose_base"):
            if key in values and Path(values[key]).is_dir():  # as the libraries that load it decide
                values[key] = Path(values[key]).name
        return values

    @model_validator(mode="before")
    @classmethod
    def _model_of_whom(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Where no model writes, `model` is the one that paints."""
        painted = values.get("portraits") == "diffusion" and values.get("writer", "template") == "template"
        if painted and "model" in values and "portrait_model" not in values:
            return {("portrait_model" if name == "model" else name): value for name, value in values.items()}
        return values

    @model_validator(mode="after")
    def _pictures_and_models_agree(self) -> "Settings":
        if fault := self.fault(self.portraits):
            raise ValueError(fault)
        if self.celebrity_faces and self.portraits == "none":
            raise ValueError("celebrity_faces needs portraits, and they are set to none.")
        return self

    @model_validator(mode="after")
    def _words_and_model_agree(self) -> "Settings":
        if self.writer == "openai" and self.model is None:
            raise ValueError("the writer openai needs --model, the model's name as the endpoint knows it.")
        if self.writer == "template" and (given := self.model_fields_set & set(Options.model_fields)):
            raise ValueError(f"{', '.join(sorted(given))}: only for --writer openai.")
        if self.look_at_portrait and self.portraits == "none":
            raise ValueError("look_at_portrait needs portraits, and they are set to none.")
        if self.judge_url and not self.judge:
            raise ValueError("judge_url needs judge, the name of the model.")
        return self

    def paints(self) -> bool:
        """Whether pictures are painted, which several processes can share."""
        return self.portraits == "diffusion" or self.repose != "own"

    def uses_insightface(self) -> bool:
        """Whether insightface's models, which are not free for commercial use, had a part in the pictures."""
        return self.repose == "arc2face" or (self.portraits == "diffusion" and self.identity == "insightface")

    def writer_options(self) -> dict[str, Any]:
        """What the writer has to know besides the seed."""
        return {"name_pairs": self.name_pairs, **({"options": self} if self.model else {})}

    def portrait_options(self) -> dict[str, Any]:
        """What the portrait source has to know."""
        faces = {"faces": Path(self.faces)} if self.faces else {}
        painting = {"painting": self.painting()} if self.portraits == "diffusion" else {}
        return {"size": self.size, **faces, **painting}


def read_config(path: Path) -> dict[str, Any]:
    """The settings in a TOML file.

    Raises:
        UsageError: The file cannot be read, is not TOML, or has an unknown key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the config {path}: {getattr(error, 'strerror', None) or error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from error
    for key in table:
        if key not in Settings.model_fields:
            near = get_close_matches(key, Settings.model_fields, 1)
            known = sorted(Settings.model_fields, key=OF_MODELS.__contains__)  # common ones first
            hint = f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(known)}."
            raise UsageError(f"{path}: no setting is called {key!r}.{hint}")
    return table


def make_settings(values: dict[str, Any]) -> Settings:
    """Checked settings.

    Raises:
        UsageError: A value is of the wrong type or out of range; the message names the setting and its limits.
    """
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:  # settings that do not go together
            raise UsageError(first["msg"].removeprefix("Value error, ")) from error
        name = ".".join(str(part) for part in first["loc"])
        limits = first["msg"].replace("Input should be", "it must be")
        raise UsageError(f"setting {name} = {first['input']!r}: {limits}.") from error


def fingerprint(path: Path, what: str, files: str = "*") -> str:
    """The last part of a path, and a short hash of what is there.

    Args:
        path: A file, or a folder.
        what: What it is to the user, for the message.
        files: Of a folder, where its files are; pictures and tables count.

    Raises:
        UsageError: It cannot be read.
    """
    return f"{path.name} {short_hash(path, what, files)}"


def short_hash(path: Path, what: str, files: str = "*") -> str:
    """The hash in a `fingerprint`: of the file, or of its names and contents if it is a folder."""
    try:
        if not path.is_dir():
            return sha256_of(path)[:12]
        read = sorted(p for p in path.glob(files) if p.suffix.lower() in _READ and p.is_file())
        told = "".join(f"{p.relative_to(path).as_posix()} {sha256_of(p)}\n" for p in read)
    except OSError as error:
        raise UsageError(f"cannot read the {what.replace('_', ' ')} {path}: {error.strerror}.") from error
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def differing(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """`name (was …, now …)` for each setting that is not the same in both."""
    names = sorted(old.keys() | new.keys())
    return [f"{k} (was {old.get(k)!r}, now {new.get(k)!r})" for k in names if old.get(k) != new.get(k)]
