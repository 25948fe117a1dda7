"""Finds the reference model's learning rates in unlearn/concepts.py, on concepts that no study reports.

    mllmu-build concepts --n 20 --pictures 6 --teach 6 --groups 0 --seed 1 --out tune/concepts
    mllmu-unlearn finetune --model BASE --data tune/concepts --on concept_teach --epochs 8 --out tune/taught
    mllmu-unlearn finetune --model tune/taught --data tune/concepts --on concept_test --epochs 5 --out tune/vanilla
    cd /tmp && python /path/to/tools/tune_concepts.py tune/concepts tune/vanilla

For each method, the smallest rate of RATES after which no more than a fifth of the forgotten concepts' test pictures
are still named. That says how far a method must go to forget, and nothing of what it keeps. Prints what it saw, one
line a run.
"""

import argparse
import tempfile
from pathlib import Path

from mllmu.evaluate.concepts.items import load
from mllmu.evaluate.concepts.score import ask
from mllmu.evaluate.concepts.wording import says
from mllmu.evaluate.engine.load import load as load_model
from mllmu.evaluate.engine.packed import Packed
from mllmu.unlearn.chat import Chat
from mllmu.unlearn.concepts import settings_for, unlearn_concepts
from mllmu.unlearn.jobs import Job
from mllmu.unlearn.models import load_processor
from mllmu.unlearn.release import Source

METHODS = ("siu", "po", "ga", "ga_kl")
RATES = (5e-4, 1e-3, 2e-3, 3e-3, 4e-3, 6e-3, 1e-2)
ENOUGH = 0.2
CONCEPTS = "1-5"


def named(model: str, source: Source) -> tuple[float, float]:
    """Share of test pictures whose name is said: of the forgotten concepts, of the others."""
    engine = Packed(load_model(model, None, "auto"), Chat(load_processor(model)))
    shares = []
    items = load(source, CONCEPTS).items
    for part in ("generality", "kept"):
        asked = [one for one in items if one.part == part]
        replies = engine([ask(one)._replace(candidates=()) for one in asked])
        shares.append(sum(says(r.text, one.value) for r, one in zip(replies, asked, strict=True)) / len(asked))
    return shares[0], shares[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("vanilla")
    parser.add_argument("--methods", nargs="+", default=METHODS)
    args = parser.parse_args()
    source = Source(args.data)
    print("vanilla          forgotten {:.2f}  others {:.2f}".format(*named(args.vanilla, source)), flush=True)
    for method in args.methods:
        for rate in RATES:
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "run"
                settings = settings_for(method, args.vanilla, {"lr": rate})
                unlearn_concepts(Job(args.vanilla, source, out, settings, quiet=True), method, CONCEPTS, {})
                left, kept = named(str(out), source)
            print(f"{method:10}{rate:6g} forgotten {left:.2f}  others {kept:.2f}", flush=True)
            if left <= ENOUGH:
                break


if __name__ == "__main__":
    main()
