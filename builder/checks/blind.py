"""Without knowing the person nobody guesses better than chance: eleven blind solvers are right 25 % of the time."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from ...schemas.questions import MultipleChoice
from ...schemas.splits import BLOCK
from ..reader import Release
from .base import BaseCheck, Figure, Finding, Subject
from .support.chance import half_width, tail
from .support.guessers import GUESSERS
from .support.learners import LEARNERS
from .support.puzzle import Name, Puzzle, best, name_of, puzzle_of, right_place

SOLVERS = (*GUESSERS, *LEARNERS)

FALSE_ALARM = 0.001
"""How often a release whose options are fair fails, all solvers and attributes together."""
ENOUGH = 10_000
"""People on whom the solvers try; more would cost time and hardly narrow the interval, which is then ± 0.6 %."""
CELEBRITY_LIMIT = 0.40
"""A celebrity's facts are what they are, and wrong options for them are scarce."""


class _Scores:
    """What each solver got right, by attribute."""

    def __init__(self) -> None:
        self._learners = [learner() for learner in LEARNERS.values()]
        self._solvers = [*GUESSERS.values(), *(learner.scores for learner in self._learners)]
        self.tried: dict[str, int] = defaultdict(int)
        self.hits: dict[str, dict[str, int]] = {name: defaultdict(int) for name in SOLVERS}
        self._random = Random(0)  # decides between options that a solver finds equally good

        self._unlearnt: dict[int, list[list[tuple[Puzzle, int]]]] = defaultdict(list)

    def take(self, choices: tuple[MultipleChoice, ...], name: Name, block: int | None = None) -> None:
        puzzles = [(puzzle_of(choice, name), right_place(choice)) for choice in choices]
        for puzzle, right in puzzles:
            self.tried[puzzle.attribute] += 1
            for solver, scores in zip(SOLVERS, self._solvers, strict=True):
                if best(scores(puzzle), self._random.random()) == right:
                    self.hits[solver][puzzle.attribute] += 1
        if block is None:
            self._learn(puzzles)
            return
        # Only now: a person's ten questions are guessed in ignorance of each other. And those of a block are, for they
        # share their options: to know what is true of the other four is to know it of the fifth.
        mates = self._unlearnt[block]
        mates.append(puzzles)
        if len(mates) == BLOCK:
            for learnt in self._unlearnt.pop(block):
                self._learn(learnt)

    def _learn(self, puzzles: list[tuple[Puzzle, int]]) -> None:
        for puzzle, right in puzzles:
            for learner in self._learners:
                learner.learn(puzzle, right)

    def pooled(self) -> dict[str, tuple[int, int]]:
        tried = sum(self.tried.values())
        return {solver: (sum(hits.values()), tried) for solver, hits in self.hits.items()}


class Check(BaseCheck):
    """Counts multiple choice questions of the profile rows; the test rows offer the same options once more."""

    def __init__(self, release: Release) -> None:
        super().__init__(release)
        self._people, self._celebrities = _Scores(), _Scores()
        self._seen = 0

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Let the solvers guess, then learn."""
        if self._seen < ENOUGH:
            self._seen += 1
            self.tried += len(subject.questions.choices)
            block = subject.rows.profile["rank"] // BLOCK
            self._people.take(subject.questions.choices, name_of(subject.facts.name), block)
        return iter(())

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The same, apart: nothing that is learnt here counts there."""
        self.tried += len(figure.questions.choices)
        self._celebrities.take(figure.questions.choices, name_of(figure.facts.name))
        return iter(())

    def finish(self) -> Iterator[Finding]:
        """Pooled over all attributes, and each attribute on its own."""
        people = self._people
        tests = len(SOLVERS) * (1 + len(people.tried))
        for solver, (hits, tried) in people.pooled().items():
            yield from self._judge(f"the solver {solver!r}", hits, tried, tests)
            for attribute, count in people.tried.items():
                where = f"the solver {solver!r} on {attribute}"
                yield from self._judge(where, people.hits[solver][attribute], count, tests)
        for solver, (hits, tried) in self._celebrities.pooled().items():
            if hits > CELEBRITY_LIMIT * tried:
                share = f"{hits / tried:.1%}"
                yield Finding("celebrity", f"the solver {solver!r} is right {share} of the time, at most 40 % may be")
        self.figures = self._measured()

    def _judge(self, who: str, hits: int, tried: int, tests: int) -> Iterator[Finding]:
        if tail(hits, tried, 0.25) < FALSE_ALARM / tests:
            spread = half_width(tried, 0.25, FALSE_ALARM / tests)
            yield Finding("release", f"{who} is right {hits / tried:.1%} of the time, expected 25 % ± {spread:.1%}")

    def _measured(self) -> dict[str, float]:
        """Shares of right guesses; the 95 % interval of them all; the attribute on which each solver did best."""
        people, figures = self._people, {}
        for solver, (hits, tried) in people.pooled().items():
            figures[solver] = hits / max(tried, 1)
        figures["half_width_95"] = half_width(sum(people.tried.values()), 0.25, 0.05 / len(SOLVERS))
        for solver, hits in people.hits.items():
            for attribute, tried in people.tried.items():
                figures[f"{solver}/{attribute}"] = hits[attribute] / tried
        for solver, (hits, tried) in self._celebrities.pooled().items():
            figures[f"celebrity/{solver}"] = hits / max(tried, 1)
        return figures
