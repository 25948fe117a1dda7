"""Fills the templates in `templates/`."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **values: Any) -> str:
    """The text of `templates/{template}.j2` with `values` filled in; a value that is missing is an error."""
    return _environment().get_template(f"{template}.j2").render(values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and ".html" in name,  # Markdown is read as it stands
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        count=_count, figure=_figure, cell=_cell, code_cell=_code_cell, broad=_broad, narrow=_narrow
    )
    return environment


def _count(number: int) -> str:
    """`20754` -> `20,754`."""
    return f"{number:,}"


def _figure(number: float) -> str:
    """A measured number, as many digits as say something: `0.2514`, `1,153`."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.4g}"


def _cell(text: object) -> str:
    """Text that may stand in a Markdown table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def _code_cell(text: str) -> str:
    """The same, as code, so that nothing in it is taken for Markdown."""
    return "`" + _cell(text).replace("`", "'") + "`" if text else ""


def _broad(figures: dict[str, float]) -> dict[str, float]:
    """The figures of a check as a whole."""
    return {name: value for name, value in figures.items() if "/" not in name}


def _narrow(figures: dict[str, float]) -> dict[str, float]:
    """Those of a part, which checks name `figure/part`."""
    return {name: value for name, value in figures.items() if "/" in name}
