"""The vendored mesh and its shape targets, loaded once for each process."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse

from .subdivide import Sparse, refine, triangles


@dataclass(frozen=True)
class Part:
    """One piece of the mesh, refined. Rest positions are those of the mesh with no target applied."""

    span: slice
    """Its coarse points among all coarse points."""
    quads: np.ndarray
    """Coarse quads, over the part's own points."""
    matrix: Sparse
    """Fine points = matrix @ coarse points."""
    triangles: np.ndarray
    """Over the fine points."""
    rest: np.ndarray
    """Fine points at rest."""
    head: np.ndarray
    """(m, 1): how much each fine point turns with the head."""


@dataclass(frozen=True)
class Basis:
    """The whole morphable bust."""

    points: np.ndarray
    """Coarse rest points (n, 3): y up, z towards the camera, about a decimetre to the unit."""
    targets: Sparse
    """(targets, 3n): one row of offsets for each target."""
    index: dict[str, int]
    """Row of each target."""
    skin: Part
    """The body, refined twice."""
    skin_mid: Part
    """The body, refined once: what light is computed on."""
    skin_head: np.ndarray
    """(n, 1): how much each coarse skin point turns with the head."""
    lift: Sparse
    """Fine skin = lift @ middle skin."""
    spread: Sparse
    """One step of diffusion over the middle skin."""
    cloth: Part
    """A loose layer over neck and shoulders, refined twice."""
    masks: dict[str, np.ndarray]
    """`lips`, `eyelids`, `ears`: 0..1 at each fine skin point."""
    eyes: tuple[slice, slice]
    """Coarse points of the left and right eye helper."""
    lashes: tuple[np.ndarray, np.ndarray]
    """Quads of the lash strips, over all coarse points."""
    head_points: np.ndarray
    """Coarse points that turn wholly with the head."""
    neck_points: np.ndarray
    """Coarse points around the joint on which it turns."""


def _part(data: dict[str, np.ndarray], name: str, levels: int) -> tuple[Part, list[Sparse]]:
    start, stop = (int(x) for x in data[f"{name}_start"])
    coarse = data[f"{name}_quads"].astype(np.int64)
    matrix: Sparse = sparse.identity(stop - start, format="csr")
    quads, steps = coarse, []
    for _ in range(levels):
        step = refine(quads, matrix.shape[0])
        quads, matrix = step.quads, (step.matrix @ matrix).tocsr()
        steps.append(step.matrix)
    rest = matrix @ data["points"][start:stop]
    head = (matrix @ data["head_weight"][start:stop])[:, None]
    return Part(slice(start, stop), coarse, matrix, triangles(quads).astype(np.int32), rest, head), steps


def _diffusion(part: Part) -> Sparse:
    """Half of each point stays, half comes from its neighbours."""
    n, t = len(part.rest), part.triangles
    pairs = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    near: Sparse = sparse.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), (n, n)).tocsr()
    near = near + near.T
    near.data[:] = 1
    degree = np.maximum(np.asarray(near.sum(1)).ravel(), 1)
    mean: Sparse = sparse.diags(1 / degree) @ near
    return (0.5 * sparse.identity(n) + 0.5 * mean).tocsr().astype(np.float32)


def _targets(data: dict[str, np.ndarray]) -> Sparse:
    starts, n = data["target_starts"].astype(np.int64), len(data["points"])
    scale = np.repeat(data["target_scales"], np.diff(starts))[:, None]
    columns = data["target_vertices"].astype(np.int64)[:, None] * 3 + np.arange(3)
    values = (data["target_offsets"] * scale).astype(np.float64)
    return sparse.csr_matrix((values.ravel(), columns.ravel(), 3 * starts), (len(starts) - 1, 3 * n))


@lru_cache(maxsize=1)
def load() -> Basis:
    """The basis, from the package's data file."""
    with (Path(__file__).parent.parent / "data/head.npz").open("rb") as file, np.load(file) as archive:
        data = {name: archive[name] for name in archive.files}
    data["points"] = data["points"].astype(np.float64)
    weight = data["head_weight"]
    skin, (_, lift) = _part(data, "body", 2)
    mid, _ = _part(data, "body", 1)
    starts = {name: int(data[f"{name}_start"][0]) for name in ("lash_left", "lash_right")}
    body = np.arange(skin.span.start, skin.span.stop)
    return Basis(
        points=data["points"],
        targets=_targets(data),
        index={str(name): k for k, name in enumerate(data["target_names"])},
        skin=skin,
        skin_mid=mid,
        skin_head=weight[body][:, None].astype(np.float64),
        lift=lift,
        spread=_diffusion(mid),
        cloth=_part(data, "cloth", 2)[0],
        masks={name: data[f"mask_{name}"].astype(np.float64) / 255 for name in ("lips", "eyelids", "ears")},
        eyes=tuple(slice(*(int(x) for x in data[f"eye_{side}_start"])) for side in ("left", "right")),  # type: ignore[arg-type]
        lashes=tuple(data[f"{name}_quads"].astype(np.int64) + start for name, start in starts.items()),  # type: ignore[arg-type]
        head_points=body[weight[body] > 0.99],
        neck_points=body[(weight[body] > 0.45) & (weight[body] < 0.8)],
    )
