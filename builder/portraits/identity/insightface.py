"""insightface's ArcFace, for users with a network: insightface fetches its model packs, which are non-commercial."""

from __future__ import annotations

import sys
import warnings
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ....errors import MllmuError
from .faces import decode
from .verifier import SeenFace

PACKS = ("buffalo_l", "antelopev2")
MODULES = ["detection", "recognition", "landmark_3d_68"]
DETECT_SIZE = (320, 320)
"""Portraits fill the frame: faces larger than the detector's training crops are missed at 640."""
PROVIDERS = ["CPUExecutionProvider"]
"""The same numbers on every machine, and the GPU's memory left to the painter."""


class Model:
    """512 numbers for each face, and its pose.

    Args:
        pack: One of `PACKS`.
        recognition: An ArcFace network to use in the place of the pack's own.
    """

    name = "insightface"
    look_alike = 0.5

    def __init__(self, pack: str = PACKS[0], recognition: Path | None = None) -> None:
        app = import_module("insightface.app")
        try:
            with redirect_stdout(sys.stderr):  # insightface prints what it loads; stdout is for results
                self._app = app.FaceAnalysis(name=_folder(pack), allowed_modules=MODULES, providers=PROVIDERS)
                if recognition is not None:
                    zoo = import_module("insightface.model_zoo")
                    self._app.models["recognition"] = zoo.get_model(str(recognition), providers=PROVIDERS)
                self._app.prepare(ctx_id=-1, det_size=DETECT_SIZE)
        except Exception as error:
            # insightface raises whatever its download and onnxruntime raise; none of it is ours to tell apart.
            raise MllmuError(
                f"insightface cannot load its model pack {pack}: {str(error) or type(error).__name__}. It is fetched "
                f"from GitHub; without a network, put the pack's ONNX files into ~/.insightface/models/{pack}."
            ) from error

    def embed(self, picture: bytes) -> np.ndarray | None:
        """The surest face's embedding."""
        faces = self.faces(picture)
        return faces[0].embedding if faces else None

    def faces(self, picture: bytes) -> list[SeenFace]:
        """All faces, surest first."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # insightface calls what its own dependencies call outdated
            found = self._app.get(np.ascontiguousarray(decode(picture)[..., ::-1]))
        return sorted((_seen(face) for face in found), key=lambda face: -face.confidence)


def _folder(pack: str) -> str:
    """Where the pack is, fetched if need be. The archive of antelopev2 has a folder of that name inside."""
    from filelock import FileLock

    storage = import_module("insightface.utils.storage")
    place = Path("~/.insightface").expanduser()
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / f"{pack}.lock"):  # several processes would fetch into one file
        folder = Path(storage.ensure_available("models", pack))
    inside = folder / pack
    return str(inside if inside.is_dir() else folder)


def _seen(face: Any) -> SeenFace:
    """insightface's pose is pitch, yaw, roll, with the signs of `View`: its mean face has x right, y down, z near."""
    pose = None if face.pose is None else (float(face.pose[1]), float(face.pose[0]), float(face.pose[2]))
    return SeenFace(float(face.det_score), np.asarray(face.normed_embedding, dtype=np.float64), pose)
