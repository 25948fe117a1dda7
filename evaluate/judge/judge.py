"""Has answers graded, several at a time, each once; what fails is counted and named, never dropped without a word."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from .endpoint import Endpoint, RefusedError
from .ledger import Ledger, key_of
from .rubric import UnreadableError, grade, messages

T = TypeVar("T")
ATTEMPTS = 3
"""How often a judge is asked for a grade that can be read."""
AGAIN = "That cannot be read. Reply with the JSON object alone, nothing before or after it."


class Graded(NamedTuple):
    """What became of one answer."""

    score: Any
    """What was read; None: nothing could be, and `failure` says why."""
    failure: str = ""
    paid: int = 0
    """Calls made; 0 if all was on record."""


class Settings(NamedTuple):
    """Which judge, and how it is asked."""

    model: str
    base_url: str | None = None
    concurrency: int = 8
    """Calls at once."""


class Judge:
    """Grades answers; a context manager."""

    def __init__(self, settings: Settings, ledger: Path):
        self.settings = settings
        self._endpoint = Endpoint(settings.base_url)
        self._ledger = Ledger(ledger)

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *_: object) -> None:
        self._endpoint.close()
        self._ledger.__exit__(None, None, None)

    def grade_all(self, cases: Iterable[tuple[T, tuple[str, str, str]]]) -> Iterator[tuple[T, Graded]]:
        """The grade of each (name, (question, expected, answer)), as they come in; what is the same is asked once."""
        names: dict[tuple[str, str, str], list[T]] = {}
        for name, case in cases:
            names.setdefault(case, []).append(name)
        for case, graded in self.each(((case, case) for case in names), self.grade_one):
            for k, name in enumerate(names[case]):
                yield name, graded if k == 0 else graded._replace(paid=0)

    def each(self, items: Iterable[tuple[T, Any]], work: Callable[[Any], Any]) -> Iterator[tuple[T, Any]]:
        """`work` done to each item, `concurrency` at once; an error ends it, when calls under way are on record."""
        source = iter(items)
        with ThreadPoolExecutor(self.settings.concurrency) as pool:
            under_way: dict[Future[Any], T] = {
                pool.submit(work, value): name for name, value in islice(source, self.settings.concurrency)
            }
            while under_way:
                finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in finished:
                    name = under_way.pop(future)
                    yield name, future.result()
                    for following, value in islice(source, 1):
                        under_way[pool.submit(work, value)] = following

    def grade_one(self, case: tuple[str, str, str]) -> Graded:
        """One answer's grade: from the record, or from the judge, asked again a few times if it cannot be read."""
        return self.ask(messages(*case), grade)

    def ask(self, turns: list[dict[str, str]], read: Callable[[str], Any]) -> Graded:
        """What `read` makes of the reply to these turns; a judge whose reply cannot be read is told so."""
        paid, failure = 0, ""
        for _ in range(ATTEMPTS):
            body = {
                "model": self.settings.model,
                "messages": turns,
                "temperature": 0,
                "response_format": {"type": "json_object"},
            }
            key = key_of(self._endpoint.address, body)
            reply = self._ledger.get(key)
            if reply is None:
                paid += 1
                try:
                    said = self._endpoint.ask(body)
                except RefusedError as error:
                    return Graded(None, str(error), paid)
                reply = said.text
                self._ledger.put(key, self.settings.model, reply, said.tokens)
            try:
                return Graded(read(reply), "", paid)
            except UnreadableError as error:
                failure = str(error)
            turns = [*turns, {"role": "assistant", "content": reply}, {"role": "user", "content": AGAIN}]
        return Graded(None, failure, paid)
