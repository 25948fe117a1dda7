"""The command that makes a release again."""

import shlex
from typing import Any

_FLAGS = ("name_pairs",)
_PER_LINE = 4


def rebuild_command(settings: dict[str, Any]) -> str:
    """`mllmu-build generate …` with every setting written out, so that it stays true when a default changes."""
    options = [_option(name, value) for name, value in settings.items() if value is not None]
    lines = [" ".join(options[k : k + _PER_LINE]) for k in range(0, len(options), _PER_LINE)]
    return "mllmu-build generate " + " \\\n    ".join(lines)


def _option(name: str, value: Any) -> str:
    option = name.replace("_", "-")
    if name in _FLAGS:
        return f"--{option}" if value else f"--no-{option}"
    return f"--{option} {shlex.quote(str(value))}"
