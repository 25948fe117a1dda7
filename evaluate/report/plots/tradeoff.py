"""Forgetting against utility, the paper's Figure 4: what a method took away, and what it cost.

To the right: points lost on the Forget set, beside vanilla. Up: the score that is left on a utility set. The best place
is up and as far to the right as retain-only, which never knew; further than that is not better.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...metrics import METRICS
from ...stats import Cell, Interval, Sample, compare, interval, pool
from ..gather import Row, Study
from .style import REFERENCE, SETTINGS, Look, axis, looks, scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UTILITY_SETS = ("test", "retain", "celebrity")
METRICS_SHOWN = ("accuracy", "rouge_l_f1", "exact")
TITLES = {"test": "Test", "retain": "Retain", "celebrity": "Celebrity"}


def tradeoff(study: Study, modality: str, metrics: Sequence[str] = ()) -> "Figure | None":
    """A panel for each metric and utility set; None without vanilla or without a method."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    methods = [row for row in study.rows if row.role == "unlearned"]
    vanilla = study.role("vanilla")
    if vanilla is None or not methods:
        return None
    shown = [m for m in metrics or METRICS_SHOWN if sample_of(vanilla, "forget", m, modality)]
    sets = [s for s in UTILITY_SETS if any(sample_of(vanilla, s, m, modality) for m in shown)]
    look = looks(methods)
    with rc_context(SETTINGS):
        figure = Figure(figsize=(2.5 * len(sets) + 0.4, 2.2 * len(shown) + 0.8))
        grid = figure.subplots(len(shown), len(sets), squeeze=False, sharex="row")
        for j, metric in enumerate(shown):
            for k, name in enumerate(sets):
                panel: Axes = grid[j][k]
                _panel(panel, study, vanilla, modality, metric, name, look)
                if j == 0:
                    panel.set_title(TITLES[name])
                if k == 0:
                    panel.set_ylabel(axis(metric))
            grid[j][len(sets) // 2].set_xlabel(f"{axis(metric)} lost on Forget, beside vanilla")
        handles, labels = grid[0][0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=min(5, len(labels)), frameon=False)
    return figure


def _panel(
    panel: "Axes", study: Study, vanilla: Row, modality: str, metric: str, name: str, look: dict[str, Look]
) -> None:
    taught = sample_of(vanilla, "forget", metric, modality)
    for row in study.rows:
        kept, forgot = sample_of(row, name, metric, modality), sample_of(row, "forget", metric, modality)
        if kept is None or forgot is None or taught is None or row.role == "floor":
            continue
        found = compare(taught, forgot)
        lost = (found.value, found.low, found.high) if found and row is not vanilla else (0.0, 0.0, 0.0)
        style = Look("black", "*", False)
        if row.role in REFERENCE:
            style = style._replace(marker=REFERENCE[row.role])
            if row.role == "retain":
                panel.axvline(lost[0] * scale(metric), color="black", linewidth=0.7, linestyle=":")
        _point(panel, lost, interval(kept), scale(metric), row.name, look.get(row.name, style))


def _point(panel: "Axes", x: tuple[float, float, float], y: Interval, times: float, label: str, look: Look) -> None:
    """A mark with both its intervals."""
    panel.errorbar(
        [times * x[0]], [times * y.mean],
        xerr=[[times * max(0.0, x[0] - x[1])], [times * max(0.0, x[2] - x[0])]],
        yerr=[[times * max(0.0, y.mean - y.low)], [times * max(0.0, y.high - y.mean)]],
        fmt=look.marker, color=look.colour, ecolor=look.colour, elinewidth=0.9, capsize=2, label=label,
        markersize=9.0 if look.colour == "black" else 6.5, markeredgecolor=look.colour if look.hollow else "black",
        markerfacecolor="white" if look.hollow else look.colour, markeredgewidth=1.2 if look.hollow else 0.6,
    )  # fmt: skip


def sample_of(row: Row, set_name: str, metric: str, modality: str) -> Sample | None:
    """The scores of a row in one place; None where it has none."""
    tasks = METRICS[metric].tasks
    return pool(row.tallies, Cell(set_name, tasks[0] if len(tasks) == 1 else "generation", modality, metric))
