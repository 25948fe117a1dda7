"""Draws people. Each file here with a `Source` class is a portrait source, called by its file name."""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

from ...errors import UsageError
from .source import Options, PortraitSource

SOURCES: tuple[str, ...] = ("rendered", "folder", "diffusion", "none")
"""Every source, by file name."""


def get_source(name: str, **settings: Any) -> PortraitSource:
    """The portrait source `name`. What it needs is imported now and no earlier.

    Args:
        name: One of `SOURCES`.
        **settings: Fields of `Options`: `size`, `faces`, `painting`.

    Raises:
        UsageError: There is no such source, or a setting does not suit it.
    """
    if name not in SOURCES:
        near = get_close_matches(name, SOURCES, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no portrait source is called {name!r}.{hint} Known: {', '.join(sorted(SOURCES))}.")
    options = Options(**settings)
    if options.faces is not None and name != "folder":
        raise UsageError(
            f"portraits = {name} does not read your faces ({options.faces}). Did you mean portraits = folder?"
        )
    return import_module(f".{name}", __package__).Source(options)
