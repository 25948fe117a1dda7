"""Forgetting against utility, the paper's Figure 4: what a method took away, and what it cost.

To the right: points lost on the Forget set, beside vanilla. Up: the score that is left on a utility set. The best place
is up and as far to the right as retain-only, which never knew; further than that is not better.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...metrics import METRICS
from ...stats import Cell, Sample, compare, interval, pool
from ..gather import Row, Study
from .other import SCORES, other_score
from .style import REFERENCE, SETTINGS, Look, axis, looks, scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UTILITY_SETS = ("test", "retain", "celebrity")
METRICS_SHOWN = ("accuracy", "rouge_l_f1", "exact")
TITLES = {"test": "Test", "retain": "Retain", "celebrity": "Celebrity"}


def tradeoff(study: Study, modality: str, metrics: Sequence[str] = ()) -> "Figure | None":
    """A row of panels for each metric, a panel for each utility set, and at the end one for each other benchmark.

    None without vanilla or without a method.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    methods = [row for row in study.rows if row.role == "unlearned"]
    vanilla = study.role("vanilla")
    if vanilla is None or not methods:
        return None
    shown = [m for m in metrics or METRICS_SHOWN if sample_of(vanilla, "forget", m, modality)]
    sets = [s for s in UTILITY_SETS if any(sample_of(vanilla, s, m, modality) for m in shown)]
    others = [task for task in SCORES if any(other_score(row, task) for row in study.rows)]
    if not shown or not sets:
        return None
    lines = [[(metric, name) for name in sets] for metric in shown]
    lines += [[(shown[0], task) for task in others]] if others else []
    look, stand_ins = looks(methods), study.stand_ins and modality != "text"
    columns = max(map(len, lines))
    with rc_context(SETTINGS):
        figure = Figure(figsize=(2.5 * columns + 0.4, 2.2 * len(lines) + 0.8))
        grid = figure.subplots(len(lines), columns, squeeze=False, sharex="row")
        for panels, line in zip(grid, lines, strict=True):
            for panel in panels[len(line) :]:
                panel.remove()
            for panel, (metric, name) in zip(panels, line, strict=False):
                _panel(panel, [_place(row, vanilla, modality, metric, name) for row in study.rows], look)
                panel.set_title(TITLES.get(name, "") + (" (stand-in)" if name == "celebrity" and stand_ins else ""))
                if name in SCORES:
                    panel.set_ylabel(SCORES[name][1])
            low, high = panels[0].get_xlim()
            if high - low < 1e-6:  # nobody lost anything: no axis of rounding errors
                panels[0].set_xlim(-1, 1)
            if line[0][1] not in SCORES:
                panels[0].set_ylabel(axis(line[0][0]))
            panels[min(len(line) // 2, len(line) - 1)].set_xlabel(f"{axis(line[0][0])} lost on Forget, beside vanilla")
        handles, labels = grid[0][0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=min(5, len(labels)), frameon=False)
    return figure


class Place(NamedTuple):
    """Where a method stands."""

    row: Row
    lost: tuple[float, float, float]
    """(mean, low, high) of what it lost on Forget."""
    kept: tuple[float, float, float]
    """The same of what is left elsewhere, in the units of the axis."""


def _place(row: Row, vanilla: Row, modality: str, metric: str, name: str) -> Place | None:
    taught, forgot = (sample_of(one, "forget", metric, modality) for one in (vanilla, row))
    if row.role == "floor" or taught is None or forgot is None:
        return None
    times = scale(metric)
    found = compare(taught, forgot) if row is not vanilla else None
    lost = (times * found.value, times * found.low, times * found.high) if found else (0.0, 0.0, 0.0)
    if name in SCORES:
        other = other_score(row, name)
        return Place(row, lost, (100 * other.mean, 100 * other.low, 100 * other.high)) if other else None
    left = sample_of(row, name, metric, modality)
    if left is None:
        return None
    kept = interval(left)
    return Place(row, lost, (times * kept.mean, times * kept.low, times * kept.high))


def _panel(panel: "Axes", places: "list[Place | None]", look: dict[str, Look]) -> None:
    for place in places:
        if place is None:
            continue
        if place.row.role == "retain":
            panel.axvline(place.lost[0], color="black", linewidth=0.7, linestyle=":")
        reference = Look("black", REFERENCE.get(place.row.role, "*"), False)
        _point(panel, place, look.get(place.row.name, reference))


def _point(panel: "Axes", place: Place, look: Look) -> None:
    """A mark with both its intervals."""
    (x, *across), (y, *up) = place.lost, place.kept
    panel.errorbar(
        [x], [y],
        xerr=[[max(0.0, x - across[0])], [max(0.0, across[1] - x)]],
        yerr=[[max(0.0, y - up[0])], [max(0.0, up[1] - y)]],
        fmt=look.marker, color=look.colour, ecolor=look.colour, elinewidth=0.9, capsize=2, label=place.row.name,
        markersize=9.0 if look.colour == "black" else 6.5, markeredgecolor=look.colour if look.hollow else "black",
        markerfacecolor="white" if look.hollow else look.colour, markeredgewidth=1.2 if look.hollow else 0.6,
    )  # fmt: skip


def sample_of(row: Row, set_name: str, metric: str, modality: str) -> Sample | None:
    """The scores of a row in one place; None where it has none."""
    tasks = METRICS[metric].tasks
    return pool(row.tallies, Cell(set_name, tasks[0] if len(tasks) == 1 else "generation", modality, metric))
