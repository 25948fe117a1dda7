"""What a push would do: the release in the folder beside what the Hub holds."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...schemas.base import Strict
from ...schemas.concepts import AnyManifest
from ...schemas.manifest import MANIFEST
from .errors import hub_errors

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Action = Literal["add", "change", "keep", "delete"]


class Operation(Strict):
    """What happens to one file."""

    action: Action
    path: str
    bytes: int
    """Of the file that the release will hold; for `delete`, of the one that goes."""


class Plan(Strict):
    """A push, before it is done."""

    repo: str
    tag: str
    head: str | None
    """The commit to build on; None if the repository does not exist yet."""
    tagged: str | None
    """The commit which has the tag already."""
    operations: tuple[Operation, ...]

    @property
    def changes(self) -> tuple[Operation, ...]:
        """What is not there already."""
        return tuple(op for op in self.operations if op.action != "keep")

    @property
    def upload(self) -> int:
        """Bytes to send."""
        return sum(op.bytes for op in self.operations if op.action in ("add", "change"))


def make_plan(api: "HfApi", folder: Path, manifest: AnyManifest, repo: str, tag: str) -> Plan:
    """Compare the release in `folder` with `repo`; reads only. Without the repository, everything is to be added."""
    from huggingface_hub.errors import RepositoryNotFoundError

    with hub_errors(repo):
        try:
            head = api.dataset_info(repo).sha
        except RepositoryNotFoundError:
            api.whoami()  # with a wrong token every repository seems to be missing
            head = None
        tags = api.list_repo_refs(repo, repo_type="dataset").tags if head else []
        tagged = next((ref.target_commit for ref in tags if ref.name == tag), None)
        base = tagged or head  # a tag never moves: what counts then is whether it holds this very release
        remote = _remote_files(api, repo, base) if base else {}
        known = _known_files(api, repo, base) if base and MANIFEST in remote else set()
    # What lies there beside a release (a licence, an organisation's pictures) is somebody's, and stays.
    stale = [path for path in remote if path.startswith("data/") or path in known]
    operations = _operations(folder, manifest, remote, stale)
    return Plan(repo=repo, tag=tag, head=head, tagged=tagged, operations=operations)


def _remote_files(api: "HfApi", repo: str, revision: str) -> dict[str, tuple[int, str]]:
    """Size and hash of every file: sha256 of large ones, git's own of the others."""
    from huggingface_hub.hf_api import RepoFile

    entries = api.list_repo_tree(repo, recursive=True, revision=revision, repo_type="dataset")
    return {e.path: (e.size, e.lfs.sha256 if e.lfs else e.blob_id) for e in entries if isinstance(e, RepoFile)}


def _known_files(api: "HfApi", repo: str, revision: str) -> set[str]:
    """What the release that stands there says it consists of."""
    path = api.hf_hub_download(repo, MANIFEST, revision=revision, repo_type="dataset")
    try:
        return set(json.loads(Path(path).read_text(encoding="utf-8"))["files"])
    except (ValueError, KeyError, TypeError):  # somebody else's manifest.json
        return set()


def _operations(
    folder: Path, manifest: AnyManifest, remote: dict[str, tuple[int, str]], stale: list[str]
) -> tuple[Operation, ...]:
    ours = {**{path: entry.sha256 for path, entry in manifest.files.items()}, MANIFEST: None}
    operations = []
    for path, sha256 in ours.items():
        file = folder / path
        there = remote.get(path)
        same = there is not None and there[0] == file.stat().st_size and there[1] in {sha256, _git_hash(file)}
        action: Action = "keep" if same else "change" if there else "add"
        operations.append(Operation(action=action, path=path, bytes=file.stat().st_size))
    gone = [path for path in stale if path not in ours]
    operations += [Operation(action="delete", path=path, bytes=remote[path][0]) for path in gone]
    return tuple(operations)


def _git_hash(file: Path) -> str:
    """The hash by which git knows a small file."""
    if file.suffix == ".parquet":  # always stored as a large file, under its sha256
        return ""
    data = file.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
