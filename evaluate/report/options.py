"""What the commands that read results have in common."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ...errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

JUDGE = (
    click.option(
        "--judge", type=click.Choice(["openai"]), default="openai", show_default=True,
        help="Kind of endpoint: any that is OpenAI-compatible.",
    ),
    click.option("--judge-model", "model_name", help="The judge's name at the endpoint."),
    click.option("--base-url", help="The endpoint's address. [default: $OPENAI_BASE_URL, else OpenAI's]"),
    click.option("--concurrency", type=click.IntRange(1), default=8, show_default=True, help="Calls at once."),
    click.option(
        "--ledger", type=click.Path(path_type=Path, dir_okay=False),
        help="File of the judge's replies. [default: judge.ledger in the user's cache folder]",
    ),
)  # fmt: skip


def judge_options(function: F) -> F:
    """Which judge, how it is asked, where its replies are kept."""
    for option in reversed(JUDGE):
        function = option(function)
    return function


def ledger_path() -> Path:
    """Where the judge's replies are kept, if nothing else is said."""
    from ...unlearn.reference.cache import cache_folder

    return cache_folder() / "judge.ledger"


results_argument = click.argument(
    "results", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)


def choose_metrics(names: Sequence[str]) -> tuple[str, ...]:
    """The metrics of these names.

    Raises:
        UsageError: there is no such metric.
    """
    from difflib import get_close_matches

    from ..metrics import METRICS

    for name in names:
        if name not in METRICS:
            near = get_close_matches(name, METRICS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"no metric called {name!r}.{hint} Known: {', '.join(METRICS)}.")
    return tuple(dict.fromkeys(names))
