"""Options that commands share; those of training are made from the fields of `Training`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from ...errors import MllmuError
from ..settings import Training, applies

F = TypeVar("F", bound=Callable[..., Any])

COMMON = (
    click.option("--data", required=True, help="Release: a folder, or a dataset id on the Hub."),
    click.option("--revision", help="Tag, branch or commit of a dataset on the Hub."),
    click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder that the run is written into."),
    click.option(
        "--modality", type=click.Choice(["multimodal", "text"]), default="multimodal", show_default=True,
        help="All fine-tuning pairs, or without pictures: those that ask by name.",
    ),
    click.option("--merge", is_flag=True, help="Save whole weights with the adapter merged in."),
    click.option("--json", "as_json", is_flag=True, help="Print the run's record as JSON."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, no summary."),
)  # fmt: skip


def common(function: F) -> F:
    """Data, where to write, how to print."""
    for option in reversed(COMMON):
        function = option(function)
    return function


def training_options(job: str) -> Callable[[F], F]:
    """One option for each field of `Training` that `job`, finetune or unlearn, has a use for."""
    return lambda function: _with_options(function, job)


def _with_options(function: F, job: str) -> F:
    """None given, the preset decides."""
    for name, field in reversed(Training.model_fields.items()):
        if not applies(name, job):
            continue
        text = " ".join((field.description or "").split())
        if field.annotation is bool:
            flag = f"--{name}/--no-{name}".replace("_", "-")
            function = click.option(flag, name, default=None, help=text)(function)
            continue
        choices = [kind for kind in get_args(field.annotation) if isinstance(kind, str)]
        kind = click.Choice(choices) if choices else next(k for k in (int, float) if k in _kinds(field.annotation))
        function = click.option(f"--{name.replace('_', '-')}", name, type=kind, help=text)(function)
    return function


def _kinds(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) or (annotation,)


def split(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(training options, the others)."""
    training = {key: value for key, value in options.items() if key in Training.model_fields}
    return training, {key: value for key, value in options.items() if key not in training}


def prepare(quiet: bool = False) -> None:
    """Say what to install, before anything is read; show other libraries' bars only to a person at a terminal.

    Raises:
        MllmuError: PyTorch or one of its companions is not installed.
    """
    from importlib.util import find_spec

    missing = [name for name in ("torch", "transformers", "peft", "accelerate") if find_spec(name) is None]
    if missing:
        raise MllmuError(f'training needs {", ".join(missing)}. Install it with: pip install "mllmu-bench[train]"')
    if quiet or not sys.stderr.isatty():
        import datasets
        from transformers.utils import logging

        datasets.disable_progress_bars()
        logging.disable_progress_bar()


def report(record: dict[str, Any], out: Path, as_json: bool, quiet: bool) -> None:
    """The outcome: JSON on stdout, or a line for a person."""
    from ..run_record import first_process

    if not first_process():
        return
    if as_json:
        click.echo(json.dumps(record))
    elif not quiet:
        last = (record.get("losses") or [{}])[-1]
        shown = ", ".join(f"{side} loss {last[side]:.3f}" for side in ("forget", "retain") if side in last)
        steps = f"{record['steps']} steps, {record['minutes']} min, {shown}" if "steps" in record else "no training"
        click.echo(f"{out}: {steps}{_stop(record)}")


def _stop(record: dict[str, Any]) -> str:
    """What ended the run, where it was watched; a run that was to forget so much, and did not, says so."""
    if record.get("stopped_at"):
        return f"; stopped at step {record['stopped_at']} by --stop-{record['stopped_by']}-nll"
    if "forget" in (record.get("watched") or {}):
        return f"; ended before --stop-forget-nll {record['request']['settings']['stop_forget_nll']:g} was reached"
    return ""
