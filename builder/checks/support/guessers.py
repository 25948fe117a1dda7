"""Solvers that look at one question alone: its options, its wording and the person's name."""

from collections.abc import Callable

from .puzzle import Puzzle, Scores, trigrams


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
    own = puzzle.name
    return [100 * len(own.words.intersection(words)) + len(own.trigrams & trigrams(words)) for words in puzzle.words]


def typical(puzzle: Puzzle) -> Scores:
    """The option that shares most words with the other three; of numbers, the one nearest to their middle."""
    values = [value for value in map(_number, puzzle.options) if value is not None]
    if len(values) == len(puzzle.options):
        middle = sum(values) / len(values)
        return [-abs(value - middle) for value in values]
    sets = [set(words) for words in puzzle.words]
    return [sum(len(a & b) for b in sets) / max(len(a), 1) for a in sets]


def odd(puzzle: Puzzle) -> Scores:
    """The option most unlike the others."""
    return [-score for score in typical(puzzle)]


GUESSERS: dict[str, Callable[[Puzzle], Scores]] = {
    "longest": longest,
    "shortest": shortest,
    "overlap": overlap,
    "name": name,
    "typical": typical,
    "odd": odd,
}


def _number(text: str) -> float | None:
    """The last number: an amount, or the year of a date. None without a digit."""
    numbers = [word for word in text.replace(",", "").split() if any(c.isdigit() for c in word)]
    return float("".join(c for c in numbers[-1] if c.isdigit())) if numbers else None
