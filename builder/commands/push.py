"""`mllmu-build push`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from ..hub.push import Pushed


@click.command("push", short_help="Release a folder on the Hub: one commit, then the tag.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("mllmu/bench"))
@click.option("--repo", required=True, help="Dataset repository, owner/name.")
@click.option("--tag", required=True, help="Version of this release, such as v1.0.0.")
@click.option("--private", is_flag=True, help="Nobody but you sees the repository.")
@click.option("--gated", type=click.Choice(["auto", "manual"]), help="Readers must ask, and are let in so.")
@click.option("--message", help="Of the commit. [default: Release TAG]")
@click.option("--allow-findings", is_flag=True, help="Release even what `validate` finds fault with.")
@click.option("--dry-run", is_flag=True, help="Only list what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no report.")
def command(
    folder: Path,
    repo: str,
    tag: str,
    private: bool,
    gated: Literal["auto", "manual"] | None,
    message: str | None,
    allow_findings: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Push the release in FOLDER (mllmu/bench) to the Hub as one commit, then tag it.

    Nothing is visible before everything is there. Interrupted, the same command goes on where it stopped; a folder
    that is there already is left alone. The token is that of `hf auth login` or of HF_TOKEN.
    """
    from ..hub.push import Access, push
    from ..progress import Progress

    pushed = push(
        folder,
        repo,
        tag,
        access=Access(private, gated),
        message=message,
        allow_findings=allow_findings,
        dry_run=dry_run,
        progress=Progress(quiet),
    )
    if as_json:
        click.echo(json.dumps({"done": pushed.done, "commit": pushed.commit, **pushed.plan.model_dump()}))
    elif not quiet:
        _print(pushed)


def _print(pushed: "Pushed") -> None:
    plan = pushed.plan
    if pushed.done == "dry-run":
        for op in plan.operations:
            click.echo(f"{op.action:<7} {op.bytes:>13,}  {op.path}")
        new = "" if plan.head else f" {plan.repo} would be created."
        click.echo(f"{len(plan.changes)} of {len(plan.operations)} to do, {plan.upload:,} bytes to send.{new}")
    elif pushed.done == "restricted":
        click.echo(f"{plan.repo} has this very release as {plan.tag}; who may read it is set now.")
    elif pushed.done == "nothing":
        click.echo(f"{plan.repo} has this very release as {plan.tag}: nothing to do.")
    else:
        sent = f"{len(plan.changes)} files changed, {plan.upload:,} bytes" if plan.changes else "no file changed"
        click.echo(f"{plan.repo} {plan.tag}: {sent}; commit {(pushed.commit or '')[:12]}.")
        click.echo(f'Load it:  load_dataset("{plan.repo}", revision="{plan.tag}")')
