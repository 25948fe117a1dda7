"""How each hair style of the vocabulary is grown. Lengths are scene units (about a decimetre)."""

from typing import NamedTuple


class Style(NamedTuple):
    """Parameters of the growth of guides and of the strands between them."""

    top: float
    """Length on top of the head."""
    sides: float
    """Length at sides and neck."""
    flow: str
    """Where the comb goes: `crown`, `back`, `part`, `side`, `fringe`, `gather`, `out`."""
    lift: float
    """Share of the surface normal in the first step."""
    stiff: float
    """How much a hair keeps its direction."""
    gravity: float
    comb: float
    """Pull of the flow."""
    layer: float
    """Thickness of the body of hair over the scalp."""
    strands: int
    width: float = 0.0058
    clump: float = 0.45
    """How far strands are drawn to their guide at the tip."""
    curl: float = 0.0
    """Radius of the curl of a whole lock."""
    turn: float = 0.5
    """Length of one turn of it."""
    frizz: float = 0.014
    """Wander of a single strand."""
    kink: float = 0.0
    """Radius of a strand's own tight curl."""
    framing: bool = False
    """Long enough to fall beside the face, which it must not cover."""


STYLES: dict[str, Style] = {
    "bald": Style(0.04, 0.035, "crown", 0.5, 1.0, 0, 0, 0, 5000, 0.004, 0),
    "thinning": Style(0.22, 0.10, "back", 0.4, 0.8, 0.03, 0.4, 0.05, 8500, 0.0055, 0.3),
    "buzz-cut": Style(0.045, 0.03, "crown", 0.75, 1.0, 0, 0.1, 0.0, 17000, 0.0042, 0),
    "short": Style(0.24, 0.085, "crown", 0.45, 0.8, 0.03, 0.35, 0.06, 12500, 0.006, 0.35),
    "short side-parted": Style(0.44, 0.10, "side", 0.42, 0.70, 0.08, 0.45, 0.10, 12500, 0.006, 0.45),
    "short swept-back": Style(0.50, 0.12, "back", 0.55, 0.75, 0.04, 0.45, 0.12, 12500, 0.006, 0.45),
    "short fringed": Style(0.48, 0.15, "crown", 0.35, 0.75, 0.10, 0.4, 0.08, 12500, 0.006, 0.55),
    "short wavy": Style(0.50, 0.14, "side", 0.52, 0.72, 0.08, 0.35, 0.15, 12500, 0.006, 0.6, 0.032, 0.34, 0.018),
    "short curly": Style(0.46, 0.20, "crown", 0.7, 0.8, 0.06, 0.2, 0.2, 13500, 0.006, 0.5, 0.045, 0.16, 0.03, 0.026),
    "short coily": Style(0.16, 0.09, "out", 1.0, 1.0, 0, 0, 0.3, 18000, 0.0055, 0.05, 0, 0.2, 0.035, 0.036),
    "rounded coily": Style(0.5, 0.42, "out", 1.0, 1.0, 0, 0, 0.5, 18000, 0.0055, 0.1, 0, 0.2, 0.045, 0.050),
    "medium-length": Style(
        0.95, 0.72, "part", 0.36, 0.7, 0.16, 0.35, 0.13, 13000, 0.006, 0.5, 0.02, 0.5, 0.02, 0, True
    ),
    "pixie-cut": Style(0.46, 0.26, "side", 0.4, 0.72, 0.09, 0.4, 0.09, 12500, 0.006, 0.5),
    "bobbed": Style(1.22, 1.08, "part", 0.34, 0.62, 0.24, 0.35, 0.13, 14000, 0.006, 0.45, 0.008, 0.5, 0.012, 0, True),
    "shoulder-length straight": Style(
        1.6, 1.5, "part", 0.32, 0.62, 0.22, 0.34, 0.12, 14000, 0.0058, 0.5, 0.008, 0.6, 0.014, 0, True
    ),
    "shoulder-length wavy": Style(
        1.55, 1.45, "part", 0.38, 0.62, 0.20, 0.34, 0.16, 14000, 0.0058, 0.7, 0.04, 0.55, 0.018, 0, True
    ),
    "shoulder-length curly": Style(
        1.35, 1.3, "part", 0.5, 0.66, 0.15, 0.28, 0.26, 14000, 0.006, 0.8, 0.05, 0.22, 0.026, 0.01, True
    ),
    "long straight": Style(
        2.3, 2.2, "part", 0.30, 0.6, 0.22, 0.35, 0.10, 14000, 0.0058, 0.5, 0.006, 0.6, 0.012, 0, True
    ),
    "long side-parted": Style(
        2.4, 2.3, "part", 0.36, 0.6, 0.22, 0.35, 0.14, 14000, 0.0058, 0.55, 0.016, 0.7, 0.014, 0, True
    ),
    "long wavy": Style(2.2, 2.0, "part", 0.36, 0.62, 0.20, 0.33, 0.16, 14000, 0.0058, 0.72, 0.05, 0.62, 0.018, 0, True),
    "long curly": Style(
        1.9, 1.8, "part", 0.5, 0.65, 0.16, 0.28, 0.26, 14500, 0.006, 0.8, 0.055, 0.26, 0.026, 0.008, True
    ),
    "long fringed": Style(
        1.95, 1.85, "fringe", 0.30, 0.62, 0.22, 0.35, 0.10, 14000, 0.006, 0.5, 0.008, 0.6, 0.013, 0, True
    ),
    "tied-back": Style(1.5, 1.5, "gather", 0.2, 0.5, 0, 0.55, 0.075, 12500, 0.0055, 0.3, 0, 0.5, 0.012),
    "pinned-up": Style(1.5, 1.5, "gather", 0.2, 0.5, 0, 0.55, 0.08, 12500, 0.0055, 0.3, 0, 0.5, 0.014),
    "long braided": Style(1.9, 1.8, "part", 0.4, 0.75, 0.16, 0.3, 0.14, 0, 0.026, 1.0, 0.01, 0.5, 0, 0, True),
}
