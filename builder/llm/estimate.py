"""What a build would ask and cost, without asking: the stages run on stand-in replies made of the template's words."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import MllmuError
from ...schemas.person import Person
from ...schemas.questions import Written
from ..ledger import ledger_path, read_only
from .budget import prompt_tokens, text_tokens
from .calls import Request, Usage
from .options import Options
from .prices import read_prices
from .writing.judge import Judge
from .writing.person import STAGES, Author, Style, UnfilledError
from .writing.standin import standin

SAMPLE = 200
"""People looked at; the sums of larger builds are scaled up from these."""


class StageCost(NamedTuple):
    """One line of the estimate."""

    stage: str
    calls: int
    """Still to be asked, when nothing has to be asked twice."""
    recorded: int
    """Answered in earlier runs."""
    tokens_in: int
    tokens_out: int
    cost: float | None
    """Dollars, through the batch API if that is asked for; None when no price is known."""


class _Nothing:
    """A record of calls that keeps nothing."""

    def judged(self, key: str, reasons: list[str]) -> None:
        return


class _Actor:
    """Answers every body as the template writer would, and counts."""

    def __init__(self, recorded: Callable[[str], str | None], plan: Callable[[Person], Written], offers: bool):
        self.calls: Any = _Nothing()
        self.person: Person | None = None
        self.sums: dict[tuple[str, str], list[int]] = {}
        self._recorded, self._plan, self._offers = recorded, plan, offers

    async def ask(self, request: Request) -> str:
        """The recorded reply, or a stand-in; counted under its stage and model."""
        assert self.person is not None
        sums = self.sums.setdefault((request.stage, request.body["model"]), [0, 0, 0, 0])
        known = self._recorded(request.key)
        if known is not None:
            sums[1] += 1
            return known
        offers = self._offers and request.stage == "questions"
        content = json.dumps(standin(request.stage, self.person, self._plan(self.person), offers), ensure_ascii=False)
        for place, count in ((0, 1), (2, prompt_tokens(request.body)), (3, text_tokens(content))):
            sums[place] += count
        return json.dumps({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]})


def estimate(
    options: Options, people: Sequence[Person], plan: Callable[[Person], Written], name_pairs: bool, folder: Path
) -> list[StageCost]:
    """Calls, tokens and money by stage for these people; what is on record in `folder` is not asked again.

    Raises:
        MllmuError: No model is given.
    """
    if options.model is None:
        raise MllmuError("an estimate needs a model.")
    step = max(1, -(-len(people) // SAMPLE))
    sample = people[::step]
    style = Style(
        options.model,
        options.tries,
        options.look_at_portrait,
        options.distractors == "llm",
        name_pairs,
        options.temperature,
    )
    with closing(_Record(folder)) as record:
        actor = _Actor(record.reply, plan, style.offers)
        judge = Judge(actor, options.judge, options.tries) if options.judge else None
        author = Author(actor, style, record.portrait, plan, judge)
        for person in sample:
            asyncio.run(_act(actor, author, person, options.facts == "llm"))
    return [
        _line(options, key, sums, len(people) / len(sample)) for key, sums in sorted(actor.sums.items(), key=_place)
    ]


async def _act(actor: _Actor, author: Author, person: Person, invent: bool) -> None:
    actor.person = person
    with suppress(UnfilledError):  # a stand-in that does not pass: the estimate then lacks its later stages
        if invent:
            actor.person = await author.invent(person)
        await author.write(actor.person)


def _place(item: tuple[tuple[str, str], list[int]]) -> int:
    return STAGES.index(item[0][0])


def _line(options: Options, key: tuple[str, str], sums: list[int], scale: float) -> StageCost:
    stage, model = key
    calls, recorded, tokens_in, tokens_out = (round(scale * value) for value in sums)
    prices = read_prices(Path(options.prices) if options.prices else None)
    price = prices.of(model)
    share = prices.batch if options.batch else 1.0
    cost = price.cost(Usage(tokens_in, 0, tokens_out), share) if price else None
    return StageCost(stage, calls, recorded, tokens_in, tokens_out, cost)


class _Record:
    """Replies and portraits that are on record; reads only, and does without a ledger."""

    def __init__(self, folder: Path):
        self._db = read_only(folder) if ledger_path(folder).is_file() else None
        known = self._db and self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'calls'").fetchone()
        self._calls = self._db if known else None

    def reply(self, key: str) -> str | None:
        sql = "SELECT reply FROM calls WHERE key = ? AND status = 'answered'"
        row = self._calls.execute(sql, (key,)).fetchone() if self._calls else None
        return row[0] if row else None

    def portrait(self, person: Person) -> bytes:
        sql = "SELECT data FROM work WHERE stage = 'picture' AND slot = ?"
        row = self._db.execute(sql, (f"{person.id}/0",)).fetchone() if self._db else None
        return row[0] if row else b"not drawn yet"

    def close(self) -> None:
        if self._db:
            self._db.close()
