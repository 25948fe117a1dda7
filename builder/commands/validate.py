"""`mllmu-build validate`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..portraits.identity import VERIFIERS

if TYPE_CHECKING:
    from ..portraits.identity.report import IdentityReport
    from ..progress import Progress
    from ..reader import Release
    from ..rows import Row


@click.command("validate", short_help="Run every check over a release.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("mllmu/bench"))
@click.option("--only", "only", multiple=True, metavar="CHECK", help="Run this check only; may be repeated.")
@click.option(
    "--identity",
    type=click.Choice(VERIFIERS),
    is_flag=False,
    flag_value=VERIFIERS[0],
    help=f"Also verify faces: detection, EER, rank-1, look-alikes. By {VERIFIERS[0]} if no other is named.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(folder: Path, only: tuple[str, ...], identity: str | None, as_json: bool, quiet: bool) -> None:
    """Run every check over the release in FOLDER (mllmu/bench), of people or of concepts.

    Exit code 3 when something is found.
    """
    from ...errors import UsageError
    from ..checks.run import check_release
    from ..progress import Progress
    from ..reader import Release, open_release
    from ..report import checks_json, end_with_findings, print_checks, print_identity

    release = open_release(folder)
    if identity and not isinstance(release, Release):
        raise UsageError(f"{folder} holds concepts, not people: there are no faces for --identity to verify.")
    results = check_release(release, Progress(quiet), only)
    faces = verified(release, identity, Progress(quiet)) if identity and isinstance(release, Release) else None
    if as_json:
        click.echo(json.dumps({"checks": checks_json(results), "identity": faces and faces.model_dump()}))
    else:
        print_checks(results)
        if faces:
            print_identity(faces)
    end_with_findings(results)


def verified(release: "Release", verifier: str, progress: "Progress") -> "IdentityReport":
    """What a verifier says of the people's portraits and re-posed views."""
    from ...errors import UsageError
    from ..portraits.identity import get_verifier
    from ..portraits.identity.report import identity_report

    model = get_verifier(verifier)
    pictures = {
        both.id: [_whole(cell) for cell in (both.profile["image"], *both.test["images"])]
        for both in release.people()
        if both.profile["image"]
    }
    if not pictures:
        raise UsageError(f"{release.folder} has no pictures to verify: it was built with --portraits none.")
    with progress.bar("faces", sum(map(len, pictures.values())), "pictures") as bar:
        return identity_report(pictures, model, bar.update)


def _whole(cell: "Row | None") -> bytes:
    """A picture's bytes; empty if it does not decode, which is for the checks to say."""
    from ...image_files import fault

    return cell["bytes"] if cell and not fault(cell["bytes"]) else b""
