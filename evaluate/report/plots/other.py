"""Scores of other benchmarks that stand beside an evaluation: OUT/utility/TASK.json."""

import json
from typing import NamedTuple

from ..gather import Row

SCORES = {"mmmu": ("accuracy", "MMMU (%)"), "llava_bench": ("relative", "LLaVA-Bench (% of the reference)")}
"""Task -> (the score in its file, what an axis says)."""


class Score(NamedTuple):
    """Over the seeds that have it; so are the limits, which is to err on the wide side."""

    mean: float
    low: float
    high: float


def other_score(row: Row, task: str) -> Score | None:
    """What a row's models scored there; None where none was asked."""
    found: list[dict[str, float]] = []
    for result in row.results.values():
        path = result.folder / "utility" / f"{task}.json"
        if path.is_file() and (cell := json.loads(path.read_text(encoding="utf-8"))[SCORES[task][0]]):
            found.append(cell)
    if not found:
        return None
    return Score(*(sum(cell[name] for cell in found) / len(found) for name in ("mean", "low", "high")))
