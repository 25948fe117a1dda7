"""What changed between two releases: people, their questions and pictures, counts, settings, versions."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from ..schemas.base import Strict
from ..schemas.splits import CELEBRITY_CONFIG
from .reader import Release
from .rows import Row

_DIGEST = 8  # bytes; enough to tell one text from another, few enough to keep for 50,000 people
_TASKS = ("Classification_Task", "Generation_Task", "Mask_Task")


class Changed(Strict):
    """A person who is in both releases and not the same."""

    id: str
    parts: tuple[str, ...]
    """What differs: keys of the biography, `prose`, `questions`, `test questions`, `pairs`, `portrait`, …"""


class Group(Strict):
    """Fictitious people, or celebrities."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    same: int


class Diff(Strict):
    """From release A to release B."""

    people: Group
    celebrities: Group
    parts: dict[str, int]
    """How many people and celebrities differ in each part."""
    configs: dict[str, tuple[int, int]]
    """Rows of the configs whose size differs: in A, in B."""
    settings: dict[str, tuple[Any, Any]]
    made_with: dict[str, tuple[str | None, str | None]]
    bytes: tuple[int, int]
    """Of all files: of A, of B."""

    @property
    def is_empty(self) -> bool:
        """Whether the two hold the same data. What the settings and versions say does not matter to that."""
        groups = (self.people, self.celebrities)
        return not (self.configs or any(g.added or g.removed or g.changed for g in groups))


def diff(a: Release, b: Release) -> Diff:
    """What is other in `b`; each release is read once, row by row.

    Raises:
        MllmuError: A shard is missing or damaged.
    """
    people = _compare(dict(_people(a)), dict(_people(b)))
    celebrities = _compare(dict(_celebrities(a)), dict(_celebrities(b)))
    parts: dict[str, int] = {}
    for part in (p for group in (people, celebrities) for person in group.changed for p in person.parts):
        parts[part] = parts.get(part, 0) + 1
    return Diff(
        people=people,
        celebrities=celebrities,
        parts=dict(sorted(parts.items(), key=lambda item: (-item[1], item[0]))),
        configs=_differing(a.manifest.configs, b.manifest.configs),
        settings=_differing(a.manifest.settings, b.manifest.settings),
        made_with=_differing(a.manifest.made_with, b.manifest.made_with),
        bytes=(_bytes(a), _bytes(b)),
    )


_Prints = dict[str, bytes]
"""For each part of a person, its digest."""


def _people(release: Release) -> Iterator[tuple[str, _Prints]]:
    for rows in release.people():
        profile, test = rows.profile, rows.test
        parts = {
            **_biography(profile),
            "describing pair": [profile["question"], profile["answer"]],
            "questions": [profile[task] for task in _TASKS],
            "test questions": [test[task] for task in _TASKS],
            "pairs": profile["metadata"],
            "portrait": _picture(profile["image"]),
            "views": [_picture(cell) for cell in test["images"]],
            "rank": profile["rank"],
        }
        yield rows.id, {name: _digest(value) for name, value in parts.items()}


def _celebrities(release: Release) -> Iterator[tuple[str, _Prints]]:
    for row in release.rows(CELEBRITY_CONFIG):
        parts = {
            **_biography(row),
            "describing pair": [row["question"], row["answer"]],
            "questions": [row[task] for task in _TASKS],
            "portrait": _picture(row["image"]),
            "credit": [row["portrait_source"], row["portrait_author"], row["portrait_license"], row["portrait_url"]],
        }
        yield row["ID"], {name: _digest(value) for name, value in parts.items()}


def _biography(row: Row) -> dict[str, Any]:
    biography = json.loads(row["biography"])
    prose = biography.pop("Biography", "")
    return {**biography, "prose": prose}


def _picture(cell: Row | None) -> str:
    return hashlib.sha256(cell["bytes"] or b"").hexdigest() if cell else ""


def _digest(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()


def _compare(a: dict[str, _Prints], b: dict[str, _Prints]) -> Group:
    changed = []
    for name in sorted(a.keys() & b.keys()):
        parts = [part for part in {**a[name], **b[name]} if a[name].get(part) != b[name].get(part)]
        if parts:
            changed.append(Changed(id=name, parts=tuple(parts)))
    return Group(
        added=tuple(sorted(b.keys() - a.keys())),
        removed=tuple(sorted(a.keys() - b.keys())),
        changed=tuple(changed),
        same=len(a.keys() & b.keys()) - len(changed),
    )


def _differing(a: dict[str, Any], b: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {key: (a.get(key), b.get(key)) for key in {**a, **b} if a.get(key) != b.get(key)}


def _bytes(release: Release) -> int:
    return sum(entry.bytes for entry in release.manifest.files.values())
