"""All means of one run, as `summary.json` has them."""

from collections.abc import Iterable
from typing import Any

from ..records import DIGITS, SETS, TASKS, Record
from .interval import interval
from .sample import MODALITIES, Cell, pool, tally


def summarise(records: Iterable[Record]) -> dict[str, Any]:
    """set -> modality (image, text, both) -> task -> metric -> mean, low, high, questions, people.

    Next to the metrics of a task stands `asked`, so that what was not scored shows.
    """
    from ..metrics import METRICS

    records = list(records)
    run = {0: tally(records)}
    asked: dict[tuple[str, str, str], int] = {}
    for record in records:
        for modality in (record.modality, "both"):
            place = (record.set, modality, record.task)
            asked[place] = asked.get(place, 0) + 1
    summary: dict[str, Any] = {}
    for place in [(s, m, t) for s in SETS for m in MODALITIES for t in TASKS]:
        if place not in asked:
            continue
        set_name, modality, task = place
        cells: dict[str, Any] = {"asked": asked[place]}
        for metric in METRICS:
            sample = pool(run, Cell(set_name, task, modality, metric))
            if sample is not None:
                found = interval(sample)
                cells[metric] = {
                    "mean": round(found.mean, DIGITS),
                    "low": round(found.low, DIGITS),
                    "high": round(found.high, DIGITS),
                    "questions": found.questions,
                    "people": found.people,
                }
        summary.setdefault(set_name, {}).setdefault(modality, {})[task] = cells
    return summary
