"""Where a release is: a folder, or a repository on the Hub at a tag, written `owner/name@v1.0.0`."""

import re
from pathlib import Path
from typing import NamedTuple

from ...errors import UsageError
from ...schemas.manifest import MANIFEST
from .client import hub_client
from .errors import hub_errors

_ON_THE_HUB = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+)@(?P<revision>[\w./+-]+)")


class Target(NamedTuple):
    """A folder, or a repository and a revision of it."""

    text: str
    folder: Path | None
    repo: str = ""
    revision: str = ""


def parse_target(text: str) -> Target:
    """What `text` names. Only with a revision is it on the Hub, for `mllmu/bench` alone is where a build stands.

    Raises:
        UsageError: It is neither.
    """
    if Path(text).is_dir():
        return Target(text, Path(text))
    match = _ON_THE_HUB.fullmatch(text)
    if match is None:
        raise UsageError(f"{text!r} is neither a folder nor owner/name@tag, such as mllmu/bench@v1.0.0.")
    return Target(text, None, match["repo"], match["revision"])


def fetch(target: Target, quiet: bool = False) -> Path:
    """The folder with the whole release; from the Hub it comes by way of the client's cache."""
    if target.folder:
        return target.folder
    api = hub_client(quiet)
    with hub_errors(target.repo):
        snapshot = api.snapshot_download(target.repo, revision=target.revision, repo_type="dataset", max_workers=2)
    folder = Path(snapshot)
    if not (folder / MANIFEST).exists():
        raise UsageError(f"{target.text} is not a release made by mllmu: it has no {MANIFEST}.")
    return folder
