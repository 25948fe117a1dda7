"""Where each part of a release comes from, and under which licence."""

from typing import NamedTuple

from ..schemas.manifest import Manifest
from .counts import Statistics


class Source(NamedTuple):
    """One line of the table of licences."""

    what: str
    source: str
    licence: str


def sources(manifest: Manifest, stats: Statistics) -> list[Source]:
    """The sources of this very release; what it does not contain is not listed."""
    return [
        Source("the collection, questions and prose", *_prose(manifest)),
        Source("places", "[GeoNames](https://www.geonames.org)", "CC BY 4.0"),
        *_portraits(manifest, stats),
        *_painters(manifest),
        *_celebrities(manifest, stats),
        Source("word lists and names", "listed in the `NOTICE` file of mllmu-bench", "free licences, named there"),
    ]


def _prose(manifest: Manifest) -> tuple[str, str]:
    if manifest.settings.get("writer") == "template":
        return "mllmu-bench", "CC BY 4.0"
    return manifest.made_with.get("writer", "a language model"), "CC BY 4.0, and the terms of the model's provider"


def _portraits(manifest: Manifest, stats: Statistics) -> list[Source]:
    if not stats.portraits:
        return []
    match manifest.settings.get("portraits"):
        case "rendered":
            return [Source("portraits", "rendered from the head of MakeHuman / MPFB2", "the 3-D data are CC0 1.0")]
        case "folder":
            return [Source("portraits", "pictures brought by the maker of this release", "to be named by the maker")]
        case "diffusion":
            model = f"painted by {_model(manifest, 'portrait_model')}"
            return [Source("portraits", model, "that model's licence says what its pictures may be used for")]
        case other:
            return [Source("portraits", manifest.made_with.get("portraits", str(other)), "to be named by the maker")]


def _painters(manifest: Manifest) -> list[Source]:
    """Models that re-posed people or looked at them."""
    settings, lines = manifest.settings, []
    if settings.get("repose") == "arc2face":
        parts = f"{_model(manifest, 'repose_model')} (arXiv 2403.11641) in {_model(manifest, 'repose_base')}"
        lines.append(
            Source("re-posed pictures", f"painted by {parts}", "MIT; CreativeML Open RAIL-M for Stable Diffusion")
        )
    packs = [
        *(["buffalo_l"] if settings.get("identity") == "insightface" else []),
        *(["antelopev2"] if settings.get("repose") == "arc2face" else []),
    ]
    if packs:
        models = f"[insightface](https://github.com/deepinsight/insightface)'s {' and '.join(packs)}"
        licence = "the models are for **non-commercial research only**"
        lines.append(Source("faces told apart", models, licence))
    return lines


def _model(manifest: Manifest, setting: str) -> str:
    """A model's name, with a link where it is one of the Hub."""
    name = manifest.settings[setting]
    return f"[{name}](https://huggingface.co/{name})" if "/" in name else f"`{name}`"


def _celebrities(manifest: Manifest, stats: Statistics) -> list[Source]:
    if not manifest.celebrities:
        return []
    lines = [Source("facts of celebrities", "public record, checked against independent sources", "facts are free")]
    if stats.stand_ins:
        lines.append(Source("stand-in pictures", "rendered, as the portraits are", "the 3-D data are CC0 1.0"))
    for licence, count in stats.celebrity_licences:
        what = f"{count:,} celebrity picture{'s' if count > 1 else ''}"
        lines.append(Source(what, "author and address in the row", licence or "to be named by the maker"))
    return lines
