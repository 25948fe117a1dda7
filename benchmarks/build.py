"""What a build costs: seconds a stage, people a second, bytes a person, peak memory, how busy the cores are.

    python benchmarks/build.py                       # with pictures, n = 100, 500, 2000
    python benchmarks/build.py --text 2000 50000     # without pictures: sampler, writer, shards, checks

Each build runs in a process of its own, so that peak memory is its own. Run it on an idle machine.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path


def measure(n: int, portraits: str, seed: int) -> dict[str, object]:
    """Build once, in this process."""
    from mllmu.builder.generate import generate
    from mllmu.builder.progress import Progress
    from mllmu.builder.settings import Settings

    seconds: dict[str, float] = {}

    class Stopwatch(Progress):
        @contextmanager
        def bar(self, what, total, unit, done=0):  # pyright: ignore[reportIncompatibleMethodOverride]
            start = time.perf_counter()
            with super().bar(what, total, unit, done) as bar:
                yield bar
            seconds[what] = round(time.perf_counter() - start, 2)

    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), sum(os.times()[:4])
        outcome = generate(
            Settings(n=n, seed=seed, portraits=portraits), Path(folder) / "bench", progress=Stopwatch(True)
        )
        wall, cpu = time.perf_counter() - start, sum(os.times()[:4]) - cpu
    peak = [resource.getrusage(who).ru_maxrss / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "n": n,
        "portraits": portraits,
        "seconds": round(wall, 1),
        "cpu_s": round(cpu, 1),
        "stages": seconds,
        "people_per_s": round(n / wall, 1),
        "text_people_per_s": round(n / seconds["questions"], 1),
        "bytes_per_person": sum(f.bytes for f in outcome.manifest.files.values()) // n,
        "peak_GB": round(peak[0], 2),
        "peak_GB_largest_worker": round(peak[1], 2),
        "cores_busy": round(cpu / wall / (os.cpu_count() or 1), 2),
        "findings": sum(check.failed for check in outcome.checks),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 500, 2000])
    parser.add_argument("--text", action="store_true", help="no pictures")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    portraits = "none" if args.text else "rendered"
    if args.one:
        print(json.dumps(measure(args.sizes[0], portraits, args.seed)))
        return
    for n in args.sizes:
        command = [sys.executable, __file__, str(n), "--one", f"--seed={args.seed}", *(["--text"] * args.text)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True)


if __name__ == "__main__":
    main()
