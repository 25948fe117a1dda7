"""Catmull-Clark refinement of a quad mesh, once as a sparse matrix: finer points = matrix @ points."""

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

Sparse = Any
"""A scipy sparse matrix; scipy's types cannot tell what a product of two is."""


class Refined(NamedTuple):
    """One step. `matrix` (m, n) makes the m fine points from the n coarse ones; `quads` (q, 4) joins them."""

    matrix: Sparse
    quads: np.ndarray


def _ones(rows: np.ndarray, cols: np.ndarray, shape: tuple[int, int], value: float = 1.0) -> Sparse:
    return sparse.csr_matrix((np.full(len(rows), value), (rows, cols)), shape)


def refine(quads: np.ndarray, n: int) -> Refined:
    """One Catmull-Clark step over `n` points; border edges stay where they are."""
    m = len(quads)
    face_of = np.repeat(np.arange(m), 4)
    ends = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1)
    edges, edge_of, faces_on = np.unique(ends, axis=0, return_inverse=True, return_counts=True)
    edge_of, k = edge_of.reshape(-1), len(edges)
    face_point = _ones(face_of, quads.ravel(), (m, n), 0.25)
    middle = _ones(np.repeat(np.arange(k), 2), edges.ravel(), (k, n), 0.5)
    border = (faces_on != 2).astype(float)
    beside = _ones(edge_of, face_of, (k, m))
    edge_point = (
        sparse.diags(1 - border) @ (0.5 * middle + 0.25 * (beside @ face_point)) + sparse.diags(border) @ middle
    )
    corner = _moved_corners(quads, n, edges, border, face_point, middle)
    matrix = sparse.vstack([corner, face_point, edge_point]).tocsr()
    edge_of, centre = edge_of.reshape(m, 4), n + np.arange(m)
    fine = [np.stack([quads[:, i], n + m + edge_of[:, i], centre, n + m + edge_of[:, i - 1]], 1) for i in range(4)]
    return Refined(matrix, np.stack(fine, 1).reshape(-1, 4))


def _moved_corners(
    quads: np.ndarray,
    n: int,
    edges: np.ndarray,
    border: np.ndarray,
    face_point: Sparse,
    middle: Sparse,
) -> Sparse:
    """The rows that move the old points: Catmull and Clark's rule inside, the cubic B-spline's on borders."""
    m, k = len(quads), len(edges)
    at_face = _ones(quads.ravel(), np.repeat(np.arange(m), 4), (n, m))
    at_edge = _ones(edges.ravel(), np.repeat(np.arange(k), 2), (n, k))
    faces = np.maximum(np.asarray(at_face.sum(1)).ravel(), 1)
    degree = np.maximum(np.asarray(at_edge.sum(1)).ravel(), 1)
    inside = (
        sparse.diags(1 / faces**2) @ (at_face @ face_point)
        + sparse.diags(2 / (faces * degree)) @ (at_edge @ middle)
        + sparse.diags((faces - 3) / faces)
    )
    borders = at_edge @ border
    along = sparse.diags(1 / np.maximum(borders, 1)) @ (at_edge @ sparse.diags(border)) @ middle
    on_border = (borders > 0).astype(float)
    return sparse.diags(1 - on_border) @ inside + sparse.diags(on_border) @ (0.5 * sparse.identity(n) + 0.5 * along)


def triangles(quads: np.ndarray) -> np.ndarray:
    """Two triangles for each quad."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
