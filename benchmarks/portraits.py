"""Seconds a picture: cold start, one process, all processors; and how large a picture is.

    python -m mllmu.benchmarks.portraits [--people 12] [--views 3] [--size 256]

Run it from outside the repository's root, on an idle machine. Prints JSON.
"""

import argparse
import json
import random
import time
from dataclasses import dataclass

from mllmu.builder.population.appearance import draw_appearance
from mllmu.builder.portraits import get_source
from mllmu.builder.portraits.rendered import draw_person
from mllmu.builder.portraits.workers import processors
from mllmu.schemas.appearance import Ancestry, Appearance

MIXES = ((0, 0, 1), (0.9, 0, 0.1), (0.05, 0.9, 0.05), (0.2, 0.3, 0.5), (0.05, 0.1, 0.85))


@dataclass
class Sitting:
    """All that a portrait source looks at."""

    id: str
    appearance: Appearance


def people(n: int) -> list[Sitting]:
    """`n` varied people."""
    rng = random.Random(0)
    out = []
    for k in range(n):
        african, asian, european = MIXES[k % len(MIXES)]
        ancestry = Ancestry(african=african, asian=asian, european=european)
        sex = "female" if rng.random() < 0.5 else "male"
        out.append(Sitting(f"{k:03d}", draw_appearance(rng, k, sex, rng.randint(18, 85), ancestry, 0.1)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--views", type=int, default=3)
    parser.add_argument("--size", type=int, default=256)
    options = parser.parse_args()
    sitters, views = people(options.people), options.views
    pictures = options.people * (views + 1)

    start = time.perf_counter()
    draw_person(("warm", sitters[0].appearance), 0, options.size)
    first = time.perf_counter() - start

    start, start_cpu = time.perf_counter(), time.process_time()
    size = 0
    for sitter in sitters:
        size += sum(len(p.data) for p in draw_person((sitter.id, sitter.appearance), views, options.size)[1])
    one, cpu = time.perf_counter() - start, time.process_time() - start_cpu

    start = time.perf_counter()
    for _ in get_source("rendered", size=options.size).draw(sitters, views):
        pass
    every = time.perf_counter() - start
    report = {
        "people": options.people,
        "pictures": pictures,
        "size": options.size,
        "first_picture_s": round(first, 2),
        "one_process_s_per_picture": round(one / pictures, 3),
        "one_process_cpu_s_per_picture": round(cpu / pictures, 3),
        "processors": processors(),
        "all_processors_s_per_picture": round(every / pictures, 3),
        "all_processors_includes": "start of the workers",
        "kilobytes_per_picture": round(size / pictures / 1000, 1),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
