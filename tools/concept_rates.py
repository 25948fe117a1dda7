"""Shows what learning rates do when concepts are forgotten, each from one picture: for presets, and for docs/siu.md.

    cd /tmp && python /path/to/tools/concept_rates.py DATA VANILLA --methods siu ga --at 1e-3 2e-3 --seeds 3

Prints a line a method and rate, in per cent, the mean over seeds: Efficacy and Generality EM (pictures whose answer has
not the name), Specificity (the others' test pictures whose answer has it), and facts about the forgotten that are kept,
as docs/siu.md defines them. Rates are to be chosen on a release that nothing is reported of.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from mllmu.evaluate.concepts.items import Item, load
from mllmu.evaluate.concepts.metrics import METRICS
from mllmu.evaluate.concepts.records import ConceptRecord
from mllmu.evaluate.concepts.score import ask, record
from mllmu.evaluate.concepts.summary import measured
from mllmu.evaluate.engine.chunks import ChunkSize, answers
from mllmu.evaluate.engine.load import open_engine
from mllmu.unlearn.chat import Chat
from mllmu.unlearn.concepts import unlearn_concepts
from mllmu.unlearn.jobs import Job
from mllmu.unlearn.models import load_processor
from mllmu.unlearn.presets import settings_for
from mllmu.unlearn.release import Source

METHODS = ("siu", "po", "ga", "ga_kl")
PARTS = ("efficacy", "generality", "kept", "by_name")
SHOWN = ("efficacy", "generality_em", "specificity", "facts_kept")
"""Metrics; the parts of an evaluation that they look at are above."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("vanilla")
    parser.add_argument("--concepts", default="1-5")
    parser.add_argument("--methods", nargs="+", default=METHODS)
    parser.add_argument("--at", nargs="+", type=float, required=True, metavar="LR")
    parser.add_argument("--seeds", type=int, default=1)
    return parser.parse_args()


def asked(model: str, items: list[Item]) -> list[ConceptRecord]:
    """What the model answers."""
    asks, chat = [ask(one) for one in items], Chat(load_processor(model))
    chunks = answers(open_engine(model, None, "hf", "auto", asks[:1]).engine, asks, ChunkSize(None))
    return [record(items[k], reply, chat) for chunk in chunks for k, reply in chunk]


def main() -> None:
    args = arguments()
    source = Source(args.data)
    items = [one for one in load(source, args.concepts).items if one.part in PARTS]
    print(f"{'method':8}{'lr':>9}" + "".join(f"{key:>15}" for key in SHOWN))
    for method in args.methods:
        for rate in args.at:
            runs = {seed: run(method, rate, seed, args, source, items) for seed in range(args.seeds)}
            print(line(method, rate, runs), flush=True)


def run(method: str, rate: float, seed: int, args: Any, source: Source, items: list[Item]) -> list[ConceptRecord]:
    """One run, asked."""
    settings = settings_for(method, args.vanilla, {"lr": rate, "seed": seed}, one_picture=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        unlearn_concepts(Job(args.vanilla, source, out, settings, quiet=True), method, args.concepts, {})
        return asked(str(out), items)


def line(method: str, rate: float, runs: dict[int, list[ConceptRecord]]) -> str:
    """A row of the table."""
    found = [measured(METRICS[key], runs) for key in SHOWN]
    return f"{method:8}{rate:9g}" + "".join(f"{one.mean:15.1%}" if one else f"{'-':>15}" for one in found)


if __name__ == "__main__":
    main()
