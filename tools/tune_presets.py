"""Shows what a rate and a stop do to each method: for the presets of the reference model in unlearn/presets.py.

    mllmu-build generate --n 100 --seed 1 --out tune/bench
    mllmu-unlearn finetune --data tune/bench --on full --out tune/vanilla
    cd /tmp && python /path/to/tools/tune_presets.py tune/bench tune/vanilla --methods ga npo --at 1e-3:3 5e-4:3

On a release that no study reports. Each method is run at each LR:STOP, for as many epochs as its preset says or
--epochs does, and has a line: the steps it took, the limit that ended it, how much it recalls still of what vanilla
recalls of the forget set and of the retain set, and the minutes. Recall is the share of fine-tuning answers that greedy
decoding would say word for word. STOP is the --stop-forget-nll; inf is none.
"""

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

from mllmu.unlearn.ask import recall
from mllmu.unlearn.data import Example, pair_examples
from mllmu.unlearn.encode import Encoder
from mllmu.unlearn.jobs import Job, unlearn
from mllmu.unlearn.models import load_model, load_processor
from mllmu.unlearn.presets import settings_for
from mllmu.unlearn.release import Source, training_rows

METHODS = ("ga", "grad_diff", "kl_min", "npo")
RATIO = 10
RETAINED = 400
"""Answers of the retain set that are looked at."""


def known(model: str, examples: list[Example]) -> float:
    """Share of answers said word for word."""
    return recall(load_model(model), Encoder(load_processor(model)), examples)["exact"]


def setting(text: str) -> dict[str, float]:
    """`1e-3:3` as settings."""
    rate, _, stop = text.partition(":")
    return {"lr": float(rate), "stop_forget_nll": float(stop)}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("vanilla")
    parser.add_argument("--at", nargs="+", type=setting, required=True, metavar="LR:STOP")
    parser.add_argument("--methods", nargs="+", default=METHODS)
    parser.add_argument("--epochs", type=int)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    source = Source(args.data)
    forget = pair_examples(training_rows(source, f"forget_{RATIO}"))
    retain = pair_examples(training_rows(source, f"retain_{100 - RATIO}"))
    retain = random.Random(0).sample(retain, min(RETAINED, len(retain)))
    before = known(args.vanilla, forget), known(args.vanilla, retain)
    print(f"vanilla recalls {before[0]:.1%} of forget, {before[1]:.1%} of retain")
    print(f"{'method':10}{'lr':>9}{'stop':>6}{'steps':>7}{'stopped by':>12}{'forget':>8}{'retain':>8}{'min':>6}")
    for method in args.methods:
        for at in args.at:
            settings = settings_for(method, args.vanilla, {**at, "epochs": args.epochs})
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "run"
                done = unlearn(Job(args.vanilla, source, out, settings, quiet=True), method, RATIO, {})
                left = [
                    known(str(out), part) / (all_ or 1) for part, all_ in zip((forget, retain), before, strict=True)
                ]
            print(line(method, at, done, left), flush=True)


def line(method: str, at: dict[str, float], done: dict[str, Any], left: list[float]) -> str:
    """A row of the table."""
    by = done["stopped_by"] or "-"
    shares = "".join(f"{share:8.1%}" for share in left)
    return f"{method:10}{at['lr']:9g}{at['stop_forget_nll']:6g}{done['steps']:7}{by:>12}{shares}{done['minutes']:6.1f}"


if __name__ == "__main__":
    main()
