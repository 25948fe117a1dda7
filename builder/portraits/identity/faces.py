"""Finds faces with yuface (libfacedetection: the model is compiled into the wheel) and puts them upright."""

from io import BytesIO
from typing import NamedTuple

import numpy as np
from PIL import Image

CONFIDENCE = 0.5
TEMPLATE = np.array(
    [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)]
)
"""Eyes, nose and mouth corners in a 112 x 112 crop, as ArcFace (arXiv 1801.07698) and its kin are trained."""
CROP = 112


class Face(NamedTuple):
    """One detected face, in pixels."""

    confidence: float
    box: tuple[int, int, int, int]
    """Left, top, width, height."""
    landmarks: np.ndarray
    """(5, 2): left eye in the picture, right eye, nose, mouth corners."""


def decode(picture: bytes) -> np.ndarray:
    """RGB bytes (h, w, 3) of an encoded picture."""
    with Image.open(BytesIO(picture)) as image:
        return np.asarray(image.convert("RGB"))


def detect(pixels: np.ndarray) -> list[Face]:
    """Faces in an RGB picture, surest first."""
    import yuface

    found = yuface.detect(np.ascontiguousarray(pixels[..., ::-1]), conf=CONFIDENCE)
    faces = [
        Face(float(c) / 100, tuple(int(v) for v in box), np.array(points, float).reshape(5, 2))  # type: ignore[arg-type]
        for c, box, points in zip(*found, strict=True)
    ]
    return sorted(faces, key=lambda face: -face.confidence)


def align(pixels: np.ndarray, face: Face) -> np.ndarray:
    """The face turned and scaled onto the template: (112, 112, 3) bytes."""
    source, target = face.landmarks, TEMPLATE
    a, b = source - source.mean(0), target - target.mean(0)
    # Similarity by least squares (Umeyama 1991) in the plane: one complex number.
    z, w = a[:, 0] + 1j * a[:, 1], b[:, 0] + 1j * b[:, 1]
    back = (np.conj(w) * z).sum() / (np.abs(w) ** 2).sum()
    shift = source.mean(0) - np.array([(back * complex(*target.mean(0))).real, (back * complex(*target.mean(0))).imag])
    matrix = (back.real, -back.imag, shift[0], back.imag, back.real, shift[1])
    image = Image.fromarray(pixels).transform((CROP, CROP), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    return np.asarray(image)
