"""Makes builder/portraits/data/likeness.npz: from a face's parameters to what a face verifier sees in it.

    cd /tmp && python /path/to/tools/fit_likeness.py [--people 650] [--first-seed 1] [--seeds 2]

Draws the portraits of populations that no release is measured on, embeds them with MobileFaceNet, and fits a linear
map (ridge regression) from `likeness.features` to the embedding, cut down to the directions that matter. Prints how
well the cosines of predicted embeddings follow the true ones on people left out of the fit. Half an hour on one core.
Needs the extra `identity`.
"""

import argparse
from pathlib import Path

import numpy as np
from mllmu.builder.population import Population
from mllmu.builder.portraits.identity import get_verifier
from mllmu.builder.portraits.likeness import FITTED, features
from mllmu.builder.portraits.rendered import draw_person

SIZE, STIFFNESS, DIRECTIONS, FOLDS = 256, 6.0, 48, 5


def ridge(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Middle of the features, and the matrix that takes what is left of them to `y`, with its last row the mean."""
    middle, mean = x.mean(0), y.mean(0)
    x = x - middle
    slope = np.linalg.solve(x.T @ x + STIFFNESS * np.eye(x.shape[1]), x.T @ (y - mean))
    return middle, np.vstack([slope, mean])


def predict(x: np.ndarray, middle: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Unit directions of features."""
    direction = (x - middle) @ matrix[:-1] + matrix[-1]
    return direction / np.linalg.norm(direction, axis=1, keepdims=True)


def cut(x: np.ndarray, middle: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """The matrix, turned so that few columns hold what differs between people; those only."""
    _, _, turn = np.linalg.svd(predict(x, middle, matrix), full_matrices=False)
    return matrix @ turn[:DIRECTIONS].T


def left_out(x: np.ndarray, y: np.ndarray) -> float:
    """Correlation of predicted and true cosines between people who were left out of the fit together."""
    fold, found = np.arange(len(x)) % FOLDS, []
    for k in range(FOLDS):
        middle, matrix = ridge(x[fold != k], y[fold != k])
        guess = predict(x[fold == k], middle, cut(x[fold != k], middle, matrix))
        pairs = np.triu_indices(len(guess), 1)
        found.append(np.corrcoef((guess @ guess.T)[pairs], (y[fold == k] @ y[fold == k].T)[pairs])[0, 1])
    return float(np.mean(found))


def save(x: np.ndarray, y: np.ndarray, path: Path) -> None:
    """Fit to everybody and write the file."""
    middle, matrix = ridge(x, y)
    np.savez_compressed(path, middle=middle.astype(np.float32), matrix=cut(x, middle, matrix).astype(np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=650, help="of each seed")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=2)
    options = parser.parse_args()
    verifier, rows, seen = get_verifier("mobilefacenet"), [], []
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        for person in Population(options.people, seed, frozenset()):
            _, pictures = draw_person((person.id, person.appearance), 0, SIZE)
            embedding = verifier.embed(pictures[0].data)
            if embedding is not None:
                rows.append(features(person.appearance))
                seen.append(embedding)
    x, y = np.stack(rows), np.stack(seen)
    print(f"{len(x)} portraits, {x.shape[1]} features; left out: r = {left_out(x, y):.3f}")
    save(x, y, FITTED)


if __name__ == "__main__":
    main()
