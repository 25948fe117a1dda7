"""The generated files of a release, for `generate` to write."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .dataset_card import dataset_card

if TYPE_CHECKING:
    from ..builder.checks.base import CheckResult
    from ..builder.reader import Release


def card_files(release: "Release", checks: "list[CheckResult]") -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that is made from the release itself."""
    yield "README.md", dataset_card(release, checks).encode()
