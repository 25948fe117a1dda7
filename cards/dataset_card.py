"""README.md: the dataset card."""

from typing import TYPE_CHECKING

from ..schemas.manifest import Manifest
from ..schemas.splits import CELEBRITY_CONFIG, RATIOS
from .columns import column_tables
from .commands import rebuild_command
from .counts import Statistics, table_1
from .metadata import configs_of, front_matter, own_pictures, painted, shards_of
from .sources import sources
from .templating import render

if TYPE_CHECKING:
    from ..builder.checks.base import CheckResult
    from ..builder.reader import Release


def dataset_card(
    release: "Release", checks: "list[CheckResult]", stats: Statistics, contact_sheet: str | None = None
) -> str:
    """The card of a release; the same release gives the same card, on any day and any machine.

    Args:
        release: What the card is about.
        checks: What `validate` made of it; every figure is shown.
        stats: Its counts.
        contact_sheet: Name of the picture to show, a file beside the card.
    """
    manifest = release.manifest
    version = manifest.made_with["mllmu-bench"]
    body = render(
        "dataset_card.md",
        manifest=manifest,
        stats=stats,
        table=table_1(stats),
        checks=checks,
        failed=sum(1 for check in checks if check.failed),
        sheet=contact_sheet,
        configs=configs_of(manifest),
        sizes={name: _download(release, name) for name in configs_of(manifest)},
        meanings=_meanings(),
        kinds=column_tables(release),
        sources=sources(manifest, stats),
        command=rebuild_command(manifest.settings),
        given=_given(manifest),
        painted=painted(manifest),
        citation=render("citation.bib", version=version).strip(),
    )
    return front_matter(release) + body


def _given(manifest: Manifest) -> str:
    """What else it takes to get the same bytes."""
    if painted(manifest):
        return " and the same models on the same kind of processor"
    if own_pictures(manifest):
        return " and the same pictures"
    return "" if manifest.settings["writer"] == "template" else " and the recorded answers of the service that wrote"


def _download(release: "Release", config: str) -> str:
    size = sum((release.folder / path).stat().st_size for path in shards_of(release.manifest, config))
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def _meanings() -> dict[str, str]:
    meanings = {"full": "everybody; what the model is taught", "test": "everybody, with test questions and pictures"}
    for ratio in RATIOS:
        meanings[f"forget_{ratio:02d}"] = f"the first {ratio} % of the forget order"
        meanings[f"retain_{100 - ratio}"] = f"everybody but `forget_{ratio:02d}`"
        meanings[f"test_{ratio:02d}"] = f"the people of `forget_{ratio:02d}`, with test questions and pictures"
    meanings[CELEBRITY_CONFIG] = "real public figures, never trained on: what unlearning breaks next door"
    return meanings
