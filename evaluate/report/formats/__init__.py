"""One file a format; each has `render(tables, differences) -> str`."""

from collections.abc import Sequence
from importlib import import_module

from ..table import Table

FORMATS = {
    "terminal": "terminal",
    "markdown": "markdown",
    "latex": "latex",
    "csv": "comma",
    "json": "jsonfile",
}
"""Name -> module."""


def render(name: str, tables: Sequence[Table], differences: bool = False) -> str:
    """The tables in that format."""
    return import_module(f".{FORMATS[name]}", __package__).render(tables, differences)
