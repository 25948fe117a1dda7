"""What must be true of a release. One file a check; its name is the check's name.

A check file has a docstring whose first line says the rule, and `class Check` with any of the hooks of
`base.BaseCheck`. Listing the names imports nothing. What several checks share is in `support/`.
"""

from functools import cache
from pkgutil import iter_modules


@cache
def names() -> tuple[str, ...]:
    """Every check, in the order in which they are shown."""
    return tuple(sorted(m.name for m in iter_modules(__path__) if not m.ispkg and m.name not in {"base", "run"}))
