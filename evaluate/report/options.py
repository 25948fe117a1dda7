"""What the commands that read results have in common."""

from collections.abc import Sequence
from pathlib import Path

import click

from ...errors import UsageError

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
