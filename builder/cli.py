"""`mllmu-build`: a table of commands. Each is imported when it is called, so that `--help` is instant."""

import click

from .. import __version__
from ..program import Table, run_group

COMMANDS: dict[str, tuple[str, str]] = {
    "generate": ("commands.generate", "Build a benchmark: people, portraits, questions, test set, checks, release."),
    "validate": ("commands.validate", "Run every check over a release."),
    "stats": ("commands.stats", "Count a release, beside the paper's Table 1."),
    "preview": ("commands.preview", "Write contact sheets of a release."),
    "push": ("commands.push", "Release a folder on the Hub: one commit, then the tag."),
    "verify": ("commands.verify", "Check a release through load_dataset, on the Hub or in a folder."),
    "concepts": ("commands.concepts", "Build concepts to forget from one picture, after MMUBench."),
    "export": ("commands.export", "Write a release in the published benchmark's layout."),
    "diff": ("commands.diff", "What changed between two releases."),
    "celebrities": ("celebrities.commands", "List, check and refresh the set of public figures."),
    "prompts": ("commands.prompts", "Show the prompts of the LLM writer."),
    "ledger": ("commands.ledger", "Show the calls of a build: totals, slow ones, rejected replies."),
}
"""Name -> (module with a `command`, one line of help)."""


@click.group(cls=Table, table=COMMANDS, package=__package__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mllmu-build")
def group() -> None:
    """Build, check and release benchmarks of fictitious people for multimodal unlearning."""


def main(args: list[str] | None = None) -> None:
    """Entry point: runs a command, turns what goes wrong into one line and an exit code."""
    run_group(group, "mllmu-build", args)


if __name__ == "__main__":
    main()
