"""`run.json`: everything that made a run. It is written last: where it is, the run is whole."""

import hashlib
import json
import os
import platform
import resource
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .data import Example
from .release import Source

RECORD = "run.json"
REQUEST = "request.json"
"""What was asked for, written first: a run that goes on must be the one that was begun."""

PLACES = {"population"}
"""Where something lies whose content another key identifies: a cache may move, and another version has its own."""

SAYS = ("run.json", "manifest.json", "config.json", "adapter_config.json")
"""Files that say how a folder was made,"""
WEIGHTS = (".safetensors", ".bin")
"""and those whose size says a little about it."""

PACKAGES = ("mllmu-bench", "torch", "transformers", "peft", "accelerate", "datasets", "tokenizers")


def versions() -> dict[str, str]:
    """Of Python and of what the numbers depend on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def data_record(source: Source, configs: dict[str, list[Example]]) -> dict[str, Any]:
    """Which data: the release's own manifest where there is one, and a hash of what was really read."""
    record: dict[str, Any] = {"source": _public(source.data), "revision": source.revision}
    manifest = Path(source.data) / "manifest.json"
    if manifest.is_file():
        content = json.loads(manifest.read_text(encoding="utf-8"))
        record["manifest"] = {key: content[key] for key in ("name", "settings", "made_with") if key in content}
    record["configs"] = {
        name: {"examples": len(examples), "sha256": fingerprint(examples)} for name, examples in configs.items()
    }
    return record


def fingerprint(examples: list[Example]) -> str:
    """A hash of questions, answers and pictures."""
    digest = hashlib.sha256()
    for one in examples:
        for part in (one.key, one.question, one.answer, one.picture or ""):
            digest.update(part.encode() + b"\0")
        digest.update(one.data or b"")
    return digest.hexdigest()[:16]


def peak_memory() -> dict[str, float]:
    """Peak memory in GiB: of this process, and of the GPU where there is one."""
    import torch

    unit = 2**20 if sys.platform.startswith("linux") else 2**30  # kilobytes on Linux, bytes on macOS
    peak = {"process_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 3)}
    if torch.cuda.is_available():
        peak["gpu_gib"] = round(torch.cuda.max_memory_allocated() / 2**30, 3)
    return peak


def made(folder: str | Path) -> str | None:
    """A short hash that differs once a model's or a release's folder is made anew; None of what is no folder."""
    folder = Path(folder)
    if not folder.is_dir():
        return None
    digest = hashlib.sha256()
    for file in sorted(one for one in folder.iterdir() if one.is_file()):
        if file.name in SAYS:
            digest.update(file.read_bytes())
        elif file.suffix in WEIGHTS:
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
    return digest.hexdigest()[:16]


def write_json(path: Path, content: dict[str, Any]) -> None:
    """As `write_text` does."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Written under another name, then moved: it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def read_record(folder: str | Path) -> dict[str, Any] | None:
    """The record of a finished run; None if there is none."""
    path = Path(folder) / RECORD
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def first_process() -> bool:
    """Whether this is the process that prints and writes what is one's; the only one, unless started by a launcher."""
    return os.environ.get("RANK", "0") == "0"


def is_done(out: Path, request: dict[str, Any]) -> bool:
    """Whether this very run is finished in `out`; notes down what is being begun otherwise.

    Raises:
        UsageError: `out` holds another run.
    """
    done = _held(out, request)
    if done is None and first_process():
        write_json(out / REQUEST, request)
    return bool(done)


def refuse_another(out: Path, known: dict[str, Any]) -> None:
    """Before anything long is begun: `out` must hold no run that differs in what is `known` of the request already.

    Raises:
        UsageError: It does.
    """
    _held(out, known, whole=False)


def _held(out: Path, request: dict[str, Any], whole: bool = True) -> bool | None:
    """Whether the run in `out` is finished; None where there is none."""
    request = json.loads(json.dumps(request))
    for name in (RECORD, REQUEST):
        path = out / name
        if path.is_file() and (name == RECORD or _begun(out)):
            before = json.loads(path.read_text(encoding="utf-8"))
            before = before["request"] if name == RECORD else before
            keys = (before.keys() | request.keys() if whole else request.keys()) - PLACES
            if differing := sorted(key for key in keys if before.get(key) != request.get(key)):
                raise UsageError(f"{out} holds another run ({', '.join(differing)} differ). Choose another --out.")
            return name == RECORD
    return None


def _begun(out: Path) -> bool:
    """Whether anything was made yet: where nothing was, a corrected command takes the folder over."""
    return any(one.name != REQUEST for one in out.iterdir())


def _public(path: str) -> str:
    """A Hub id as it is; of a folder its last two parts, for the rest is nobody's business."""
    return "/".join(Path(path).parts[-2:]) if Path(path).exists() else path
