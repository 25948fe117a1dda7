"""What tokens cost: a dated table that the user may override. A model without a price has no cost, never a guess."""

import re
import tomllib
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from ...errors import UsageError
from ...schemas.base import Strict
from .calls import Usage

_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_MILLION = 1_000_000


class Price(Strict):
    """US dollars for a million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)
    """For input tokens that the endpoint had seen before; None: as `input`."""

    def cost(self, usage: Usage, share: float = 1.0) -> float | None:
        """Dollars for these tokens; None when the endpoint did not count them."""
        if usage.prompt is None or usage.completion is None:
            return None
        cached = min(usage.cached or 0, usage.prompt)
        rate = self.input if self.cached is None else self.cached
        return (
            share * ((usage.prompt - cached) * self.input + cached * rate + usage.completion * self.output) / _MILLION
        )


class Prices(Strict):
    """A table of prices."""

    date: date
    """When they held."""
    batch: float = Field(default=0.5, ge=0, le=1)
    """Share of the price that a call through the batch API costs."""
    models: dict[str, Price]

    def of(self, model: str) -> Price | None:
        """The price of a model, by its name or by its name without a date; None if unknown."""
        return self.models.get(model) or self.models.get(_DATED.sub("", model))


def read_prices(own: Path | None = None) -> Prices:
    """The prices that come along, overridden model by model by those of the user's file.

    Raises:
        UsageError: The file cannot be read or is not a table of prices.
    """
    ours = _read(Path(__file__).with_name("prices.toml"))
    if own is None:
        return ours
    theirs = _read(own)
    return theirs.model_copy(update={"models": {**ours.models, **theirs.models}})


def _read(path: Path) -> Prices:
    try:
        return Prices.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the prices {path}: {getattr(error, 'strerror', None) or error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: {where}: {first['msg']}.") from error
