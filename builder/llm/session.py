"""One run against the endpoints of a build: live, or through the batch API."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from ...errors import BudgetError, MllmuError
from ...schemas.person import Person
from ...schemas.questions import Written
from ..ledger import Ledger
from ..progress import Step
from .asker import Asks
from .batch import BatchClient, Collected
from .budget import Budget
from .calls import Calls
from .client import Client
from .endpoint import Endpoint
from .halt import Halt
from .options import Options
from .prices import read_prices
from .runner import Gaps, fill_all
from .throttle import Throttle
from .writing.judge import Judge
from .writing.person import Author, Style

Keep = Callable[[Person, Person, Written], None]
"""Puts down a person: as sampled, as written about, and the words."""


def means(options: Options) -> tuple[Budget, Endpoint, Endpoint]:
    """What pays for the calls, and where they go: the writer's, and the judge's.

    Raises:
        UsageError: There is no key, no price for a limit, or an address is none.
    """
    models = [model for model in (options.model, options.judge) if model]
    budget = Budget(read_prices(Path(options.prices) if options.prices else None), models, options.max_cost)
    endpoint = Endpoint(options.base_url, options.timeout)
    judge = Endpoint(options.judge_url, options.timeout, "JUDGE_") if options.judge_url else endpoint
    return budget, endpoint, judge


class Session:
    """Has people written.

    Args:
        options: What to ask, and where.
        ledger: Where calls are put down.
        plan: See `Author`.
        portrait: See `Author`.
        name_pairs: Whether fine-tuning pairs by name are part of the release.

    Raises:
        UsageError: There is no key, no price for a limit, or the address is none.
    """

    def __init__(
        self,
        options: Options,
        ledger: Ledger,
        plan: Callable[[Person], Written],
        portrait: Callable[[Person], bytes | None],
        name_pairs: bool,
    ):
        if options.model is None:
            raise MllmuError("the writer openai needs --model.")
        self.options, self.calls, self.halt = options, Calls(ledger), Halt()
        self._plan, self._portrait = plan, portrait
        self._folder = str(ledger.path).removesuffix(".ledger")
        self.style = Style(
            model=options.model,
            tries=options.tries,
            look=options.look_at_portrait,
            offers=options.distractors == "llm",
            name_pairs=name_pairs,
            temperature=options.temperature,
        )
        self.budget, self.endpoint, self.judge_endpoint = means(options)

    def run(self, people: list[Person], keep: Keep, step: Step) -> None:
        """Have `people` written, calling `keep` with each as soon as it is whole.

        Raises:
            FindingsError: Some slots are out of tries, or wait for a batch.
            BudgetError: The spending limit was reached.
            MllmuError: An endpoint cannot be used.
            KeyboardInterrupt: Interrupted; no batch was submitted.
        """
        batches = self._batch_clients()
        collected = [client.collect() for client in batches]
        self.budget.spent, self.budget.largest = self.calls.spent(), self.calls.largest()
        here = [client.endpoint.base_url for client in batches]
        elsewhere = [address for address in self.calls.addresses() if address not in here]
        gaps, submitted = Gaps(), 0
        if not self.options.batch:
            asyncio.run(self._live(people, keep, step, gaps))
        else:
            try:
                asyncio.run(self._offline(people, keep, step, gaps, batches))
            except BudgetError:  # what fits is submitted, though it does not reach for everybody
                _submit(batches)
                raise
            submitted = _submit(batches)
        gaps.end(self._folder, _told(collected, submitted, elsewhere))

    def _batch_clients(self) -> list[BatchClient]:
        endpoints = {endpoint.base_url: endpoint for endpoint in (self.endpoint, self.judge_endpoint)}
        return [BatchClient(endpoint, self.calls, self.budget, self.halt) for endpoint in endpoints.values()]

    async def _live(self, people: list[Person], keep: Keep, step: Step, gaps: Gaps) -> None:
        most = self.options.concurrency
        client = Client(self.endpoint, self.calls, Throttle(most), self.budget, self.halt)
        judging = Client(self.judge_endpoint, self.calls, Throttle(most), self.budget, self.halt)
        async with client, judging:
            await fill_all(people, self._filler(client, judging, keep), self.halt, most, step, gaps)

    async def _offline(
        self, people: list[Person], keep: Keep, step: Step, gaps: Gaps, clients: list[BatchClient]
    ) -> None:
        await fill_all(people, self._filler(clients[0], clients[-1], keep), self.halt, 1, step, gaps)

    def _filler(self, client: Asks, judging: Asks, keep: Keep) -> Callable[[Person], Awaitable[None]]:
        judge = Judge(judging, self.options.judge, self.options.tries) if self.options.judge else None
        author = Author(client, self.style, self._portrait, self._plan, judge)

        async def fill(person: Person) -> None:
            lived = await author.invent(person) if self.options.facts == "llm" else person
            written = await author.write(lived)
            keep(person, lived, written)

        return fill


def _submit(clients: list[BatchClient]) -> int:
    return sum(client.submit() for client in clients)


def _told(collected: list[Collected], submitted: int, elsewhere: list[str]) -> str:
    came, still = sum(c.replies for c in collected), sum(c.open for c in collected)
    told = f"{came} replies collected, {submitted} requests submitted, {still} earlier batches still at work."
    more = [f"Some are at {address}: give that as --base-url or --judge-url to collect them." for address in elsewhere]
    return " ".join([told, "The same command collects them.", *more])
