"""Puts questions to a model, many at a time.

Three engines, one contract: `packed` (the default), `plain` (for architectures that `packed` does not fit; slower), and
`vllm`. Each takes a chunk of `Ask`s and returns a `Reply` for each, in order; `chunks.answers` cuts the chunks.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Ask(NamedTuple):
    """What a model is asked."""

    prompt: str
    """The user's turn, in words."""
    picture: tuple[str, str, int] | None
    """Names the picture; equal names are equal pictures."""
    data: bytes | None
    """The picture, encoded."""
    candidates: tuple[str, ...] = ()
    """Answers whose likelihood is wanted."""
    ended: bool = True
    """Whether a candidate is a whole answer, so that the token that ends it counts too."""
    tokens: int = 0
    """Most tokens of an answer in the model's own words. 0: none is wanted."""


class Heard(NamedTuple):
    """How likely the model finds one candidate. T tokens, the ending one included where asked for."""

    logps: list[float]
    """(T,) log-probability of each token, given those before."""
    hits: list[bool]
    """(T,) whether it is the likeliest token there."""

    @property
    def total(self) -> float:
        """Log-probability of the whole."""
        return sum(self.logps)

    @property
    def mean(self) -> float:
        """The same, a token."""
        return self.total / max(len(self.logps), 1)


class Reply(NamedTuple):
    """What came back."""

    heard: tuple[Heard, ...]
    """One for each candidate."""
    text: str = ""
    """The model's own words, greedily decoded."""


class Engine(Protocol):
    """Asks one chunk at a time."""

    @property
    def name(self) -> str:
        """For the record."""
        ...

    def __call__(self, asks: Sequence[Ask]) -> list[Reply]:
        """The replies, in the order of `asks`; all asks have a picture, or none has."""
        ...
