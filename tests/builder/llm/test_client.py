"""The client against a real endpoint in another process: nothing lost, nothing asked twice, no key anywhere."""

import asyncio
import json
from pathlib import Path

import pytest
from mllmu.builder.ledger import Ledger
from mllmu.builder.llm import client as client_module
from mllmu.builder.llm.budget import Budget
from mllmu.builder.llm.calls import Calls, Request
from mllmu.builder.llm.client import Client
from mllmu.builder.llm.endpoint import Endpoint
from mllmu.builder.llm.halt import Halt
from mllmu.builder.llm.prices import read_prices
from mllmu.builder.llm.throttle import Throttle
from mllmu.builder.llm.trouble import retry_after
from mllmu.errors import BudgetError, MllmuError, UsageError

KEY = "sk-loopback-3f9c1a7be2d84c60"


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch):
    monkeypatch.setattr(client_module, "_FIRST_WAIT", 0.02)
    monkeypatch.setattr(client_module, "_LONGEST_WAIT", 0.2)


def body(k: int) -> dict:
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": f"Person {k}"}]}


def ask_all(folder: Path, count: int, *, timeout: float = 0.5, most: int = 64, limit: float | None = None) -> list:
    """The replies to `count` bodies, or the exceptions in their places."""

    async def run(ledger: Ledger) -> list:
        calls, budget = Calls(ledger), Budget(read_prices(), ["gpt-4o"], limit)
        budget.spent, budget.largest = calls.spent(), calls.largest()
        async with Client(Endpoint(timeout=timeout), calls, Throttle(most), budget, Halt()) as client:
            asked = (client.ask(Request("bench", str(k), 1, body(k))) for k in range(count))
            return await asyncio.gather(*asked, return_exceptions=True)

    with Ledger(folder) as ledger:
        return asyncio.run(run(ledger))


def column(folder: Path, name: str) -> list:
    with Ledger(folder) as ledger:
        return [row[0] for row in ledger.execute(f"SELECT {name} FROM calls ORDER BY cast(slot AS integer)")]


def test_no_call_is_lost_in_a_storm_of_refusals(loopback, tmp_path):
    endpoint = loopback("--limit", 3, "--latency", 0.01)
    replies = ask_all(tmp_path / "b", 150)
    assert all(isinstance(reply, str) for reply in replies)
    assert len(endpoint.paid) == len(set(endpoint.paid)) == 150
    assert any(entry["outcome"] == "limit" for entry in endpoint.log)


def test_faults_of_every_kind_end_in_answers(loopback, tmp_path):
    endpoint = loopback("--faults", 0.5, "--fault-seed", 2)
    replies = ask_all(tmp_path / "b", 100)
    assert all(isinstance(reply, str) for reply in replies)
    assert len(endpoint.paid) == len(set(endpoint.paid)) == 100
    outcomes = {entry["outcome"] for entry in endpoint.log}
    assert outcomes >= {"busy", "busy_after", "error", "drop", "cut", "torn"}
    assert set(column(tmp_path / "b", "status")) == {"answered"}


def test_what_is_on_record_is_not_asked_again(loopback, tmp_path):
    endpoint = loopback()
    first = ask_all(tmp_path / "b", 10)
    assert ask_all(tmp_path / "b", 12)[:10] == first
    assert len(endpoint.log) == 12


def test_a_call_that_was_under_way_when_killed_is_asked_again(loopback, tmp_path):
    endpoint = loopback()
    with Ledger(tmp_path / "b") as ledger:
        request = Request("bench", "0", 1, body(0))
        Calls(ledger).sent(request.key, request, 0.02)
    assert isinstance(ask_all(tmp_path / "b", 1)[0], str)
    assert len(endpoint.paid) == 1
    assert column(tmp_path / "b", "attempts") == [2]


def test_tokens_cost_and_request_id_are_recorded(loopback, tmp_path):
    loopback()
    (reply,) = ask_all(tmp_path / "b", 1)
    usage = json.loads(reply)["usage"]
    assert column(tmp_path / "b", "tokens_in") == [usage["prompt_tokens"]]
    assert column(tmp_path / "b", "request_id") == ["req-loopback"]
    expected = (2.5 * usage["prompt_tokens"] + 10 * usage["completion_tokens"]) / 1e6
    assert column(tmp_path / "b", "cost") == [pytest.approx(expected)]


def test_a_wrong_key_ends_at_once_and_is_shown_nowhere(loopback, tmp_path):
    endpoint = loopback("--key", "sk-another")  # its error echoes the key that it was given
    errors = ask_all(tmp_path / "b", 30)
    assert all(isinstance(error, MllmuError) and "OPENAI_API_KEY" in str(error) for error in errors)
    assert not any(KEY in str(error) for error in errors)
    assert not endpoint.paid
    for file in tmp_path.glob("b.ledger*"):
        assert KEY.encode() not in file.read_bytes()


def test_nobody_there_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr(client_module, "ATTEMPTS", 3)
    (error,) = ask_all(tmp_path / "b", 1)
    assert isinstance(error, MllmuError)
    assert "127.0.0.1:9" in str(error)
    assert "\n" not in str(error)


def test_the_budget_is_kept_and_what_came_is_kept_too(loopback, tmp_path):
    endpoint = loopback()
    replies = ask_all(tmp_path / "b", 300, limit=0.1)
    answered = [reply for reply in replies if isinstance(reply, str)]
    assert {type(reply) for reply in replies} == {str, BudgetError}
    assert len(endpoint.paid) == len(answered)
    assert 0 < sum(column(tmp_path / "b", "cost")) <= 0.1


@pytest.mark.parametrize("kind", ["silent", "torn", "timeout", "cut"])
def test_the_budget_is_kept_when_nobody_says_what_a_call_cost(loopback, tmp_path, kind):
    """Every such call counts as the most that was expected, which is 2.5 cents; also in the next run."""
    loopback("--faults", 1, "--kinds", kind)
    for _ in range(2):
        replies = ask_all(tmp_path / "b", 30, limit=0.1)
        assert any(isinstance(reply, BudgetError) for reply in replies)
        assert sum(column(tmp_path / "b", "attempts")) == 3
        with Ledger(tmp_path / "b") as ledger:
            assert Calls(ledger).spent() == pytest.approx(0.075, rel=0.01)


def test_a_call_that_a_kill_left_under_way_counts_as_spent(loopback, tmp_path):
    loopback()
    request = Request("bench", "0", 1, body(0))
    with Ledger(tmp_path / "b") as ledger:
        Calls(ledger).sent(request.key, request, 0.02)
        assert Calls(ledger).spent() == pytest.approx(0.02)
    ask_all(tmp_path / "b", 1)
    with Ledger(tmp_path / "b") as ledger:
        (cost,) = ledger.execute("SELECT cost FROM calls").fetchone()
        assert Calls(ledger).spent() == pytest.approx(0.02 + cost)
        assert Calls(ledger).largest()["bench"] > 0


def test_a_refusal_costs_nothing(loopback, tmp_path):
    loopback("--faults", 0.5, "--kinds", "busy", "error")
    ask_all(tmp_path / "b", 20)
    with Ledger(tmp_path / "b") as ledger:
        assert Calls(ledger).spent() == pytest.approx(sum(c for (c,) in ledger.execute("SELECT cost FROM calls")))


def test_a_limit_without_a_price_is_refused():
    with pytest.raises(UsageError, match="--prices"):
        Budget(read_prices(), ["mystery"], 5.0)
    assert Budget(read_prices(), ["mystery"], None).cost("mystery", None) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["localhost:8000", "http://user:secret@host/v1", "http://host/v1?key=secret", "ftp://host", "http://"]
)
def test_addresses_that_are_none_or_carry_secrets_are_refused(url):
    with pytest.raises(UsageError) as caught:
        Endpoint(url)
    assert "secret" not in str(caught.value)


def test_openai_itself_needs_a_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(UsageError, match="OPENAI_API_KEY"):
        Endpoint()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "3"}, 3),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "86400"}, 120),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"retry-after": "soon"}, 0),
    ],
)
def test_retry_after_in_each_of_its_forms(headers, seconds):
    assert retry_after(headers) == seconds
