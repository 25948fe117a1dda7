"""The celebrity set: real public figures, whose facts unlearning must leave alone."""

from .names import blocked_names, fold
from .table import load_celebrities

__all__ = ["blocked_names", "fold", "load_celebrities"]
