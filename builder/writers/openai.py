"""Words by a model at any OpenAI-compatible endpoint. The plan, the options and their letters stay ours."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import MllmuError
from ...schemas.person import Person
from ...schemas.questions import Written
from ..checks.base import CheckResult
from ..ledger import Ledger, Work
from ..llm.options import Options
from ..progress import Step
from .prompts import prompts_version
from .template import Writer as Template
from .template import write_person

if TYPE_CHECKING:
    from ..llm.estimate import StageCost

WORDS = "words"
"""The ledger's stage of what was written of a person."""


class Writer:
    """Has people written by a model: `prepare` asks, `write` reads what is on record."""

    name = "openai"

    def __init__(self, seed: int, name_pairs: bool = True, *, options: Options) -> None:
        self._seed, self._name_pairs, self._options = seed, name_pairs, options
        self.version = f"1 prompts {prompts_version()} plan {Template.version}"
        self._ledger: Ledger | None = None
        self._portrait: Callable[[Person], bytes | None] = lambda person: None

    def check(self, people: int, ledger: Ledger) -> None:
        """Whether there is a key, and a price to keep a limit by; not asked for where all words are on record.

        Raises:
            UsageError: There is none, or an address is none.
        """
        from ..llm.session import means

        (written,) = ledger.execute("SELECT count(*) FROM work WHERE stage = ?", (WORDS,)).fetchone()
        if written < people or ledger.fresh:
            means(self._options)

    def prepare(
        self, people: Iterable[Person], ledger: Ledger, portrait: Callable[[Person], bytes | None], step: Step
    ) -> None:
        """Have everybody written who is not on record yet; `step` is called after each.

        Raises:
            FindingsError: Some slots are out of tries, or wait for a batch.
            BudgetError: The spending limit was reached.
            MllmuError: The endpoint cannot be used.
        """
        self._ledger, self._portrait = ledger, portrait
        everybody = list(people)
        keys = {person.id: self._key(person) for person in everybody}
        recorded = ledger.has(WORDS, keys)
        for _ in recorded:
            step()
        self._fill([person for person in everybody if person.id not in recorded], step)

    def write(self, people: Iterable[Person]) -> Iterator[tuple[str, Written]]:
        """The id and the words of each person, in the order given, one at a time."""
        for person in people:
            yield person.id, Written.model_validate_json(self._sure(person).data)

    def estimate(self, people: Sequence[Person], folder: Path) -> "list[StageCost]":
        """Calls, tokens and money that `prepare` would need."""
        from ..llm.estimate import estimate

        return estimate(self._options, people, self._plan, self._name_pairs, folder)

    def review(self) -> tuple[CheckResult, dict[str, bytes]] | None:
        """The judge's row among the checks, and its file for the release; None without a judge."""
        if self._options.judge is None or self._ledger is None:
            return None
        from ..llm.verdicts import FILE, review

        result, data = review(self._ledger, self._options.judge)
        return result, {FILE: data}

    def person(self, person: Person) -> Person:
        """The person that the words are about: with another life, where the model invented it."""
        lived = self._sure(person).meta.get("person")
        return Person.model_validate_json(json.dumps(lived)) if lived else person

    def _fill(self, people: list[Person], step: Step) -> None:
        from ..llm.session import Session

        if not people or self._ledger is None:
            return
        ledger = self._ledger

        def keep(person: Person, lived: Person, written: Written) -> None:
            key = self._key(person)
            meta = {} if lived is person else {"person": lived.model_dump(mode="json")}
            ledger.record(WORDS, [Work(person.id, key, meta, written.model_dump_json().encode())])

        Session(self._options, ledger, self._plan, self._portrait, self._name_pairs).run(people, keep, step)

    def _work(self, person: Person) -> Work | None:
        work = self._ledger.get(WORDS, person.id) if self._ledger else None
        return work if work and work.key == self._key(person) else None

    def _sure(self, person: Person) -> Work:
        work = self._work(person)
        if work is None:  # damaged: the replies that it was made from are still there
            self._fill([person], lambda: None)
            work = self._work(person)
        if work is None:
            raise MllmuError(f"slot {person.id} has no words on record. Run the same command again.")
        return work

    def _plan(self, person: Person) -> Written:
        return write_person(person, self._seed, self._name_pairs)

    def _key(self, person: Person) -> str:
        """Hash of all that decides what is written."""
        portrait = self._portrait(person) if self._options.look_at_portrait else None
        seen = hashlib.sha256(portrait).hexdigest() if portrait else ""
        asked = self._options.content_options()
        decided = [self.version, self._seed, self._name_pairs, asked, person.model_dump_json(), seen]
        return hashlib.sha256(json.dumps(decided).encode()).hexdigest()
