"""Wrong options: each is the right answer of a comparable person, and no guess can profit from how they were chosen.

For each attribute the people are cut into closed groups of comparable ones. Within a group, everybody lends their
value exactly three times, to three others drawn at random. So every value that ever appears is right in one of four
of its appearances: neither being frequent, nor long, nor late, nor in the middle tells an option from the others.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from ...schemas.celebrity import CELEBRITY_ATTRIBUTES, CelebrityAttribute
from .countries import area_rank
from .record import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.bool_]

Decoys = dict[CelebrityAttribute, tuple[str, str, str]]

GROUP = 8
"""Fewest people of a group: with four, all would get the same four options."""

_NEVER = 1e6


def match_decoys(records: Sequence[Record]) -> dict[str, Decoys]:
    """For each person (by id) and attribute, three wrong values; attributes without fair ones are left out."""
    found: dict[str, Decoys] = {record.id: {} for record in records}
    for attribute in CELEBRITY_ATTRIBUTES:
        rng = Random(f"celebrity decoys of {attribute}")
        for group in _groups(attribute, [r for r in records if r.value(attribute)]):
            for record, three in _lend(attribute, group, rng):
                found[record.id][attribute] = three
    return found


def _groups(attribute: CelebrityAttribute, records: list[Record]) -> list[list[Record]]:
    """Closed groups of comparable people; a kind too small for fair options joins the next."""
    groups: list[list[Record]] = []
    waiting: list[Record] = []
    for bucket in _buckets(attribute, records):
        waiting += bucket
        fair = _fair_part(attribute, waiting)
        if len(fair) >= GROUP:
            groups += _by_era(fair) if attribute in _ERA_TELLS else [fair]
            waiting = []
    if waiting and groups:
        groups[-1] = _fair_part(attribute, groups[-1] + waiting)
    return groups


_REALMS = {
    "music": "performing",
    "stage": "performing",
    "writing": "making",
    "art": "making",
    "science": "knowing",
    "thought": "knowing",
    "invention": "knowing",
    "exploration": "knowing",
}
"""Fields that lend each other occupations: within one field, a novelist is also an essayist, and actors are many."""

_ERA_TELLS: tuple[CelebrityAttribute, ...] = ("date_of_birth", "known_for", "another_fact")
"""Values that tell when somebody lived, so that options must be of one era."""


def _buckets(attribute: CelebrityAttribute, records: list[Record]) -> list[list[Record]]:
    """The people by kind, kinds in an order where neighbours are alike, and older people first within each."""
    kind = _kind(attribute, records)
    buckets: dict[tuple[int, str], list[Record]] = {}
    for record in sorted(records, key=lambda r: (kind(r), r.facts.date_of_birth, r.id)):
        buckets.setdefault(kind(record), []).append(record)
    return list(buckets.values())


def _kind(attribute: CelebrityAttribute, records: Sequence[Record]) -> Callable[[Record], tuple[int, str]]:
    """What comparable people share: the field of fame, or the country, or the part of the world if few share it."""
    match attribute:
        case "date_of_birth":
            return lambda r: (0, "")
        case "occupation":
            return lambda r: (0, _REALMS.get(r.field, r.field))
        case "known_for" | "another_fact":
            return lambda r: (0, r.field)
        case "citizenship":
            return lambda r: area_rank(r.facts.citizenship)
        case "birthplace" | "education":
            places = {
                r.id: r.facts.birthplace.country if attribute == "birthplace" else r.facts.citizenship for r in records
            }
            often = Counter(places.values())

            def kind(record: Record) -> tuple[int, str]:
                place = places[record.id]
                rank, name = area_rank(place)
                return (rank, place if often[place] >= GROUP else name)

            return kind


def _by_era(group: list[Record]) -> list[list[Record]]:
    """The group in even parts, from the oldest people to the youngest."""
    ordered = sorted(group, key=lambda r: (r.facts.date_of_birth, r.id))
    parts = len(ordered) // GROUP
    edges = [len(ordered) * k // parts for k in range(parts + 1)]
    return [ordered[start:end] for start, end in pairwise(edges)]


def _fair_part(attribute: CelebrityAttribute, group: list[Record]) -> list[Record]:
    """Everybody, less some holders of values so frequent that they could not be wrong three times as often as right.

    Those left out are not asked about this attribute: first the ones who can still be asked about their education.
    """
    part = list(group)
    while part:
        value, often = Counter(r.value(attribute) for r in part).most_common(1)[0]
        if often * 4 <= len(part):
            break
        holders = [r for r in part if r.value(attribute) == value]
        part.remove(next((r for r in reversed(holders) if r.facts.education), holders[-1]))
    return part


Loan = tuple[Record, tuple[str, str, str]]


def _lend(attribute: CelebrityAttribute, group: list[Record], rng: Random) -> list[Loan]:
    """Everybody's three wrong values; somebody whom too few can lend to is left out and not asked."""
    import numpy as np

    while len(group) >= 4:
        clash = np.array([[_clash(attribute, a, b) for b in group] for a in group])
        for _ in range(_TRIES):
            if loans := _three_rounds(attribute, group, clash, rng):
                return loans
        # The last one to lose: who cannot be asked about an education, and then whom most can lend to.
        hardest = max(range(len(group)), key=lambda k: (bool(group[k].facts.education), int(clash[k].sum())))
        group = group[:hardest] + group[hardest + 1 :]
    return []


_TRIES = 30
"""A random first round can make the third impossible where options are scarce."""


def _three_rounds(attribute: CelebrityAttribute, group: list[Record], clash: "Table", rng: Random) -> list[Loan]:
    """Three perfect matchings with random preferences, in which nobody gets a value twice; empty if they fail."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    values = [record.value(attribute) for record in group]
    cost = np.array([[rng.random() for _ in group] for _ in group]) + _NEVER * clash
    borrowed: list[list[str]] = [[] for _ in group]
    for _ in range(3):
        rows, columns = linear_sum_assignment(cost)
        if cost[rows, columns].sum() >= _NEVER:
            return []
        for i, j in zip(rows, columns, strict=True):
            borrowed[i].append(values[j])
            cost[i, [value == values[j] for value in values]] = _NEVER
    return [(record, (a, b, c)) for record, (a, b, c) in zip(group, borrowed, strict=True)]


def _clash(attribute: CelebrityAttribute, a: Record, b: Record) -> bool:
    """Whether either's value would be no wrong answer for the other."""
    mine, theirs = a.value(attribute), b.value(attribute)
    if mine == theirs or theirs in a.also_true or mine in b.also_true:
        return True
    if attribute == "citizenship":
        return theirs == a.facts.birthplace.country or mine == b.facts.birthplace.country
    return False
