"""Batches that go wrong: paid for once all the same, and never in the way of the next run."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from mllmu.builder.ledger import Ledger
from mllmu.builder.llm.batch import BatchClient
from mllmu.builder.llm.budget import Budget
from mllmu.builder.llm.calls import Calls, Request
from mllmu.builder.llm.client import InBatchError
from mllmu.builder.llm.endpoint import Endpoint
from mllmu.builder.llm.halt import Halt
from mllmu.builder.llm.options import Options
from mllmu.builder.llm.prices import read_prices
from mllmu.builder.llm.runner import fill_all
from mllmu.builder.llm.session import Session
from mllmu.builder.population import Population
from mllmu.builder.writers.template import write_person
from mllmu.errors import FindingsError, MllmuError

COUNT = 8


@contextmanager
def client(folder: Path) -> Iterator[BatchClient]:
    """As a run of a build has it."""
    with Ledger(folder) as ledger:
        yield BatchClient(Endpoint(), Calls(ledger), Budget(read_prices(), ["gpt-4o"], None), Halt())


def replies(batch: BatchClient) -> list[str]:
    """Those on record; the others are wanted from now on."""
    found = []
    for k in range(COUNT):
        body = {"model": "gpt-4o", "messages": [{"role": "user", "content": f"Person {k}"}]}
        with suppress(InBatchError):
            found.append(asyncio.run(batch.ask(Request("bench", str(k), 1, body))))
    return found


def submitted() -> int:
    """Batches that the endpoint has accepted."""
    with Endpoint().connect_plainly() as sdk:
        return len(list(sdk.batches.list()))


def test_a_batch_accepted_on_a_line_that_broke_is_not_sent_again(loopback, tmp_path):
    endpoint = loopback("--batch-fault", "cut")
    with client(tmp_path / "b") as batch:
        assert not replies(batch)
        with pytest.raises(MllmuError, match="the same command goes on"):
            batch.submit()
    assert submitted() == 1
    with client(tmp_path / "b") as batch:
        assert batch.collect().replies == len(replies(batch)) == COUNT
    assert len(endpoint.paid) == len(set(endpoint.paid)) == COUNT


@pytest.mark.parametrize(("fault", "came"), [("garbled", COUNT - 4), ("gone", 0), ("lost", 0)])
def test_what_a_bad_batch_does_not_answer_is_asked_again(loopback, tmp_path, fault, came):
    loopback("--batch-fault", fault)
    with client(tmp_path / "b") as batch:
        replies(batch)
        batch.submit()
    with client(tmp_path / "b") as batch:
        promised = batch.calls.spent()
        assert batch.collect() == (came, COUNT - came - (fault == "garbled"), 0)  # one of the four says why
        spent = batch.calls.spent()
        assert len(replies(batch)) == came
        assert batch.submit() == COUNT - came
    if fault != "garbled":
        assert 0 < promised == pytest.approx(spent)  # it may have been charged for
    with client(tmp_path / "b") as batch:
        assert batch.collect() == (COUNT - came, 0, 0)
        assert len(replies(batch)) == COUNT


@pytest.fixture(scope="module")
def people():
    return list(Population(20, 0, frozenset()))[:3]


def nothing(*_) -> None:
    return


def session(ledger: Ledger, portrait=nothing) -> Session:
    options = Options(model="gpt-4o", batch=True, look_at_portrait=True)
    return Session(options, ledger, lambda person: write_person(person, 0), portrait, True)


def test_batches_elsewhere_are_named(loopback, tmp_path, people):
    there = loopback("--batch-delay", 3600).url
    with Ledger(tmp_path / "b") as ledger, pytest.raises(FindingsError, match="9 requests submitted"):
        session(ledger).run(people, nothing, nothing)
    loopback()
    with Ledger(tmp_path / "b") as ledger, pytest.raises(FindingsError, match=f"Some are at {there}: give that as"):
        session(ledger).run(people, nothing, nothing)


def interrupt(*_) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_an_interrupt_submits_nothing(loopback, tmp_path, people):
    loopback()
    with Ledger(tmp_path / "b") as ledger:
        with pytest.raises(KeyboardInterrupt):
            session(ledger, portrait=interrupt).run(people, nothing, nothing)
        assert ledger.execute("SELECT count(*) FROM calls").fetchone() == (0,)
    assert submitted() == 0


def test_a_second_interrupt_drops_no_call_either(people):
    home = []

    async def fill(person):
        for _ in range(3):
            interrupt()
            await asyncio.sleep(0.01)
        home.append(person)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(fill_all(people, fill, Halt(), 1, nothing))
    assert home == people[:1]
