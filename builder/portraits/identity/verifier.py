"""What an identity verifier is. A new one is a file here with a class `Model`, and its name in `VERIFIERS`."""

from typing import Protocol

import numpy as np


class Verifier(Protocol):
    """Turns a picture into a vector that is alike for pictures of one person."""

    name: str

    def embed(self, picture: bytes) -> np.ndarray | None:
        """A vector of length one from an encoded picture; None where no face is found."""
        ...
