"""Unlearning with pictures beside unlearning from text alone, the paper's Figure 3.

For each method two bars: forgotten with image and text pairs, or with text pairs only; in one panel for each metric and
way of asking. The line is vanilla with its interval: on Forget and Test lower is forgotten, on the others it is lost.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...stats import interval
from ..gather import Row, Study
from .style import COLOURS, HATCHES, SETTINGS, axis, scale
from .tradeoff import METRICS_SHOWN, sample_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WAYS = (("multimodal", "Unlearned with pictures and text"), ("text", "Unlearned with text only"))
ASKED = {"image": "asked with a picture", "text": "asked by name"}


def modality(study: Study, set_name: str, metrics: Sequence[str] = ()) -> "Figure | None":
    """Rows are ways of asking, columns are metrics; None where no method was run both ways, or none was scored."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    pairs = _pairs(study)
    if not pairs:
        return None
    some = next(iter(pairs.values()))["text"]
    shown = [m for m in metrics or METRICS_SHOWN if sample_of(some, set_name, m, "both")]
    if not shown:
        return None
    with rc_context(SETTINGS):
        figure = Figure(figsize=(max(2.4, 0.55 * len(pairs) + 1.2) * len(shown), 5.0))
        grid = figure.subplots(len(ASKED), len(shown), squeeze=False, sharex=True, sharey="col")
        for j, (way, words) in enumerate(ASKED.items()):
            for k, metric in enumerate(shown):
                panel: Axes = grid[j][k]
                _panel(panel, study, pairs, set_name, metric, way)
                panel.set_title(f"{set_name.capitalize()}, {words}")
                panel.set_ylabel(axis(metric))
        handles, labels = grid[0][0].get_legend_handles_labels()
        order = sorted(range(len(labels)), key=lambda k: labels[k] == "Vanilla")
        figure.legend(
            [handles[k] for k in order], [labels[k] for k in order],
            loc="outside lower center", ncols=3, frameon=False, handleheight=1.2,
        )  # fmt: skip
    return figure


def _pairs(study: Study) -> dict[str, dict[str, Row]]:
    """method -> modality -> row, of methods that were run both ways."""
    found: dict[str, dict[str, Row]] = {}
    for row in study.rows:
        if row.role == "unlearned" and row.key.modality:
            found.setdefault(row.method_name, {})[row.key.modality] = row
    return {name: ways for name, ways in found.items() if len(ways) == len(WAYS)}


def _panel(
    panel: "Axes", study: Study, pairs: dict[str, dict[str, Row]], set_name: str, metric: str, asked: str
) -> None:
    times = scale(metric)
    vanilla = study.role("vanilla")
    taught = sample_of(vanilla, set_name, metric, asked) if vanilla else None
    if taught is not None:
        line = interval(taught)
        panel.axhspan(times * line.low, times * line.high, color="black", alpha=0.12, linewidth=0)
        panel.axhline(times * line.mean, color="black", linewidth=1, linestyle="--", label="Vanilla")
    for k, (way, words) in enumerate(WAYS):
        for place, ways in enumerate(pairs.values()):
            sample = sample_of(ways[way], set_name, metric, asked)
            if sample is None:
                continue
            bar = interval(sample)
            panel.bar(
                place + (k - 0.5) * 0.4, times * bar.mean, 0.38,
                yerr=[[times * (bar.mean - bar.low)], [times * (bar.high - bar.mean)]],
                color=COLOURS[k], hatch=HATCHES[k], edgecolor="black", linewidth=0.6, capsize=2,
                error_kw={"elinewidth": 0.9}, label=words if place == 0 else None,
            )  # fmt: skip
    panel.set_xticks(range(len(pairs)), list(pairs), rotation=30, ha="right")
    panel.set_ylim(bottom=0)
    panel.grid(axis="x", visible=False)
