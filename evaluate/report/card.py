"""A checkpoint's scores in its model card, beside floors and references; and as the Hub's leaderboard reads them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ...cards.eval_results import RESULTS_FILE, Score, eval_results
from ...cards.model_card import with_scores
from ...errors import MllmuError, UsageError
from ...unlearn.models import identity
from ...unlearn.run_record import write_text
from ..records import Results
from ..stats import summarise
from .formats import render
from .gather import studies
from .table import build

CARD = "README.md"


class Benchmark(NamedTuple):
    """A release on the Hub."""

    name: str
    """`owner/name`."""
    revision: str | None
    """Its tag or commit."""


def named(text: str) -> Benchmark:
    """`owner/name@tag`, or `owner/name`.

    Raises:
        UsageError: It is neither.
    """
    found = re.fullmatch(r"([\w.-]+/[\w.-]+)(?:@(.+))?", text)
    if found is None:
        raise UsageError(f"{text!r} is no release on the Hub, which is written owner/name@tag.")
    return Benchmark(found[1], found[2])


def write_card(model: Path, results: Iterable[Results], benchmark: Benchmark | None = None) -> list[Path]:
    """Put a model's scores into its card; and where the benchmark is on the Hub, into `.eval_results` too.

    Args:
        model: The checkpoint's folder.
        results: Evaluations, its own among them; those of floors, base, retain-only and vanilla are shown beside it.
        benchmark: Where the Hub has the release; by default, where the evaluation read it, if that was the Hub.

    Returns:
        The files that were written.

    Raises:
        UsageError: No evaluation of this model is among them, or several; or its card cannot be read.
        MllmuError: A file cannot be written.
    """
    results = list(results)
    own = _own(model, results)
    beside = [one for one in results if one.run["forget"] == own.run["forget"] and one.run["role"] != "unlearned"]
    (study,) = studies([own, *(one for one in beside if one is not own)])
    benchmark = benchmark or _read_from(own)
    table = render("markdown", [build(study, "both")])
    files = {model / CARD: _card(model / CARD, table, benchmark)}
    if benchmark:
        files[model / RESULTS_FILE] = eval_results(_scores(own), *benchmark)
    for file, text in files.items():
        try:
            write_text(file, text)
        except OSError as error:
            raise MllmuError(f"cannot write {file}: {error.strerror or error}.") from error
    return list(files)


def _own(model: Path, results: list[Results]) -> Results:
    """The evaluation of this very model, as it is now."""
    weights = [identity(str(model))]
    found = [one for one in results if one.run["role"] != "floor" and one.run["request"].get("weights") == weights]
    if not found:
        raise UsageError(
            f"none of these evaluations is of {model} as it is now. Make one: mllmu-evaluate run --model {model} …"
        )
    if len(found) > 1:
        raise UsageError(f"{found[0].folder} and {found[1].folder} are both of {model}. Leave one out.")
    return found[0]


def _read_from(own: Results) -> Benchmark | None:
    """The release that was evaluated, if it was read from the Hub."""
    data = own.run["data"]
    return Benchmark(data["source"], data["revision"]) if own.run["request"]["release"] is None else None


def _card(path: Path, table: str, benchmark: Benchmark | None) -> str:
    from yaml import YAMLError

    try:
        card = path.read_text(encoding="utf-8") if path.exists() else f"# {path.parent.resolve().name}\n"
        return with_scores(card, table, benchmark and benchmark.name)
    except (ValueError, YAMLError) as error:
        raise UsageError(f"{path} cannot be read: {str(error).splitlines()[0]}. Mend it, or delete it.") from error


def _scores(own: Results) -> list[Score]:
    """The multiple-choice accuracy of every set, with a picture and by name in one number."""
    run, ratio = own.run, int(own.run["forget"])
    tasks = {
        "forget": f"forget_{ratio:02d}", "test": f"test_{ratio:02d}", "retain": f"retain_{100 - ratio}",
        "celebrity": "celebrity",
    }  # fmt: skip
    found = summarise(record for record in own.records if record.task == "classification")
    scores = []
    for name, modalities in found.items():
        cell = modalities["both"]["classification"]["accuracy"]
        notes = [
            f"{run['method']}, {ratio} % forgotten" if run["role"] == "unlearned" else str(run["role"]),
            f"multiple choice, {cell['questions']} questions about {cell['people']} people",
            f"95 % interval {100 * cell['low']:.1f} to {100 * cell['high']:.1f}",
            f"{run['protocol']} protocol" + (f", by {run['choice']}" if run["choice"] else ""),
        ]
        if name == "celebrity" and run.get("celebrity_pictures") == "stand-in":
            notes.append("celebrity pictures are stand-ins")
        scores.append(Score(tasks[name], cell["mean"], "; ".join(notes)))
    return scores
