"""Finds the learning rates in unlearn/presets.py for the reference model, on a release that no study reports.

    mllmu-build generate --n 100 --seed 1 --out tune/bench
    mllmu-unlearn finetune --data tune/bench --on full --out tune/vanilla
    cd /tmp && python /path/to/tools/tune_presets.py tune/bench tune/vanilla

For each method, with the epochs of its preset: a rate at which the forget set is recalled between a quarter and half as
well as by vanilla, so that methods are compared at like forgetting. RATES are tried from below until recall is under
half; if it is under a quarter then, the step is halved (geometrically, two digits) up to HALVINGS times, and the
smallest rate under half stands. Of what a method keeps nothing is asked. Recall is the share of fine-tuning answers
that greedy decoding would say word for word. Prints what it saw, one line a run; ten minutes on one core.
"""

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from mllmu.unlearn.ask import recall
from mllmu.unlearn.data import Example, pair_examples
from mllmu.unlearn.encode import Encoder
from mllmu.unlearn.jobs import Job, unlearn
from mllmu.unlearn.models import load_model, load_processor
from mllmu.unlearn.presets import settings_for
from mllmu.unlearn.release import Source, training_rows

METHODS = ("ga", "grad_diff", "kl_min", "npo")
RATES = (1e-3, 1.5e-3, 2e-3, 2.5e-3, 3e-3, 4e-3, 5e-3, 7e-3, 1e-2)
HALVINGS = 3
RATIO = 10
RETAINED = 400
"""Answers of the retain set that are looked at."""


def known(model: str, examples: list[Example]) -> float:
    """Share of answers said word for word."""
    return recall(load_model(model), Encoder(load_processor(model)), examples)["exact"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("vanilla")
    parser.add_argument("--methods", nargs="+", default=METHODS)
    args = parser.parse_args()
    source = Source(args.data)
    forget = pair_examples(training_rows(source, f"forget_{RATIO}"))
    retain = random.Random(0).sample(pair_examples(training_rows(source, f"retain_{100 - RATIO}")), RETAINED)
    vanilla = known(args.vanilla, forget)
    print(f"vanilla           forget {vanilla:.3f}  retain {known(args.vanilla, retain):.3f}", flush=True)

    def left(method: str, rate: float) -> float:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "run"
            settings = settings_for(method, args.vanilla, {"lr": rate})
            unlearn(Job(args.vanilla, source, out, settings, quiet=True), method, RATIO, {})
            share, kept = known(str(out), forget), known(str(out), retain)
        print(f"{method:10}{rate:7g} forget {share:.3f}  retain {kept:.3f}", flush=True)
        return share

    for method in args.methods:
        print(f"{method}: {search(lambda rate, method=method: left(method, rate), vanilla)}", flush=True)


def search(left: Callable[[float], float], vanilla: float) -> float | None:
    """The rate that stands; None where no rate is enough."""
    low, high, at_high = RATES[0], None, 0.0
    for rate in RATES:
        share = left(rate)
        if share < vanilla / 2:
            high, at_high = rate, share
            break
        low = rate
    for _ in range(HALVINGS):
        if high is None or at_high >= vanilla / 4:
            break
        middle = float(f"{(low * high) ** 0.5:.2g}")
        share = left(middle)
        if share < vanilla / 2:
            high, at_high = middle, share
        else:
            low = middle
    return high


if __name__ == "__main__":
    main()
