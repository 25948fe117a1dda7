"""Options that `run` and `floor` share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..records import SETS

F = TypeVar("F", bound=Callable[..., Any])


def _sets(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    """Commas between names; checked, and in the order of the paper's table."""
    given = [name.strip() for name in value.split(",")]
    if unknown := [name for name in given if name not in SETS]:
        raise click.BadParameter(f"no set {unknown[0]!r}. There are: {', '.join(SETS)}.")
    return tuple(name for name in SETS if name in given)


COMMON = (
    click.option("--data", required=True, help="Release: a folder, or a dataset id on the Hub."),
    click.option("--revision", help="Tag, branch or commit of a dataset on the Hub."),
    click.option("--forget", type=click.Choice(["05", "10", "15"]), required=True, help="Forget ratio in per cent."),
    click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write."),
    click.option(
        "--sets", default=",".join(SETS), show_default=True, callback=_sets, help="Which sets, with commas between."
    ),
    click.option(
        "--retain-people", "people", type=click.IntRange(1), metavar="N",
        help="Ask about N people of the retain set, drawn by the seed. [default: all]",
    ),
    click.option("--seed", default=0, show_default=True, help="Of that draw."),
    click.option(
        "--choice", type=click.Choice(["auto", "letter", "text"]), default="auto", show_default=True,
        help="Multiple choice by the likelihood of letters, or of the options' text; auto is text for the reference "
        "model, letter for others.",
    ),
    click.option("--batch", type=click.IntRange(1), metavar="N", help="Questions at a time. [default: what fits]"),
    click.option(
        "--dtype", type=click.Choice(["auto", "float64", "float32", "bfloat16", "float16"]), default="auto",
        show_default=True, help="Number format; auto is float64 for small models, else what suits the device.",
    ),
    click.option("--label", help="What tables call it. [default: the method's name]"),
    click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, no summary."),
)  # fmt: skip


def common(function: F) -> F:
    """Data, where to write, how to ask, how to print."""
    for option in reversed(COMMON):
        function = option(function)
    return function


def prepare(quiet: bool) -> None:
    """Say what to install, before anything is read; show other libraries' bars only to a person at a terminal.

    Raises:
        MllmuError: PyTorch or one of its companions is not installed.
    """
    import sys
    from importlib.util import find_spec

    from ...errors import MllmuError

    missing = [name for name in ("torch", "transformers", "peft", "accelerate", "rouge_score") if not find_spec(name)]
    if missing:
        raise MllmuError(f'evaluation needs {", ".join(missing)}. Install it with: pip install "mllmu-bench[train]"')
    if quiet or not sys.stderr.isatty():
        import datasets
        from transformers.utils import logging

        datasets.disable_progress_bars()
        logging.disable_progress_bar()


def report(folder: Path, as_json: bool, quiet: bool) -> None:
    """The outcome: JSON on stdout, or a few lines for a person; by one process only."""
    import json
    import os

    from ..records import RUN, SUMMARY

    if os.environ.get("RANK", "0") != "0":
        return
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    if as_json:
        click.echo(json.dumps(summary))
    elif not quiet:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
        click.echo(f"{folder}: {run['label']}, {run['data']['questions']} questions in {run['seconds']} s")
        for name, by_modality in summary.items():
            click.echo(f"  {name:<10} {_line(by_modality['both'])}")


SHOWN = {"classification": "accuracy", "generation": "rouge_l_f1", "cloze": ("exact", "contains")}
"""What a line shows of each task; the first that there is."""


def _line(tasks: dict[str, Any]) -> str:
    parts: list[str] = []
    for task, names in SHOWN.items():
        for name in (names,) if isinstance(names, str) else names:
            if cell := tasks.get(task, {}).get(name):
                parts.append(f"{task} {cell['mean']:.3f} [{cell['low']:.3f}, {cell['high']:.3f}]")
                break
    return "   ".join(parts)
