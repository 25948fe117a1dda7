"""What the making of a release took, where a service was paid or a slot had to be filled again."""

from ..schemas.base import Strict


class Rejected(Strict):
    """A slot that was filled again."""

    slot: str
    """The person's id."""
    reasons: tuple[str, ...]
    """Why what stood there was thrown away, first to last."""


class Work(Strict):
    """The record of a build that the report shows."""

    model: str
    """Of the endpoint that wrote."""
    calls: int
    tokens_in: int
    tokens_out: int
    dollars: float | None
    """None when no price is known."""
    rejected: tuple[Rejected, ...]
