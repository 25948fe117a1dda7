"""How figures look: told apart by shape and hatching first, by colour second, so that they read in grey."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...metrics import METRICS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..gather import Row

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#6A51A3")
"""Okabe and Ito's, for every kind of colour vision, and two more."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
HATCHES = ("", "////")
REFERENCE = {"vanilla": "*", "retain": "p", "base": "d"}
"""Role -> marker; drawn in black."""

SETTINGS: Any = {
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.7,
    "pdf.fonttype": 42,  # letters, not outlines: text can be searched
    "svg.fonttype": "none",
    "svg.hashsalt": "mllmu",  # the same figure is the same file
    "figure.constrained_layout.use": True,
}


class Look(NamedTuple):
    """Of one method, in every figure."""

    colour: str
    marker: str
    hollow: bool
    """Unlearned from text alone."""


def looks(rows: "list[Row]") -> "dict[str, Look]":
    """A look for each row by name: a colour and shape a method, hollow where it was run on text alone."""
    methods = list(dict.fromkeys(row.method_name for row in rows))
    found = {}
    for row in rows:
        k = methods.index(row.method_name)
        found[row.name] = Look(COLOURS[k % len(COLOURS)], MARKERS[k % len(MARKERS)], row.key.modality == "text")
    return found


def axis(metric: str) -> str:
    """What an axis says of a metric."""
    unit = METRICS[metric].unit
    return METRICS[metric].label + {"%": " (%)", "1-10": " (1-10)", "0-1": ""}[unit]


def scale(metric: str) -> float:
    """What a score is multiplied by for an axis."""
    return 100.0 if METRICS[metric].unit == "%" else 1.0


def save(figure: "Figure", out: Path, name: str, kinds: tuple[str, ...]) -> list[Path]:
    """Write the figure in every kind, with no date in it."""
    from matplotlib import rc_context

    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in kinds:
        path = out / f"{name}.{kind}"
        dated = {"pdf": {"CreationDate": None, "ModDate": None}, "svg": {"Date": None}, "png": {"Software": None}}
        with rc_context(SETTINGS):  # some of them are looked at only now
            figure.savefig(path, dpi=200, metadata=dated[kind])
        paths.append(path)
    return paths
