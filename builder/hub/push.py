"""Release a folder: one commit that holds everything, then the tag. Or nothing.

Shards are uploaded first, one by one, without being visible to anybody; what an interrupted push has sent, the Hub
remembers. The commit then names them all at once, on the condition that nobody has committed since we looked.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ...errors import FindingsError, MllmuError, UsageError
from ..checks.run import check_release, failures
from ..integrity import differences, strangers
from ..progress import Progress
from ..reader import AnyRelease, open_release
from .client import hub_client
from .errors import hub_errors
from .plan import Plan, make_plan

if TYPE_CHECKING:
    from huggingface_hub import HfApi

_VERSION = re.compile(r"v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?")


class Access(NamedTuple):
    """Who may read the repository; what is None or False stays as it is."""

    private: bool = False
    gated: Literal["auto", "manual"] | None = None


class Pushed(NamedTuple):
    """What a push did."""

    plan: Plan
    commit: str | None
    """The commit that now bears the tag; None after a dry run."""
    done: Literal["nothing", "restricted", "tagged", "pushed", "dry-run"]


def push(
    folder: Path,
    repo: str,
    tag: str,
    *,
    access: Access = Access(),  # noqa: B008 - immutable
    message: str | None = None,
    allow_findings: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Push the release in `folder` to the dataset repository `repo` and tag it.

    Raises:
        UsageError: No release there, no version as `tag`, or the tag exists with other content.
        FindingsError: A check finds something and `allow_findings` is not given.
        MllmuError: Files do not match the manifest, no or a wrong token, no network, somebody else pushed meanwhile.
    """
    progress = progress or Progress(quiet=True)
    if not _VERSION.fullmatch(tag):
        raise UsageError(f"{tag!r} is not a version such as v1.0.0.")
    release = open_release(folder)
    _refuse_damaged(release)
    if not allow_findings:
        _refuse_findings(release, progress)
    api = hub_client(progress.quiet)
    plan = make_plan(api, folder, release.manifest, repo, tag)
    if release.manifest.name != repo:
        progress.say(f"note: the card calls this release {release.manifest.name}; build it with --name {repo}.")
    if plan.tagged and plan.changes:
        raise UsageError(
            f"{repo} has a {tag} already, of other content: {len(plan.changes)} files differ. "
            "A tag never moves: choose the next version."
        )
    if dry_run:
        return Pushed(plan, None, "dry-run")
    with hub_errors(repo):
        if plan.tagged:
            _restrict(api, repo, access)
            return Pushed(plan, plan.tagged, "restricted" if any(access) else "nothing")
        return _carry_out(api, folder, plan, access, message)


def _refuse_damaged(release: AnyRelease) -> None:
    found = [*differences(release.folder, release.manifest), *strangers(release.folder, release.manifest)]
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise MllmuError(
            f"{release.folder} is not what its manifest says: {found[0].where} {found[0].what}{more}. Build it again."
        )


def _refuse_findings(release: AnyRelease, progress: Progress) -> None:
    failed = [result.name for result in failures(check_release(release, progress))]
    if failed:
        raise FindingsError(
            f"{release.folder} is not fit to be released: {', '.join(failed)}. "
            f"See `mllmu-build validate {release.folder}`, or push all the same with --allow-findings."
        )


def _carry_out(api: "HfApi", folder: Path, plan: Plan, access: Access, message: str | None) -> Pushed:
    head = plan.head
    if head is None:
        api.create_repo(plan.repo, repo_type="dataset", private=access.private or None, exist_ok=True)
        head = api.dataset_info(plan.repo).sha
    _restrict(api, plan.repo, access)  # before the data, so that nobody reads it in between
    if plan.changes:
        head = _commit(api, folder, plan, head, message or f"Release {plan.tag}")
    api.create_tag(plan.repo, tag=plan.tag, revision=head, repo_type="dataset")
    return Pushed(plan, head, "pushed" if plan.changes else "tagged")


def _restrict(api: "HfApi", repo: str, access: Access) -> None:
    if access.private:
        api.update_repo_settings(repo, repo_type="dataset", private=True)
    if access.gated:
        api.update_repo_settings(repo, repo_type="dataset", gated=access.gated)


def _commit(api: "HfApi", folder: Path, plan: Plan, head: str | None, message: str) -> str:
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    additions: list[CommitOperationAdd] = [
        CommitOperationAdd(path_in_repo=op.path, path_or_fileobj=folder / op.path)
        for op in plan.changes
        if op.action != "delete"
    ]
    deletions = [CommitOperationDelete(path_in_repo=op.path) for op in plan.changes if op.action == "delete"]
    api.preupload_lfs_files(plan.repo, additions=additions, repo_type="dataset", num_threads=2)
    return api.create_commit(
        plan.repo, [*additions, *deletions], commit_message=message, parent_commit=head, repo_type="dataset"
    ).oid
