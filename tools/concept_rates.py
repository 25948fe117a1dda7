"""Shows what learning rates do when concepts are forgotten, each from one picture: for presets, and for docs/siu.md.

    cd /tmp && python /path/to/tools/concept_rates.py DATA VANILLA --methods siu ga --at 1e-3 2e-3 --seeds 3

Prints a line a method and rate, in per cent, the mean over seeds: Efficacy and Generality EM (pictures whose answer has
not the name), Specificity (the others' test pictures whose answer has it), and facts about the forgotten that are kept,
as docs/siu.md defines them. Rates are to be chosen on a release that nothing is reported of.
"""

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from mllmu.evaluate.concepts.items import Item, load
from mllmu.evaluate.concepts.score import ask
from mllmu.evaluate.concepts.wording import says
from mllmu.evaluate.engine.chunks import ChunkSize, answers
from mllmu.evaluate.engine.load import open_engine
from mllmu.unlearn.concepts import unlearn_concepts
from mllmu.unlearn.jobs import Job
from mllmu.unlearn.presets import settings_for
from mllmu.unlearn.release import Source

METHODS = ("siu", "po", "ga", "ga_kl")
SHOWN = {"efficacy": "efficacy", "generality": "EM", "kept": "specificity", "by_name": "facts kept"}
"""Part of an evaluation -> heading."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("vanilla")
    parser.add_argument("--concepts", default="1-5")
    parser.add_argument("--methods", nargs="+", default=METHODS)
    parser.add_argument("--at", nargs="+", type=float, required=True, metavar="LR")
    parser.add_argument("--seeds", type=int, default=1)
    return parser.parse_args()


def said(model: str, items: list[Item]) -> dict[str, float]:
    """Share of the items of each part whose answer has the value."""
    asks = [ask(one)._replace(candidates=()) for one in items]
    found: dict[str, list[bool]] = defaultdict(list)
    for chunk in answers(open_engine(model, None, "hf", "auto", asks[:1]).engine, asks, ChunkSize(None)):
        for k, reply in chunk:
            found[items[k].part].append(says(reply.text, items[k].value))
    return {part: sum(hits) / len(hits) for part, hits in found.items()}


def main() -> None:
    args = arguments()
    source = Source(args.data)
    items = [one for one in load(source, args.concepts).items if one.part in SHOWN]
    print(f"{'method':8}{'lr':>9}" + "".join(f"{heading:>13}" for heading in SHOWN.values()))
    for method in args.methods:
        for rate in args.at:
            runs = [run(method, rate, seed, args, source, items) for seed in range(args.seeds)]
            print(line(method, rate, runs), flush=True)


def run(method: str, rate: float, seed: int, args: Any, source: Source, items: list[Item]) -> dict[str, float]:
    """One run, asked."""
    settings = settings_for(method, args.vanilla, {"lr": rate, "seed": seed}, one_picture=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        unlearn_concepts(Job(args.vanilla, source, out, settings, quiet=True), method, args.concepts, {})
        return said(str(out), items)


def line(method: str, rate: float, runs: list[dict[str, float]]) -> str:
    """A row of the table."""
    means = {part: sum(run[part] for run in runs) / len(runs) for part in SHOWN}
    shares = (1 - means[part] if part in ("efficacy", "generality") else means[part] for part in SHOWN)
    return f"{method:8}{rate:9g}" + "".join(f"{share:13.1%}" for share in shares)


if __name__ == "__main__":
    main()
