"""Measures whether pictures of one person look like one person: detectors and embeddings behind one protocol."""

import os
from difflib import get_close_matches
from importlib import import_module

from ....errors import UsageError
from .verifier import FaceReader

VERIFIERS: tuple[str, ...] = ("mobilefacenet", "dlib", "insightface")
"""Every verifier, by file name, best offline one first."""


def get_verifier(name: str = VERIFIERS[0]) -> FaceReader:
    """The verifier `name`. What it needs is imported now and no earlier.

    Raises:
        UsageError: There is no such verifier, or what it needs is not installed.
    """
    if name not in VERIFIERS:
        near = get_close_matches(name, VERIFIERS, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no identity verifier is called {name!r}.{hint} Known: {', '.join(sorted(VERIFIERS))}.")
    # yuface's OpenMP threads spin while they wait: on a busy machine one thread is ten times faster than all.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        return import_module(f".{name}", __package__).Model()
    except ImportError as error:
        extra = "faces" if name == "insightface" else "identity"
        raise UsageError(
            f'the verifier {name!r} needs {error.name or error}. Install it with: pip install "mllmu-bench[{extra}]"'
        ) from error
