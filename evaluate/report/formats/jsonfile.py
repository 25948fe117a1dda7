"""For a program: everything there is."""

import json
from collections.abc import Sequence

from ..table import Table, as_dict


def render(tables: Sequence[Table], differences: bool = False) -> str:
    """A list of tables; the differences are always there."""
    return json.dumps([as_dict(table) for table in tables], indent=1, ensure_ascii=False)
