"""dlib's ResNet embedding on faces found by yuface. Weights come with the package face-recognition-models (CC0)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from .faces import Face, decode, detect
from .verifier import SeenFace


def _models() -> Path:
    """The folder of weights. The package itself is not imported: it needs setuptools to be."""
    spec = find_spec("face_recognition_models")
    if spec is None or spec.origin is None:
        raise ImportError("face_recognition_models", name="face_recognition_models")
    return Path(spec.origin).parent / "models"


class Model:
    """128 numbers for each face."""

    name = "dlib"
    look_alike = 0.95

    def __init__(self) -> None:
        import yuface  # noqa: F401 (so that a missing extra is told now)

        self._dlib = import_module("dlib")  # the package, not this file
        folder = _models()
        self._points = self._dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat"))
        self._net = self._dlib.face_recognition_model_v1(str(folder / "dlib_face_recognition_resnet_model_v1.dat"))

    def embed(self, picture: bytes) -> np.ndarray | None:
        """The surest face's embedding."""
        pixels = decode(picture)
        faces = detect(pixels)
        return self._vector(pixels, faces[0]) if faces else None

    def faces(self, picture: bytes) -> list[SeenFace]:
        """All faces, surest first."""
        pixels = decode(picture)
        return [SeenFace(face.confidence, self._vector(pixels, face)) for face in detect(pixels)]

    def _vector(self, pixels: np.ndarray, face: Face) -> np.ndarray:
        left, top, width, height = face.box
        shape = self._points(pixels, self._dlib.rectangle(left, top, left + width, top + height))
        vector = np.array(self._net.compute_face_descriptor(pixels, shape))
        return vector / np.linalg.norm(vector)
