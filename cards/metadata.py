"""The YAML at the head of the dataset card: what the Hub and `load_dataset` read."""

from typing import Any

from ..schemas.manifest import Manifest
from ..schemas.splits import CELEBRITY_CONFIG, CONFIGS, DEFAULT_CONFIG, PROFILE_CONFIGS, TEST_CONFIGS

LICENSE = "cc-by-4.0"
"""Of everything that this package brings along: the places come from GeoNames, under that licence."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def front_matter(manifest: Manifest) -> str:
    """The YAML block, between its two lines of dashes."""
    import yaml

    text = yaml.safe_dump(metadata(manifest), sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{text}---\n"


def metadata(manifest: Manifest) -> dict[str, Any]:
    """The metadata, in the order in which it is written."""
    return {
        **_license(manifest),
        "language": ["en"],
        "pretty_name": f"MLLMU-Bench, rebuilt: {manifest.people:,} fictitious people to forget",
        "size_categories": [_size_category(manifest)],
        "task_categories": ["visual-question-answering", "question-answering", "multiple-choice"],
        "annotations_creators": ["machine-generated"],
        "language_creators": ["machine-generated"],
        "multilinguality": ["monolingual"],
        "source_datasets": ["original"],
        "tags": ["machine-unlearning", "multimodal", "privacy", "benchmark", "synthetic", "fictitious-people"],
        "configs": [_config(manifest, name) for name in CONFIGS],
        "dataset_info": [_info(name, manifest.configs[name]) for name in CONFIGS],
    }


def own_pictures(manifest: Manifest) -> bool:
    """Whether there are pictures in it that the builder's user brought, whose licence nobody but they know."""
    return manifest.settings.get("portraits") == "folder" or bool(manifest.settings.get("celebrity_faces"))


def shards_of(manifest: Manifest, config: str) -> list[str]:
    """The shard files that a config lists."""
    if config == CELEBRITY_CONFIG:
        return [shard.path for shard in manifest.shards if shard.kind == "celebrity"]
    kind, cuts = ("profiles", PROFILE_CONFIGS) if config in PROFILE_CONFIGS else ("test", TEST_CONFIGS)
    return [s.path for cut in cuts[config] for s in manifest.shards if s.kind == kind and s.cut == cut]


def _license(manifest: Manifest) -> dict[str, str]:
    if own_pictures(manifest):
        return {"license": "other", "license_name": "mixed", "license_link": "README.md#licences"}
    return {"license": LICENSE}


def _size_category(manifest: Manifest) -> str:
    rows = sum(shard.rows for shard in manifest.shards)
    return next((name for limit, name in _SIZES if rows < limit), "n>1M")


def _config(manifest: Manifest, name: str) -> dict[str, Any]:
    config: dict[str, Any] = {"config_name": name}
    if name == DEFAULT_CONFIG:
        config["default"] = True  # without one, a load that names no config is an error
    return {**config, "data_files": [{"split": "train", "path": shards_of(manifest, name)}]}


def _info(name: str, rows: int) -> dict[str, Any]:
    # Counts only: `load_dataset` raises when they are wrong, which makes every load a check of what arrived.
    return {"config_name": name, "splits": [{"name": "train", "num_examples": rows}]}
