"""How much of an endpoint's throughput is used, and what a call costs in CPU time.

    python benchmarks/llm.py                 # 4,000 calls, 200 ms latency, a limit of 64 at once
    python benchmarks/llm.py --calls 1000 --latency 0.05 --limit 16
    python benchmarks/llm.py --beside distilabel=/path/to/python --beside curator=/path/to/python

The endpoint is the tests' loopback server, in a process of its own. It refuses the call that is one too many at once,
and says nothing of its limit. The ideal is `limit / latency` calls a second from the first moment on.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

LOOPBACK = Path(__file__).parents[1] / "tests" / "builder" / "llm" / "loopback.py"


@contextmanager
def loopback(*options: object):
    """The address of a running loopback endpoint."""
    command = [sys.executable, str(LOOPBACK), *map(str, options)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdin
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait()


def ours(url: str, calls: int, folder: Path) -> None:
    """All calls through the client, on record in a ledger."""
    from mllmu.builder.ledger import Ledger
    from mllmu.builder.llm.budget import Budget
    from mllmu.builder.llm.calls import Calls, Request
    from mllmu.builder.llm.client import Client
    from mllmu.builder.llm.endpoint import Endpoint
    from mllmu.builder.llm.halt import Halt
    from mllmu.builder.llm.prices import read_prices
    from mllmu.builder.llm.throttle import Throttle

    async def run() -> None:
        throttle = Throttle(256)
        budget = Budget(read_prices(), ["gpt-4o"], 1e6)
        async with Client(Endpoint(url), Calls(ledger), throttle, budget, Halt()) as client:
            await asyncio.gather(*(client.ask(Request("bench", f"{k}", 1, body(k))) for k in range(calls)))

    with Ledger(folder / "bench") as ledger:
        asyncio.run(run())


def body(k: int) -> dict[str, object]:
    """A body of the size of a questions prompt."""
    text = f"Person {k}. " + "The quick brown fox jumps over the lazy dog. " * 60
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": text}]}


def measure(calls: int, latency: float, limit: int) -> dict[str, object]:
    """One run."""
    with tempfile.TemporaryDirectory() as folder, loopback("--latency", latency, "--limit", limit) as url:
        ours(url, 1, Path(folder))  # import and connect once
        wall, cpu = time.perf_counter(), sum(os.times()[:2])
        ours(url, calls, Path(folder) / "measured")
        wall, cpu = time.perf_counter() - wall, sum(os.times()[:2]) - cpu
        with urllib.request.urlopen(f"{url}/stats") as answer:
            served = json.load(answer)["most"]
    ideal = limit / latency
    return {
        "through": "mllmu",
        "calls": calls,
        "latency_s": latency,
        "limit": limit,
        "most_at_once": served,
        "seconds": round(wall, 2),
        "calls_per_s": round(calls / wall, 1),
        "share_of_ideal": round(calls / wall / ideal, 3),
        "cpu_ms_per_call": round(1000 * cpu / calls, 2),
    }


def beside(name: str, python: str, calls: int, latency: float, limit: int) -> str:
    """The same through another toolkit, imports included."""
    script = Path(__file__).with_name("llm_others.py")
    with loopback("--latency", latency, "--limit", limit) as url:
        command = [python, str(script), name, url, str(calls), str(limit)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=4000)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--limit", type=int, default=64)
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=PYTHON", help="distilabel or curator")
    args = parser.parse_args()
    print(json.dumps(measure(args.calls, args.latency, args.limit)), flush=True)
    for name, python in (pair.split("=") for pair in args.beside):
        print(beside(name, python, args.calls, args.latency, args.limit), flush=True)


if __name__ == "__main__":
    main()
