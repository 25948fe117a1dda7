"""Solvers that look at one question alone: its options, its wording and the person's name."""

from collections.abc import Callable

from .puzzle import Puzzle, Scores


def longest(puzzle: Puzzle) -> Scores:
    """The option of most characters."""
    return [len(option) for option in puzzle.options]


def shortest(puzzle: Puzzle) -> Scores:
    """The option of fewest characters."""
    return [-len(option) for option in puzzle.options]


def overlap(puzzle: Puzzle) -> Scores:
    """The option that shares most words with the question."""
    return [len(puzzle.question.intersection(words)) for words in puzzle.words]


def name(puzzle: Puzzle) -> Scores:
    """The option that shares most words, then most runs of three letters, with the person's name."""
    own, texts = puzzle.name, [" ".join(words) for words in puzzle.words]
    return [
        100 * len(own.words.intersection(words)) + sum([run in text for run in own.trigrams])
        for words, text in zip(puzzle.words, texts, strict=True)
    ]


def typical(puzzle: Puzzle) -> Scores:
    """The option most like the others."""
    return puzzle.likeness


def odd(puzzle: Puzzle) -> Scores:
    """The option least like the others."""
    return [-score for score in puzzle.likeness]


GUESSERS: dict[str, Callable[[Puzzle], Scores]] = {
    "longest": longest,
    "shortest": shortest,
    "overlap": overlap,
    "name": name,
    "typical": typical,
    "odd": odd,
}
