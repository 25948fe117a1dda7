"""A picture of a person, and how it was taken."""

from pydantic import Field

from .base import Strict


class View(Strict):
    """Pose, face and setting of one picture."""

    yaw: float = Field(ge=-90, le=90)
    """Head turn in degrees; 0 faces the camera, positive turns to the viewer's right."""
    pitch: float = Field(ge=-90, le=90)
    """Nod in degrees; positive looks up."""
    roll: float = Field(ge=-90, le=90)
    """Tilt in degrees; positive tilts the head's top to the viewer's right."""
    expression: str
    """`neutral`, `slight smile`, …; this and the two that follow are empty where nobody decided them."""
    light: str
    """`soft front`, `window left`, …"""
    background: str
    """`studio grey`, `garden`, …"""
    similarity: float | None = Field(default=None, ge=-1, le=1)
    """Cosine with the portrait by ArcFace, of a re-posed picture that was painted; None of others."""


class Picture(Strict):
    """An encoded picture. JPEG, RGB, square, 256 px or more."""

    data: bytes
    view: View | None = None
    """None when the source does not know (a user's own files)."""
