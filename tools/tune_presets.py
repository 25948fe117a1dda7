"""Finds the learning rates in unlearn/presets.py for the reference model, on a release that no study reports.

    mllmu-build generate --n 100 --seed 1 --out tune/bench
    mllmu-unlearn finetune --data tune/bench --on full --out tune/vanilla
    cd /tmp && python /path/to/tools/tune_presets.py tune/bench tune/vanilla

For each method, with the epochs of its preset: the smallest rate of RATES at which recall of the forget set falls
below half of vanilla's. That says how far a method must go to forget, and nothing of what it keeps. Recall is the share
of fine-tuning answers that greedy decoding would say word for word. Prints what it saw, one line a run; ten minutes on
one core.
"""

import argparse
import random
import tempfile
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
    enough = known(args.vanilla, forget) / 2
    print(f"vanilla          forget {2 * enough:.3f}  retain {known(args.vanilla, retain):.3f}", flush=True)
    for method in args.methods:
        for rate in RATES:
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "run"
                settings = settings_for(method, args.vanilla, {"lr": rate})
                unlearn(Job(args.vanilla, source, out, settings, quiet=True), method, RATIO, {})
                left, kept = known(str(out), forget), known(str(out), retain)
            print(f"{method:10}{rate:6g} forget {left:.3f}  retain {kept:.3f}", flush=True)
            if left < enough:
                break


if __name__ == "__main__":
    main()
