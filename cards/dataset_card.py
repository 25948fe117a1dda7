"""README.md: the dataset card."""

from typing import TYPE_CHECKING

from .metadata import front_matter
from .templating import render

if TYPE_CHECKING:
    from ..builder.checks.base import CheckResult
    from ..builder.reader import Release


def dataset_card(release: "Release", checks: "list[CheckResult]") -> str:
    """The card of a release; the same release gives the same card, on any day and any machine."""
    return front_matter(release) + render("dataset_card.md", manifest=release.manifest, checks=checks)
