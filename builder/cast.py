"""The population as it sits for its portraits: nobody looks like the twin of another."""

import random
from collections.abc import Iterator

from ..schemas.person import Person
from .celebrity_set import CelebritySet
from .population import Population
from .settings import Settings


class Cast:
    """A population whose face seeds were redrawn where two people would have looked alike."""

    def __init__(self, people: Population, seed: int):
        from .portraits.distinct import distinct_face_seeds

        self._people = people
        self.order = people.order
        """The forget order, as the population's."""
        self._face_seeds = distinct_face_seeds(
            [person.appearance for person in people],
            lambda k, attempt: random.Random(f"{seed}/face/{k}/{attempt}").randrange(2**53),
        )

    def __len__(self) -> int:
        return len(self._people)

    def __getitem__(self, i: int) -> Person:
        person = self._people[i]
        look = person.appearance.model_copy(update={"face_seed": self._face_seeds[i]})
        return person.model_copy(update={"appearance": look})

    def __iter__(self) -> Iterator[Person]:
        return (self[i] for i in range(len(self)))


def people_of(settings: Settings, celebrities: CelebritySet) -> Population | Cast:
    """The fictitious people of a build."""
    people = Population(settings.n, settings.seed, celebrities.blocked_names())
    return Cast(people, settings.seed) if settings.portraits == "rendered" else people
