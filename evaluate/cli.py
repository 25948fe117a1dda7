"""`mllmu-evaluate`: a table of commands. Each is imported when it is called, so that `--help` is instant."""

import click

from .. import __version__
from ..program import Table, run_group

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("commands.run", "Ask a model the benchmark's questions and score its answers."),
    "floor": ("commands.floor", "What guessing scores: by chance, or blind."),
    "judge": ("commands.judge", "Let a judge grade the answers of an evaluation."),
    "utility": ("commands.utility", "What else a model can do: MMMU, LLaVA-Bench."),
    "concepts": ("commands.concepts", "What is left of concepts forgotten from one picture."),
    "table": ("commands.table", "Evaluations side by side, as the paper's Table 2."),
    "plot": ("commands.plot", "Forgetting against utility, and one modality against the other."),
    "card": ("commands.card", "Scores for a checkpoint's model card, and for the Hub's leaderboard."),
    "show": ("commands.show", "What each model answers to a few questions."),
}
"""Name -> (module with a `command`, one line of help)."""


@click.group(cls=Table, table=COMMANDS, package=__package__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mllmu-evaluate")
def group() -> None:
    """Score a model on a benchmark of fictitious people: what it forgot, what it kept, how sure that is."""


def main(args: list[str] | None = None) -> None:
    """Entry point: runs a command, turns what goes wrong into one line and an exit code."""
    run_group(group, "mllmu-evaluate", args)


if __name__ == "__main__":
    main()
