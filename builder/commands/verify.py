"""`mllmu-build verify`."""

import json
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click


@click.command("verify", short_help="Check a release through load_dataset, on the Hub or in a folder.")
@click.argument("target", default="mllmu/bench")
@click.option("--fresh-cache", is_flag=True, help="Download everything anew, into a cache that is thrown away.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(target: str, fresh_cache: bool, as_json: bool, quiet: bool) -> None:
    """Check the release TARGET: a folder (mllmu/bench), or owner/name@tag on the Hub.

    Every file is compared with the manifest, every config loaded with load_dataset and counted, the splits compared,
    every picture decoded. Exit code 3 when something is found.
    """
    with ExitStack() as stack:
        if fresh_cache:
            _use_cache(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mllmu-cache-"))))
        from ..hub.target import parse_target  # these import huggingface_hub, which reads its settings only once
        from ..hub.verify import verify
        from ..progress import Progress
        from ..report import checks_json, end_with_findings, print_checks

        results = verify(parse_target(target), Progress(quiet))
    if as_json:
        click.echo(json.dumps({"target": target, "checks": checks_json(results)}))
    else:
        print_checks(results)
    end_with_findings(results)


def _use_cache(folder: Path) -> None:
    for name in ("HF_HUB_CACHE", "HF_DATASETS_CACHE", "HF_XET_CACHE"):  # not HF_HOME: the token lies there
        os.environ[name] = str(folder / name.lower())
