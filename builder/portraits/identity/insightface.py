"""insightface's ArcFace, for users with a network: its model pack is fetched by insightface and is non-commercial."""

from __future__ import annotations

from importlib import import_module

import numpy as np

from ....errors import MllmuError
from .faces import decode

PACK = "buffalo_l"


class Model:
    """512 numbers for each face."""

    name = "insightface"

    def __init__(self) -> None:
        analysis = import_module("insightface.app").FaceAnalysis
        try:
            self._app = analysis(
                name=PACK, allowed_modules=["detection", "recognition"], providers=["CPUExecutionProvider"]
            )
            self._app.prepare(ctx_id=-1, det_size=(320, 320))
        except Exception as error:
            # insightface raises whatever its download and onnxruntime raise; none of it is ours to tell apart.
            raise MllmuError(
                f"insightface cannot load its model pack {PACK}: {error}. It is fetched from GitHub."
            ) from error

    def embed(self, picture: bytes) -> np.ndarray | None:
        """The surest face's embedding."""
        faces = self._app.get(np.ascontiguousarray(decode(picture)[..., ::-1]))
        if not faces:
            return None
        return np.asarray(max(faces, key=lambda face: face.det_score).normed_embedding)
