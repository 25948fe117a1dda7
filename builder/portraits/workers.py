"""Runs a function over a stream of jobs in worker processes: lazy, in order, and gone when the caller is gone."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TypeVar

from ...errors import MllmuError, UsageError

Job = TypeVar("Job")
Result = TypeVar("Result")

AHEAD = 3
"""Jobs handed out for each worker: enough that none waits, few enough that little is lost at an interrupt."""
WORKERS = "MLLMU_WORKERS"
"""Variable that says how many processes draw, where a container grants less than the system shows."""
MOST = 61
"""Worker processes; Windows can wait for no more."""
THREAD_COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Each worker is one thread: more would fight over the processors and could change the order of sums."""


def processors() -> int:
    """Processors this process may use: as many as `MLLMU_WORKERS` says, else all that the system gives it.

    Raises:
        UsageError: The variable is no number.
    """
    if given := os.environ.get(WORKERS):
        if not given.isdecimal() or not int(given):
            raise UsageError(f"{WORKERS} is {given!r}; it must be a number of processes.")
        return min(int(given), MOST)
    return min(_available(), MOST)


def _available() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start() -> None:
    """Ctrl-C is the parent's to handle; a parent that was killed takes its workers along."""
    for name in THREAD_COUNTS:  # before the first job imports numpy
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def follow() -> None:
            wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def ordered_map(function: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
    """`function(job)` for each job, in order, drawn from `jobs` as workers get free.

    Raises:
        MllmuError: A worker died, of memory for instance.
    """
    count = processors()
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_start)
    waiting: deque[Future[Result]] = deque()
    try:
        for job in jobs:
            waiting.append(pool.submit(function, job))
            if len(waiting) >= AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise MllmuError(
            f"one of {count} drawing processes died, probably for want of memory. Run the same command again to go on; "
            f"{WORKERS}={max(1, count // 2)} before it takes fewer."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
