"""What the loopback Hub remembers, on disk, and how it answers when it will not."""

import hashlib
import json
import threading
from pathlib import Path


class Refused(Exception):  # noqa: N818 - an answer, not a fault of the server
    """An answer other than success."""

    def __init__(self, status: int, message: str, code: str = "", headers: dict[str, str] | None = None):
        self.status, self.message, self.code, self.headers = status, message, code, headers or {}


class Store:
    """What the Hub remembers, on disk."""

    def __init__(self, root: Path):
        self.root = root
        self.lock = threading.RLock()
        self.faults: dict[str, float] = {}
        for name in ("blobs", "repos"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def strikes(self, fault: str) -> bool:
        with self.lock:
            left = self.faults.get(fault, 0)
            self.faults[fault] = max(0, left - 1)
            return left > 0

    def blob(self, sha256: str) -> Path:
        return self.root / "blobs" / sha256

    def put_blob(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        partial = self.root / "blobs" / f".{sha256}.{threading.get_ident()}"
        partial.write_bytes(data)
        partial.replace(self.blob(sha256))
        return sha256

    def _file(self, repo: str) -> Path:
        return self.root / "repos" / (repo.replace("/", "--") + ".json")

    def repo(self, repo: str) -> dict:
        try:
            return json.loads(self._file(repo).read_text())
        except FileNotFoundError:
            raise Refused(404, "Repository not found", "RepoNotFound") from None

    def exists(self, repo: str) -> bool:
        return self._file(repo).exists()

    def save(self, repo: str, state: dict) -> None:
        partial = self._file(repo).with_suffix(".part")
        partial.write_text(json.dumps(state))
        partial.replace(self._file(repo))

    def create(self, repo: str, private: bool) -> None:
        first = {"files": {}, "title": "initial commit", "parent": None}
        oid = commit_id(first)
        state = {"branches": {"main": oid}, "tags": {}, "commits": {oid: first}, "private": private, "gated": False}
        self.save(repo, state)


def commit_id(commit: dict) -> str:
    return hashlib.sha1(json.dumps(commit, sort_keys=True).encode()).hexdigest()


def resolve(state: dict, revision: str) -> str:
    oid = state["branches"].get(revision) or state["tags"].get(revision) or revision
    if oid not in state["commits"]:
        raise Refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")
    return oid


def is_lfs(path: str, size: int) -> bool:
    return path.endswith((".parquet", ".jpg", ".png")) or size > 10_000_000


def tree_entry(path: str, file: dict) -> dict:
    entry = {"type": "file", "path": path, "size": file["size"], "oid": file["oid"]}
    if file["lfs"]:
        entry["lfs"] = {"oid": file["sha256"], "size": file["size"], "pointerSize": 130}
    return entry


def tree(files: dict, under: str, recursive: bool) -> list[dict]:
    prefix = under.strip("/") + "/" if under.strip("/") else ""
    entries: dict[str, dict] = {}
    for path, file in sorted(files.items()):
        if not path.startswith(prefix):
            continue
        parts = path[len(prefix) :].split("/")
        folders = ["/".join(parts[: k + 1]) for k in range(len(parts) - 1)]
        for folder in folders if recursive else folders[:1]:
            name = prefix + folder
            entries[name] = {
                "type": "directory",
                "path": name,
                "size": 0,
                "oid": hashlib.sha1(name.encode()).hexdigest(),
            }
        if recursive or len(parts) == 1:
            entries[path] = tree_entry(path, file)
    if prefix and not entries:
        raise Refused(404, f"{under} does not exist", "EntryNotFound")
    return list(entries.values())
