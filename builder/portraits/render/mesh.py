"""What the renderer takes: meshes with a material at each point, bundles of strands, and the camera's scale."""

from dataclasses import dataclass

import numpy as np

NO_CUT = 1e3


@dataclass
class Mesh:
    """Triangles and their material. Lengths: v points, t triangles."""

    points: np.ndarray
    """(v, 3) in the scene."""
    triangles: np.ndarray
    """(t, 3)"""
    colour: np.ndarray
    """(v, 3) linear RGB."""
    normals: np.ndarray
    """(v, 3) unit."""
    gloss: np.ndarray | float = 0.1
    """Strength of the shine."""
    rough: np.ndarray | float = 0.8
    """Width of the shine."""
    cuts: np.ndarray | None = None
    """(v, 3): the mesh exists where all three are positive. Cut exactly, pixel by pixel, so edges stay clean."""
    hem: float = 0.0
    """Within this distance of a cut the material is a darker rim: a seam, a ribbed band."""
    is_skin: bool = False
    """Light bleeds under the surface."""
    is_eye: bool = False
    """White of the eye is shaded by the lids around it."""
    two_sided: bool = False
    """Thin: normals turn to the camera."""
    shadow: tuple[np.ndarray, np.ndarray] | None = None
    """Simpler points and triangles, to gather light on and to cast the lamps' shadows with."""
    dome_shadow: tuple[np.ndarray, np.ndarray] | None = None
    """Simpler still, for the many soft shadows of the dome."""
    casts: bool = True


@dataclass
class Strands:
    """Hairs that share a thickness. Shape n hairs, k points each."""

    points: np.ndarray
    """(n, k, 3) in the scene."""
    colour: np.ndarray
    """(n, 3) linear RGB."""
    root_width: float
    tip_width: float
    opacity: float = 0.95
    shine: float = 1.0
    casts: bool = True
    """Whether it darkens what lies behind."""
    depth_bias: float = 0.02
    """How deep under a surface it still shows."""


@dataclass
class Scene:
    """Everything in front of the camera, which stands at (0, 0, distance) from `centre`."""

    meshes: list[Mesh]
    strands: list[Strands]
    centre: np.ndarray
    head_height: float
