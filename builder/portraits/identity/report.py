"""Does every picture show the person it should? Scores within and between people, and what they say.

p people   e embedded pictures
"""

from collections.abc import Callable, Mapping

import numpy as np
from pydantic import Field

from ....schemas.base import Strict
from .verifier import Verifier

NEAREST = 10
"""Look-alike pairs that a report names."""
FEWEST = 20
"""People whose mean portrait says what a build's pictures have in common."""


class LookAlike(Strict):
    """Two people whose portraits score high."""

    first: str
    second: str
    score: float


class Centred(Strict):
    """The same scores after the mean portrait is taken out of every embedding.

    What all pictures of a build share (that they are rendered, say) tells nobody apart, but it lifts every cosine.
    """

    eer: float
    threshold: float
    rank1: float
    look_alikes_above: int
    zero_fmr_threshold: float
    zero_fmr_refused: float


class IdentityReport(Strict):
    """What a verifier says of a build. Scores are cosines, -1 to 1."""

    verifier: str
    people: int
    pictures: int
    detected: float = Field(ge=0, le=1)
    """Share of the pictures in which a face was found."""
    undetected: tuple[str, ...]
    """`id:number` of pictures with no face, 20 at most; number 0 is the portrait."""
    genuine_mean: float | None
    """Of portrait against re-posed views of the same person. None where there is no such pair."""
    genuine_low: float | None
    """Their 1st percentile."""
    impostor_mean: float | None
    """Of the portrait of one person against the re-posed views of another."""
    impostor_high: float | None
    """Their 99th percentile."""
    eer: float | None
    """Equal error rate: at the threshold where as many genuine pairs are refused as impostors accepted."""
    threshold: float | None
    """That score: the verifier calibrated on this build."""
    rank1: float | None
    """Share of re-posed views whose most similar portrait, of all, is their own."""
    same_person: float | None
    """Share of re-posed views at or above the threshold with their own portrait."""
    look_alikes_above: int
    """Pairs of different people whose portraits score at or above the threshold."""
    zero_fmr_threshold: float | None
    """The lowest score at which no two people's portraits pass for one person (ZeroFMR in verification contests)."""
    zero_fmr_refused: float | None
    """Share of re-posed views that score below it with their own portrait: what nobody being mistaken costs."""
    look_alikes: tuple[LookAlike, ...]
    """The pairs of portraits that score highest."""
    centred: Centred | None
    """None below 20 people, or without re-posed views."""


def identity_report(
    pictures: Mapping[str, list[bytes]], verifier: Verifier, done: Callable[[], object] = lambda: None
) -> IdentityReport:
    """Measures a build: for each person the portrait, then re-posed views, empty where there is none.

    `done` is called after each picture.
    """

    def embed(data: bytes) -> np.ndarray | None:
        vector = verifier.embed(data) if data else None
        done()
        return vector

    names = list(pictures)
    found = {name: [embed(data) for data in pictures[name]] for name in names}
    missing = [f"{name}:{k}" for name in names for k, vector in enumerate(found[name]) if vector is None]
    total = sum(len(row) for row in pictures.values())
    portraits = [(i, row[0]) for i, name in enumerate(names) if (row := found[name]) and row[0] is not None]
    views = [(i, vector) for i, name in enumerate(names) for vector in found[name][1:] if vector is not None]
    return IdentityReport(
        verifier=verifier.name,
        people=len(names),
        pictures=total,
        detected=1 - len(missing) / total if total else 0.0,
        undetected=tuple(missing[:20]),
        **_scores(names, portraits, views),
        centred=_centred(names, portraits, views),
    )


def _centred(
    names: list[str], portraits: list[tuple[int, np.ndarray]], views: list[tuple[int, np.ndarray]]
) -> Centred | None:
    if len(portraits) < FEWEST or not views:
        return None
    middle = np.mean([vector for _, vector in portraits], 0)

    def moved(rows: list[tuple[int, np.ndarray]]) -> list[tuple[int, np.ndarray]]:
        return [(i, (v - middle) / max(float(np.linalg.norm(v - middle)), 1e-9)) for i, v in rows]

    scores = _scores(names, moved(portraits), moved(views))
    return Centred(**{name: scores[name] for name in Centred.model_fields})


def _scores(names: list[str], portraits: list[tuple[int, np.ndarray]], views: list[tuple[int, np.ndarray]]) -> dict:
    """Everything in a report that comes from scores."""
    empty = dict.fromkeys(
        ("genuine_mean", "genuine_low", "impostor_mean", "impostor_high", "eer", "threshold", "rank1", "same_person",
         "zero_fmr_threshold", "zero_fmr_refused")
    )  # fmt: skip
    if not portraits:
        return {**empty, "look_alikes_above": 0, "look_alikes": ()}
    owner, gallery = np.array([i for i, _ in portraits]), np.stack([v for _, v in portraits])
    between = gallery @ gallery.T  # (p, p)
    upper = np.triu_indices(len(owner), 1)
    order = np.argsort(-between[upper], kind="stable")[:NEAREST]
    pairs = [(upper[0][k], upper[1][k]) for k in order]
    nearest = tuple(
        LookAlike(first=names[owner[a]], second=names[owner[b]], score=float(between[a, b])) for a, b in pairs
    )
    if not views or len(owner) < 2:
        return {**empty, "look_alikes_above": 0, "look_alikes": nearest}
    who = np.array([i for i, _ in views])
    score = np.stack([v for _, v in views]) @ gallery.T  # (e, p)
    own = who[:, None] == owner[None]
    if not own.any():
        return {**empty, "look_alikes_above": 0, "look_alikes": nearest}
    genuine, impostor = score[own], score[~own]
    eer, threshold = equal_error(genuine, impostor)
    strict = float(np.nextafter(between[upper].max(), np.inf))
    return {
        "genuine_mean": float(genuine.mean()),
        "genuine_low": float(np.percentile(genuine, 1)),
        "impostor_mean": float(impostor.mean()),
        "impostor_high": float(np.percentile(impostor, 99)),
        "eer": eer,
        "threshold": threshold,
        "rank1": float((owner[score.argmax(1)] == who).mean()),
        "same_person": float((genuine >= threshold).mean()),
        "look_alikes_above": int((between[upper] >= threshold).sum()),
        "zero_fmr_threshold": strict,
        "zero_fmr_refused": float((genuine < strict).mean()),
        "look_alikes": nearest,
    }


def equal_error(genuine: np.ndarray, impostor: np.ndarray) -> tuple[float, float]:
    """Error rate and threshold at which false refusals and false acceptances balance best."""
    genuine, impostor = np.sort(genuine), np.sort(impostor)
    refused = np.arange(len(genuine)) / len(genuine)
    accepted = 1 - np.searchsorted(impostor, genuine, side="left") / len(impostor)
    k = int(np.argmin(np.abs(refused - accepted)))
    return float((refused[k] + accepted[k]) / 2), float(genuine[k])
