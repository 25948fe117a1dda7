"""`mllmu-unlearn reproduce`."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from ...errors import UsageError
from .. import methods as registry
from ..run_record import first_process
from .options import prepare

if TYPE_CHECKING:
    from ..study import Part, Study

RATIOS = ("05", "10", "15")
LISTS = ("--forget", "--methods")
FORMATS = {"markdown": "table.md", "latex": "table.tex", "csv": "table.csv", "json": "table.json"}


class Lists(click.Command):
    """Lets `--forget 05 10 15` be written for `--forget 05 --forget 10 --forget 15`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeats an option before each of its values."""
        spread: list[str] = []
        option, first = "", False
        for arg in args:
            if arg.startswith("-"):
                option, first = (arg, True) if arg in LISTS else ("", False)
            elif option:
                spread += [] if first else [option]
                first = False
            spread.append(arg)
        return super().parse_args(ctx, spread)


@click.command("reproduce", cls=Lists, short_help="The whole study as one run.")
@click.option("--data", required=True, help="Release: a folder, or a dataset id on the Hub.")
@click.option("--revision", help="Tag, branch or commit of a dataset on the Hub.")
@click.option(
    "--model", default="reference", show_default=True, help="Model to start from: a folder, a Hub id, or reference."
)
@click.option("--forget", "ratios", type=click.Choice(RATIOS), multiple=True, default=RATIOS, show_default=True,
              help="Forget ratios in per cent.")  # fmt: skip
@click.option("--methods", "names", multiple=True, default=("all",), show_default=True,
              help="Names of methods, paths ending in .py, or all: the paper's five baselines.")  # fmt: skip
@click.option("--modality", type=click.Choice(["multimodal", "text", "both"]), default="both", show_default=True,
              help="What unlearning sees: all pairs, those by name, or one run of each.")  # fmt: skip
@click.option("--seeds", type=click.IntRange(1), default=3, show_default=True,
              help="Fine-tunings and unlearnings of each kind; there is one base.")  # fmt: skip
@click.option("--settings", type=click.Path(path_type=Path, exists=True), metavar="FILE",
              help="TOML with a table for finetune and each method, as in [npo] and then lr = 1e-5.")  # fmt: skip
@click.option("--retain-people", "people", type=click.IntRange(1), metavar="N",
              help="Ask about N people of the retain set, drawn by the seed. [default: all]")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=Path("study"), show_default=True,
              help="Folder of the study.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Print the plan, do nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Only the table.")
def command(
    data: str, revision: str | None, model: str, ratios: tuple[str, ...], names: tuple[str, ...], modality: str,
    seeds: int, settings: Path | None, people: int | None, out: Path, dry_run: bool, quiet: bool,
) -> None:  # fmt: skip
    """Make base, vanilla, retain-only and every method's model, evaluate them all, print the table, draw the figures.

    The plan is printed first. Killed at any moment, the same command goes on where it stopped; asked for more seeds,
    ratios or methods, it does only what is missing.
    """
    from ..data import Modality
    from ..release import Source
    from ..study import BASELINES, Study

    chosen = tuple(dict.fromkeys(one for name in names for one in (BASELINES if name == "all" else (name,))))
    tables = _settings(settings, sorted({registry.find(name).stem for name in (*registry.names(), *chosen)}))
    kinds: tuple[Modality, ...] = tuple(kind for kind in get_args(Modality) if modality in (kind, "both"))
    study = Study(
        model, Source(data, revision), out, tuple(sorted(map(int, set(ratios)))), chosen, kinds, seeds, tables, people,
        quiet,
    )  # fmt: skip
    parts = study.parts()
    if first_process() and not (quiet and not dry_run):
        _show_plan(parts, study)
    if dry_run:
        return
    study.begin()
    prepare(quiet)
    _do(parts, quiet)
    if first_process():
        _report(out, quiet)


def _settings(path: Path | None, stems: list[str]) -> dict[str, dict[str, Any]]:
    """The tables of a settings file, each checked."""
    import tomllib

    from ..settings import applies, training

    if path is None:
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    for name, table in tables.items():
        if name not in ("finetune", *stems) or not isinstance(table, dict):
            raise UsageError(f"{path}: no table [{name}]. There are: {', '.join(('finetune', *stems))}.")
        if "seed" in table:
            raise UsageError(f"{path}, [{name}]: seeds are counted by --seeds.")
        job = "finetune" if name == "finetune" else "unlearn"
        if useless := [key for key in table if not applies(key, job)]:
            raise UsageError(f"{path}, [{name}]: {useless[0]} is no setting of {job}.")
        training(table)
    return tables


def _show_plan(parts: "list[Part]", study: "Study") -> None:
    from ..study import seconds_left

    kinds = list(dict.fromkeys(part.kind for part in parts))
    counts = ", ".join(
        f"{sum(p.kind == kind and not p.done for p in parts)} of {sum(p.kind == kind for p in parts)} {kind}"
        for kind in kinds
    )
    for part in parts:
        took = f"  {part.seconds / 60:.1f} min" if part.seconds else ""
        click.echo(f"  {'done' if part.done else '    '}  {part.kind:<9} {part.name}{took}", err=True)
    left = seconds_left(parts)
    time_left = "" if left is None else f"; about {_duration(left)}"
    click.echo(f"{study.out}: to do: {counts}{time_left}.", err=True)


def _do(parts: "list[Part]", quiet: bool) -> None:
    from ..study import seconds_left

    for number, part in enumerate(parts, 1):
        if part.done:
            continue
        if not quiet and first_process():
            left = seconds_left(parts)
            shown = "" if left is None else f", about {_duration(left)} left"
            click.echo(f"[{number}/{len(parts)}] {part.kind} {part.name}{shown}", err=True)
        began = time.perf_counter()
        part.do()
        if not quiet and first_process():
            click.echo(f"    {_duration(time.perf_counter() - began)}", err=True)


def _report(out: Path, quiet: bool) -> None:
    """The table on stdout and in files, the figures where matplotlib is."""
    from contextlib import redirect_stdout
    from importlib.util import find_spec
    from io import StringIO

    from ...evaluate.commands import plot, table

    results = str(out / "results")
    for style, name in FORMATS.items():
        with redirect_stdout(StringIO()) as text:
            table.command.main([results, "--format", style], standalone_mode=False)
        (out / name).write_text(text.getvalue(), encoding="utf-8")
    if find_spec("matplotlib"):
        with redirect_stdout(StringIO()):
            plot.command.main([results, "--out", str(out / "figures")], standalone_mode=False)
    elif not quiet:
        click.echo('figures need matplotlib: pip install "mllmu-bench[train]", then run this again.', err=True)
    table.command.main([results], standalone_mode=False)
    if not quiet:
        click.echo(f"{out}: {', '.join(FORMATS.values())}, figures/", err=True)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
