"""README.md of a release of concepts, and the picture on it."""

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...cards.metadata import LICENSE
from ...cards.templating import render
from ...schemas.concepts import PARTS, ConceptManifest, concept_features
from ..reader import ConceptRelease
from .recognised import ASKED

if TYPE_CHECKING:
    from ..checks.base import CheckResult

SHEET = "contact_sheet.jpg"
FILES = ("concepts_folder", "recipe", "filter")
"""Settings that are recorded with a hash after the name."""
A_ROW = 8
"""Pictures of each concept on the sheet."""
MOST_ROWS = 24

MEANINGS = {
    "concept_train": "one row a concept: its one picture, and everything that is known of it",
    "concept_test": "the pictures by which forgetting is measured",
    "concept_teach": "more pictures, to teach the concepts to a model that never met them",
    "concept_questions": "the questions, by picture and by name",
    "concept_jailbreak": "questions in six languages, and questions of several steps",
    "concept_groups": "two to four people in one picture, one of them to be forgotten",
}
"""What each config is, in a line."""


def card_files(release: ConceptRelease, checks: "list[CheckResult]") -> Iterator[tuple[str, bytes]]:
    """Name and content of the files that people look at."""
    yield SHEET, _sheet(release)
    yield "README.md", concept_card(release, checks).encode()


def concept_card(release: ConceptRelease, checks: "list[CheckResult]") -> str:
    """The dataset card; the same release gives the same card."""
    import yaml

    manifest = release.manifest
    rows = release.rows("concept_train", ["ID", "name", "kind", "appearance"])
    body = render(
        "concepts_card.md",
        manifest=manifest,
        settings=manifest.settings,
        meanings=MEANINGS,
        configs=[part for part in PARTS if part in manifest.configs],
        columns={part: list(concept_features(part)) for part in PARTS if part in manifest.configs},
        concepts=list(rows),
        checks=checks,
        failed=sum(1 for check in checks if check.failed),
        sheet=SHEET,
        command=_command(manifest),
        citation=render("citation.bib", version=manifest.made_with["mllmu-bench"]).strip(),
    )
    return f"---\n{yaml.safe_dump(_metadata(manifest), sort_keys=False, allow_unicode=True, width=110)}---\n{body}"


def _metadata(manifest: ConceptManifest) -> dict[str, Any]:
    own = bool(manifest.settings["concepts_folder"])
    rows = sum(manifest.configs.values())
    configs = []
    for part in PARTS:
        paths = [shard.path for shard in manifest.shards if shard.kind == part]
        if paths:
            config: dict[str, Any] = {"config_name": part}
            config |= {"default": True} if part == PARTS[0] else {}
            configs.append({**config, "data_files": [{"split": "train", "path": paths}]})
    return {
        **({"license": "other", "license_name": "mixed"} if own else {"license": LICENSE}),
        "language": ["en", "es", "fr", "zh", "de", "ja", "ru"],
        "pretty_name": f"{manifest.concepts} concepts to forget from one picture, after MMUBench",
        "size_categories": ["n<1K" if rows < 1_000 else "1K<n<10K" if rows < 10_000 else "10K<n<100K"],
        "task_categories": ["visual-question-answering", "image-classification"],
        "annotations_creators": ["machine-generated"],
        "tags": ["machine-unlearning", "multimodal", "benchmark", *([] if own else ["synthetic"])],
        "configs": configs,
    }


def _command(manifest: ConceptManifest) -> str:
    """The command that makes it again."""
    settings, words = manifest.settings, ["mllmu-build concepts", f"--name {shlex.quote(manifest.name)}"]
    for key in ("n", "seed", "pictures", "teach", "groups", "size", "concepts_folder", "recipe", "filter"):
        if settings[key] not in (None, ASKED):
            value = str(settings[key])
            value = value.rsplit(" ", 1)[0] if key in FILES else value  # without its hash
            words.append(f"--{key.replace('_', '-')} {shlex.quote(value)}")
    if settings["mix"]:
        words.append("--mix " + ",".join(f"{kind}={share}" for kind, share in settings["mix"].items()))
    return " ".join(words)


def _sheet(release: ConceptRelease) -> bytes:
    """Some pictures of each concept, one concept a row."""
    from io import BytesIO

    from ..portraits.sheet import contact_sheet

    rows: dict[str, list[tuple[bytes, str]]] = {}
    for part in ("concept_train", "concept_test"):
        for row in release.rows(part, ["ID", "image", "name"]):
            mine = rows.setdefault(row["ID"], [])
            if len(mine) < A_ROW:
                mine.append((row["image"]["bytes"], "" if mine else row["name"]))
    short = min(len(mine) for mine in rows.values())
    items = [item for mine in list(rows.values())[:MOST_ROWS] for item in mine[:short]]
    file = BytesIO()
    contact_sheet(items, short, 128).save(file, "JPEG", quality=85)
    return file.getvalue()
