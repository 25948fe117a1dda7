"""The prompts, one file a stage. A file has its version, a `# system` part and a `# user` part.

`$name` is filled in. Changing a word of a prompt changes the bodies that are sent, so raise its version: replies to
the old words stay on record, and are not used for the new.
"""

import hashlib
import re
from functools import cache
from pathlib import Path
from string import Template
from typing import NamedTuple

_PARTS = re.compile(r"\Aversion: (\d+)\n\n# system\n\n(.+?)\n\n# user\n\n(.+?)\n\Z", re.DOTALL)


class Prompt(NamedTuple):
    """One stage's prompt."""

    name: str
    version: int
    system: str
    user: str

    def fill(self, **values: str) -> list[dict[str, str]]:
        """The two messages, with `values` in their places."""
        return [
            {"role": "system", "content": Template(self.system).substitute(values)},
            {"role": "user", "content": Template(self.user).substitute(values)},
        ]


def prompt_names() -> list[str]:
    """The stages that have a prompt."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.md"))


@cache
def prompt(name: str) -> Prompt:
    """The prompt of a stage."""
    text = (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")
    match = _PARTS.match(text)
    if match is None:
        raise ValueError(f"the prompt {name} lacks its version, system or user part")
    return Prompt(name, int(match[1]), match[2], match[3])


def prompts_version() -> str:
    """Versions and words of all prompts in one: `facts 1, …` would be long, so a hash."""
    text = "\n".join(f"{p.name} {p.version}\n{p.system}\n{p.user}" for p in map(prompt, prompt_names()))
    return hashlib.sha256(text.encode()).hexdigest()[:8]
