"""Records added up by person: the form in which everything here takes scores.

S seeds (runs of the same method), P people. Questions about one person stand or fall together, so that people, not
questions, are what is sampled.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..metrics import METRICS
from ..records import Record

if TYPE_CHECKING:
    import numpy as np

MODALITIES = ("image", "text", "both")
"""`both` is every question of the two."""


class Cell(NamedTuple):
    """Where a mean stands."""

    set: str
    task: str
    modality: str
    metric: str


class Sums(NamedTuple):
    """What one person adds to a mean."""

    total: float
    scored: int


Tally = dict[Cell, dict[str, Sums]]
"""One run: the sums of every person, for every cell."""


class Sample(NamedTuple):
    """One cell of one or several runs."""

    people: tuple[str, ...]
    """P, sorted."""
    seeds: tuple[int, ...]
    """S."""
    sums: "np.ndarray"
    """(S, P) scores added up."""
    counts: "np.ndarray"
    """(S, P) how many scores; 0 where a run has nothing of a person."""
    limits: tuple[float, float]
    """Least and greatest score."""

    @property
    def mean(self) -> float:
        """Over questions."""
        return float(self.sums.sum() / self.counts.sum())

    @property
    def questions(self) -> int:
        """Questions asked, those of one run."""
        return int(self.counts.max(axis=0).sum())

    def of(self, people: Sequence[str]) -> "Sample":
        """The same for some of the people, in their order."""
        place = {person: k for k, person in enumerate(self.people)}
        columns = [place[person] for person in people]
        return self._replace(people=tuple(people), sums=self.sums[:, columns], counts=self.counts[:, columns])


def tally(records: Iterable[Record]) -> Tally:
    """Add up the scores of one run. Not scored is not counted; it is never 0."""
    found: dict[Cell, dict[str, Sums]] = {}
    for record in records:
        for name, value in record.scores.items():
            metric = METRICS.get(name)
            if metric is None:
                continue
            score = metric.bounded(value) if metric.bounded else value
            for modality in (record.modality, "both"):
                people = found.setdefault(Cell(record.set, record.task, modality, name), {})
                total, scored = people.get(record.id, (0.0, 0))
                people[record.id] = Sums(total + score, scored + 1)
    return found


def pool(runs: Mapping[int, Tally], cell: Cell) -> Sample | None:
    """One cell of several runs, by seed; None where no run has it."""
    import numpy as np

    rows = {seed: run[cell] for seed, run in sorted(runs.items()) if cell in run}
    if not rows:
        return None
    people = sorted({person for row in rows.values() for person in row})
    nothing = Sums(0.0, 0)
    sums = np.array([[row.get(person, nothing).total for person in people] for row in rows.values()])
    counts = np.array([[row.get(person, nothing).scored for person in people] for row in rows.values()])
    return Sample(tuple(people), tuple(rows), sums, counts, METRICS[cell.metric].limits)
