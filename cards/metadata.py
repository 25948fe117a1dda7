"""The YAML at the head of the dataset card: what the Hub and `load_dataset` read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..schemas.manifest import Manifest
from ..schemas.splits import CELEBRITY_CONFIG, CONFIGS, DEFAULT_CONFIG, PROFILE_CONFIGS, TEST_CONFIGS

if TYPE_CHECKING:
    from ..builder.reader import Release

LICENSE = "cc-by-4.0"
"""Of everything that this package brings along: the places come from GeoNames, under that licence."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


class Size(NamedTuple):
    """Of one shard, in bytes."""

    file: int
    unpacked: int
    """Before compression."""


def front_matter(release: "Release") -> str:
    """The YAML block, between its two lines of dashes."""
    import yaml

    text = yaml.safe_dump(metadata(release), sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{text}---\n"


def metadata(release: "Release") -> dict[str, Any]:
    """The metadata, in the order in which it is written."""
    manifest = release.manifest
    sizes = {shard.path: _size(release.folder / shard.path) for shard in manifest.shards}
    return {
        **_license(manifest),
        "language": ["en"],
        "pretty_name": f"{manifest.people:,} fictitious people to forget, after MLLMU-Bench",
        "size_categories": [_size_category(manifest)],
        "task_categories": ["visual-question-answering", "question-answering", "multiple-choice"],
        "annotations_creators": ["machine-generated"],
        "language_creators": ["machine-generated"],
        "multilinguality": ["monolingual"],
        "source_datasets": ["original"],
        "tags": ["machine-unlearning", "multimodal", "privacy", "benchmark", "synthetic", "fictitious-people"],
        "configs": [_config(manifest, name) for name in configs_of(manifest)],
        "dataset_info": [_info(manifest, name, sizes) for name in configs_of(manifest)],
    }


def configs_of(manifest: Manifest) -> list[str]:
    """The configs that can be loaded: without `celebrity` if there are none."""
    return [name for name in CONFIGS if manifest.configs[name]]


def own_pictures(manifest: Manifest) -> bool:
    """Whether it holds pictures that the builder's user brought, whose licence nobody but they know."""
    return manifest.settings.get("portraits") == "folder" or bool(manifest.settings.get("celebrity_faces"))


def painted(manifest: Manifest) -> bool:
    """Whether models trained on photographs made pictures of it, each under a licence of its own."""
    settings = manifest.settings
    return settings.get("portraits") == "diffusion" or settings.get("repose", "own") != "own"


def shards_of(manifest: Manifest, config: str) -> list[str]:
    """The shard files that a config lists."""
    if config == CELEBRITY_CONFIG:
        return [shard.path for shard in manifest.shards if shard.kind == "celebrity"]
    kind, cuts = ("profiles", PROFILE_CONFIGS) if config in PROFILE_CONFIGS else ("test", TEST_CONFIGS)
    return [s.path for cut in cuts[config] for s in manifest.shards if s.kind == kind and s.cut == cut]


def _size(path: Path) -> Size:
    from pyarrow.parquet import read_metadata

    footer = read_metadata(path)
    unpacked = sum(footer.row_group(k).total_byte_size for k in range(footer.num_row_groups))
    return Size(path.stat().st_size, unpacked)


def _license(manifest: Manifest) -> dict[str, str]:
    if own_pictures(manifest) or painted(manifest):
        return {"license": "other", "license_name": "mixed"}  # the card lists them, part by part
    return {"license": LICENSE}


def _size_category(manifest: Manifest) -> str:
    rows = sum(shard.rows for shard in manifest.shards)
    return next((name for limit, name in _SIZES if rows < limit), "n>1M")


def _config(manifest: Manifest, name: str) -> dict[str, Any]:
    config: dict[str, Any] = {"config_name": name}
    if name == DEFAULT_CONFIG:
        config["default"] = True  # without one, a load that names no config is an error
    return {**config, "data_files": [{"split": "train", "path": shards_of(manifest, name)}]}


def _info(manifest: Manifest, name: str, sizes: dict[str, Size]) -> dict[str, Any]:
    # No features: all configs would have to list theirs, and the shards say them anyway. With the counts,
    # `load_dataset` notices a row too few, and with the sizes a disk too small before it begins.
    shards = [sizes[path] for path in shards_of(manifest, name)]
    unpacked = sum(size.unpacked for size in shards)
    return {
        "config_name": name,
        "splits": [{"name": "train", "num_bytes": unpacked, "num_examples": manifest.configs[name]}],
        "download_size": sum(size.file for size in shards),
        "dataset_size": unpacked,
    }
