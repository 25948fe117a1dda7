"""The progress bar: questions, questions a second, time left; silent where stderr is no terminal."""

import sys
from typing import Any


def bar(total: int, before: int, quiet: bool) -> Any:
    """A tqdm bar that stands at `before`."""
    from tqdm import tqdm

    return tqdm(
        desc="questions", total=total, initial=before, unit="q", file=sys.stderr, disable=True if quiet else None,
        dynamic_ncols=True, smoothing=0.1,
    )  # fmt: skip
