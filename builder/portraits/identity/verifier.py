"""What an identity verifier is. A new one is a file here with a class `Model`, and its name in `VERIFIERS`."""

from typing import NamedTuple, Protocol

import numpy as np


class SeenFace(NamedTuple):
    """One face in a picture."""

    confidence: float
    """0 to 1."""
    embedding: np.ndarray
    """Length one; alike for pictures of one person."""
    pose: tuple[float, float, float] | None = None
    """Yaw, pitch and roll in degrees, signs as in `View`; None where the verifier does not measure it."""


class Verifier(Protocol):
    """Turns a picture into a vector that is alike for pictures of one person."""

    name: str

    def embed(self, picture: bytes) -> np.ndarray | None:
        """A vector of length one from an encoded picture; None where no face is found."""
        ...


class FaceReader(Verifier, Protocol):
    """Also sees every face, so that it can stand at the side of a painter."""

    look_alike: float
    """Cosine from which the portraits of two people are too alike."""

    def faces(self, picture: bytes) -> list[SeenFace]:
        """All faces of an encoded picture, surest first."""
        ...
