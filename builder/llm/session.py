"""One run against the endpoints of a build: live, or through the batch API."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...errors import MllmuError
from ...schemas.person import Person
from ...schemas.questions import Written
from ..ledger import Ledger
from ..progress import Step
from .budget import Budget
from .calls import Calls
from .client import Client, Halt
from .endpoint import Endpoint
from .options import Options
from .prices import read_prices
from .runner import fill_all
from .throttle import Throttle
from .writing.judge import Judge
from .writing.person import Author, Style

Keep = Callable[[Person, Written, dict[str, Any]], None]


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
        self._folder = ledger.path.name.removesuffix(".ledger")
        self.style = Style(
            model=options.model,
            tries=options.tries,
            look=options.look_at_portrait,
            offers=options.distractors == "llm",
            name_pairs=name_pairs,
            temperature=options.temperature,
        )
        models = [options.model, *([options.judge] if options.judge else [])]
        prices = read_prices(Path(options.prices) if options.prices else None)
        self.budget = Budget(prices, models, options.max_cost, self.calls.spent(), options.batch)
        self.endpoint = Endpoint(options.base_url, options.timeout)
        self.judge_endpoint = (
            Endpoint(options.judge_url, options.timeout, "JUDGE_") if options.judge_url else self.endpoint
        )

    def run(self, people: list[Person], keep: Keep, step: Step) -> None:
        """Have `people` written, calling `keep` with each as soon as it is whole.

        Raises:
            FindingsError: Some slots are out of tries, or wait for a batch.
            BudgetError: The spending limit was reached.
            MllmuError: An endpoint cannot be used.
        """
        asyncio.run(self._live(people, keep, step))

    async def _live(self, people: list[Person], keep: Keep, step: Step) -> None:
        most = self.options.concurrency
        client = Client(self.endpoint, self.calls, Throttle(most), self.budget, self.halt)
        judging = Client(self.judge_endpoint, self.calls, Throttle(most), self.budget, self.halt)
        judge = Judge(judging, self.options.judge, self.options.tries) if self.options.judge else None
        author = Author(client, self.style, self._portrait, self._plan, judge)

        async def fill(person: Person) -> None:
            written = await author.write(person)
            keep(person, written, judge.verdicts(person.id) if judge else {})
            if judge:
                judge.forget(person.id)

        async with client, judging:
            gaps = await fill_all(people, fill, self.halt, most, step)
        gaps.end(self._folder)
