"""The command that makes a release again."""

import shlex
from typing import Any

_SWITCHES = ("look_at_portrait",)
"""Off unless they are given: they have no `--no-…`."""
_FILES = ("faces", "celebrities", "celebrity_faces")
"""Recorded with a hash after the name."""
_PER_LINE = 4


def rebuild_command(settings: dict[str, Any]) -> str:
    """`mllmu-build generate …` with every setting written out, so that it stays true when a default changes."""
    said = {name: value for name, value in settings.items() if value is not None and (value or name not in _SWITCHES)}
    options = [_option(name, value) for name, value in said.items()]
    lines = [" ".join(options[k : k + _PER_LINE]) for k in range(0, len(options), _PER_LINE)]
    return "mllmu-build generate " + " \\\n    ".join(lines)


def _option(name: str, value: Any) -> str:
    option = name.replace("_", "-")
    if isinstance(value, bool):
        return f"--{option}" if value else f"--no-{option}"
    text = str(value).rsplit(" ", 1)[0] if name in _FILES else str(value)
    return f"--{option} {shlex.quote(text)}"
