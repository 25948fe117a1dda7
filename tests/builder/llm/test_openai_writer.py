"""Builds by `--writer openai` on the loopback endpoint: whole, exact, resumable, in budget, live and in batches."""

import json
import random
import signal
import sqlite3
import subprocess
import time

import pytest
from mllmu.builder.generate import generate
from mllmu.builder.settings import make_settings
from mllmu.errors import BudgetError, FindingsError, UsageError

KEY = "sk-loopback-3f9c1a7be2d84c60"
MARK = "So it is told on the loopback."
FAULTY = ("--timeout", 2, "--tries", 8)


def once(paid: list[str]) -> bool:
    return len(paid) == len(set(paid))


def written_by_the_model(people: list[dict]) -> bool:
    return all(json.loads(row["biography"])["Biography"].endswith(MARK) for row in people)


def test_a_build_by_the_model_loads_and_a_second_run_asks_nothing(loopback, build, tmp_path):
    from datasets import load_dataset

    endpoint = loopback("--people", 20, "--key", KEY)
    said = build()
    rows = load_dataset(str(build.folder), "full", split="train").to_list()
    assert len(rows) == 20
    assert written_by_the_model(rows)
    assert len(endpoint.log) == 80
    assert "stands complete" in build()
    assert len(endpoint.log) == 80
    settings = json.loads((build.folder / "manifest.json").read_text())["settings"]
    assert settings["model"] == "gpt-4o"
    assert not settings.keys() & {"base_url", "max_cost", "tries"}
    assert KEY not in said
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_a_slot_out_of_tries_is_named_and_nothing_is_lost(loopback, build):
    endpoint = loopback("--people", 20, "--faults", 0.3, "--fault-seed", 5)
    said = build("--tries", 1, "--timeout", 1, expect=3)
    assert "slots have no words" in said
    assert "--tries" in said
    before = len(endpoint.paid)
    build("--tries", 10, "--timeout", 1)
    assert once(endpoint.paid)
    assert len(endpoint.paid) > before
    assert len(build.people) == 20
    assert "rejected" in build(sub="ledger")
    account = json.loads(build("--json", "--rejected", 100, sub="ledger"))
    assert account["total"]["answered"] == account["total"]["calls"]
    assert account["total"]["rejected"] == len(account["rejected"]) > 0
    assert all(call["reasons"] for call in account["rejected"])
    shown = json.loads(build("--json", "--slot", account["rejected"][0]["slot"], sub="ledger"))
    assert {call["stage"] for call in shown} == {"profile", "questions", "pairs", "test"}


def test_a_dry_run_tells_what_the_build_then_asks_and_costs(loopback, build):
    endpoint = loopback("--people", 20)
    lines = json.loads(build("--dry-run", "--json"))
    assert not endpoint.log
    assert not build.folder.parent.exists()
    assert [(line["stage"], line["calls"]) for line in lines] == [
        (stage, 20) for stage in ("profile", "questions", "pairs", "test")
    ]
    build()
    (spent,) = build.calls("sum(cost)")[0]
    assert sum(line["cost"] for line in lines) == pytest.approx(spent, rel=0.15)
    again = json.loads(build("--dry-run", "--json", "--fresh"))
    assert [line["recorded"] for line in again] == [20] * 4


def test_the_budget_stops_cleanly_and_a_higher_one_goes_on(loopback, build):
    endpoint = loopback("--people", 20)
    said = build("--max-cost", 0.3, expect=4)
    assert "--max-cost" in said
    (spent,) = build.calls("sum(cost)")[0]
    assert 0.1 < spent <= 0.3
    build("--max-cost", 50)
    assert len(build.people) == 20
    assert once(endpoint.paid)


@pytest.mark.slow
def test_batches_share_the_record_with_live_calls(loopback, build):
    endpoint = loopback("--people", 20)
    assert "60 requests submitted" in build("--batch", expect=3)
    build("--max-cost", 0.5, expect=4)  # live: collects the batch, then asks what is missing until the money is gone
    (live,) = build.calls("count(*)", "batch IS NULL")[0]
    assert 0 < live < 20
    said = build("--batch", expect=3)
    assert f"{20 - live} requests submitted" in said
    build("--batch")
    assert len(endpoint.paid) == len(set(endpoint.paid)) == 80
    ((half,),) = build.calls("sum(cost) / sum(tokens_in * 2.5e-6 + tokens_out * 1e-5)", "batch IS NOT NULL")
    assert half == pytest.approx(0.5)
    assert len(build.people) == 20


@pytest.mark.slow
def test_live_calls_leave_alone_what_an_open_batch_carries(loopback, build):
    endpoint = loopback("--people", 20, "--batch-delay", 3600)
    build("--batch", expect=3)
    assert "wait for batches" in build(expect=3)
    assert not endpoint.paid


def test_a_batch_whose_submission_was_cut_short_is_found_again(loopback, build):
    endpoint = loopback("--people", 20)
    build("--batch", expect=3)
    with sqlite3.connect(f"{build.folder}.ledger") as db:  # as if killed before the endpoint's answer was put down
        db.execute("UPDATE batches SET id = NULL, status = 'submitting'")
    db.close()
    build("--batch", expect=3)
    build("--batch")
    assert len(endpoint.paid) == len(set(endpoint.paid)) == 80


def test_a_fresh_build_goes_on_until_its_release_stands(loopback, tmp_path):
    endpoint = loopback("--people", 20)
    folder = tmp_path / "bench"

    def run(fresh=True, **more):
        values = {"n": 20, "portraits": "none", "celebrities": "none", "writer": "openai", "model": "gpt-4o", **more}
        return generate(make_settings(values), folder, fresh=fresh).checks

    assert run(fresh=False)
    assert len(endpoint.paid) == 80
    with pytest.raises(FindingsError, match="60 requests submitted"):
        run(batch=True)
    with pytest.raises(FindingsError, match="60 replies collected, 20 requests submitted"):
        run(batch=True)
    assert run(fresh=False, batch=True)  # though a release of these settings stands
    assert sorted(endpoint.paid) == sorted(2 * list(set(endpoint.paid)))
    assert not run(fresh=False)
    assert len(endpoint.paid) == 160
    with pytest.raises(BudgetError):  # the release stands: --fresh begins anew
        run(max_cost=0.3)
    began = len(endpoint.paid)
    assert 160 < began < 240
    assert run()
    assert len(endpoint.paid) == 240


@pytest.mark.slow
def test_a_judge_has_rejected_questions_redone(loopback, build):
    loopback("--people", 20, "--picky")
    build("--judge", "gpt-4o-mini")
    assert len(build.people) == 20
    rejected = build.calls("slot", "stage IN ('questions', 'test') AND verdict LIKE '%not natural: It is clumsy%'")
    assert sorted(slot for (slot,) in rejected) == sorted(2 * ["003", "006", "009", "012", "015", "018"])
    ((judged,),) = build.calls("count(*)", "stage = 'judge'")
    assert judged == 40 + len(rejected)
    told = json.loads((build.folder / "judge.json").read_text())
    assert told["judged"] == 18 * judged
    assert {(entry["person"], entry["not"][0], entry["reason"]) for entry in told["rejected"]} == {
        (slot, "natural", "It is clumsy.") for (slot,) in rejected
    }
    assert "found grounded, unambiguous and natural by a judge" in (build.folder / "report.html").read_text()
    asked = build.people[2]["Classification_Task"]["Image_Textual_Questions"][0]["Question"]
    assert asked.endswith("Please answer.") == (build.people[2]["ID"] in {slot for (slot,) in rejected})


@pytest.mark.slow
def test_lives_and_wrong_options_by_the_model(loopback, build):
    loopback("--people", 20)
    build("--facts", "llm", "--distractors", "llm")
    assert len(build.people) == 20
    assert {stage for (stage,) in build.calls("DISTINCT stage")} == {"facts", "profile", "questions", "pairs", "test"}


@pytest.mark.slow
def test_two_processes_on_one_folder(loopback, build):
    loopback("--people", 20, "--latency", 1)
    first = build.start()
    while not build.folder.with_name("bench.ledger").exists():
        time.sleep(0.05)
    assert "another build is at work" in build(expect=1)
    first.communicate(timeout=60)
    assert first.returncode == 0


def under_way(build):
    """The calls that were sent; none while the ledger is being made."""
    try:
        return build.folder.with_name("bench.ledger").exists() and build.calls("key", "status = 'sent'")
    except UsageError:
        return []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_lets_calls_under_way_come_home(loopback, build, number):
    endpoint = loopback("--people", 20, "--latency", 1)
    process = build.start()
    while not under_way(build):
        time.sleep(0.05)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert "goes on where it stopped" in said
    ((answered,),) = build.calls("count(*)", "status = 'answered'")
    assert 0 < answered == len(endpoint.paid) < 80
    build()
    assert len(endpoint.paid) == len(set(endpoint.paid)) == 80


@pytest.mark.slow
@pytest.mark.parametrize("batch", [False, True])
def test_a_fifth_of_all_calls_go_wrong(loopback, build, batch):
    endpoint = loopback("--people", 100, "--faults", 0.2, "--latency", 0.02)
    for _ in range(40 if batch else 1):
        build(*FAULTY, *(["--batch"] if batch else []), n=100, expect=None)
    assert len(build.people) == 100
    assert written_by_the_model(build.people)
    assert once(endpoint.paid)
    assert len(endpoint.paid) > 400


@pytest.mark.slow
@pytest.mark.parametrize("idempotent", [True, False])
def test_killed_again_and_again(loopback, build, idempotent):
    """An endpoint that knows idempotency keys is paid once a body; any other, but for what was under way at a kill."""
    options = ("--people", 100, "--faults", 0.2, "--latency", 0.1)
    endpoint = loopback(*options, *(["--idempotent"] if idempotent else []))
    draw, answered = random.Random(0), set()
    for _ in range(80):
        process = build.start(*FAULTY, n=100)
        try:
            process.communicate(timeout=draw.uniform(1.5, 5))
            break
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        paid_before = len(endpoint.paid)
        if build.folder.with_name("bench.ledger").exists():
            answered |= {(key, paid_before) for (key,) in build.calls("key", "status = 'answered'")}
    assert len(build.people) == 100
    paid = endpoint.paid
    if idempotent:
        assert once(paid)
    for key, count in answered:
        assert key not in paid[count:]
