"""For a spreadsheet: one line a score, with nothing rounded away."""

import csv
import io
from collections.abc import Sequence

from ..table import Table

COLUMNS: tuple[str, ...] = (
    "forget", "modality", "method", "role", "seeds", "set", "metric", "mean", "low", "high", "questions", "people",
    "from_vanilla", "from_vanilla_low", "from_vanilla_high", "from_vanilla_p",
    "from_retain", "from_retain_low", "from_retain_high", "from_retain_p",
    "p_holm", "noise", "forget_quality",
)  # fmt: skip
"""`p_holm` and `noise` are about the reference that was chosen with --against."""


def render(tables: Sequence[Table], differences: bool = False) -> str:
    """All tables in one; the differences are always there."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for table in tables:
        for row in table.rows:
            for (set_name, metric), cell in row.cells.items():
                line: dict[str, object] = {
                    "forget": table.forget, "modality": table.modality, "method": row.name, "role": row.role,
                    "seeds": row.seeds, "set": set_name, "metric": metric, "mean": cell.score.mean,
                    "low": cell.score.low, "high": cell.score.high, "questions": cell.score.questions,
                    "people": cell.score.people, "p_holm": cell.p, "noise": None if cell.p is None else cell.noise,
                    "forget_quality": row.quality.p if row.quality else None,
                }  # fmt: skip
                for role, found in cell.differences.items():
                    line[f"from_{role}"] = found.value
                    line |= {f"from_{role}_low": found.low, f"from_{role}_high": found.high, f"from_{role}_p": found.p}
                writer.writerow(line)
    return out.getvalue().rstrip("\n")
