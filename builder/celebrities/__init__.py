"""The celebrity set: real public figures, whose facts unlearning must leave alone."""

from .faces import Faces
from .names import blocked_names, fold
from .standin import person_for_stand_in, stand_in
from .table import load_celebrities
from .writing import write_celebrities

__all__ = [
    "Faces",
    "blocked_names",
    "fold",
    "load_celebrities",
    "person_for_stand_in",
    "stand_in",
    "write_celebrities",
]
