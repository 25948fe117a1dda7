"""Named colours of designs, and which go together."""

from .canvas import Colour

COLOURS: dict[str, Colour] = {
    "red": (0.78, 0.13, 0.15),
    "crimson": (0.55, 0.06, 0.16),
    "orange": (0.93, 0.48, 0.12),
    "yellow": (0.97, 0.79, 0.16),
    "green": (0.13, 0.52, 0.26),
    "dark green": (0.05, 0.29, 0.20),
    "turquoise": (0.10, 0.62, 0.60),
    "sky blue": (0.36, 0.66, 0.89),
    "blue": (0.09, 0.30, 0.66),
    "navy": (0.06, 0.11, 0.29),
    "purple": (0.38, 0.16, 0.49),
    "pink": (0.93, 0.55, 0.66),
    "brown": (0.38, 0.22, 0.12),
    "black": (0.07, 0.07, 0.08),
    "grey": (0.55, 0.57, 0.59),
    "white": (0.96, 0.96, 0.93),
    "cream": (0.95, 0.89, 0.74),
}
"""As a screen shows them."""

LIGHT = ("yellow", "white", "cream", "sky blue", "pink", "orange")
DARK = ("red", "crimson", "green", "dark green", "blue", "navy", "purple", "brown", "black", "turquoise")


def luminance(colour: Colour) -> float:
    """0 to 1."""
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
