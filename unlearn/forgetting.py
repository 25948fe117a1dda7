"""What a method may make its examples from, where it does not take the release's own pairs.

A method's `rewrite(forgetting)` returns the examples that stand in the forget set's place; its `keep(retain)` those of
the retain set that it looks at. Both may be left out.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from .data import Example
from .siu.subject import Subject


class Forgetting(NamedTuple):
    """A request to forget."""

    examples: Sequence[Example]
    """The pairs of the forget set."""
    subjects: Sequence[Subject]
    """Whom or what they are about."""
    others: Sequence[Subject]
    """Whom or what to keep."""
    model: str
    """Where the model is that shall forget."""
    seed: int


def forget_side(method: Any, forgetting: Forgetting) -> Sequence[Example]:
    """The forget examples as the method wants them."""
    return method.rewrite(forgetting) if hasattr(method, "rewrite") else forgetting.examples


def retain_side(method: Any, examples: Sequence[Example]) -> Sequence[Example]:
    """The retain examples as the method wants them."""
    return method.keep(examples) if hasattr(method, "keep") else examples
