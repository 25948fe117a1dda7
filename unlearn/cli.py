"""`mllmu-unlearn`: a table of commands. Each is imported when it is called, so that `--help` is instant."""

import click

from .. import __version__
from ..program import Table, run_group

COMMANDS: dict[str, tuple[str, str]] = {
    "base": ("commands.base", "Make the reference model: a small LLaVA that knows the celebrities and the formats."),
    "finetune": ("commands.finetune", "Teach a model a release: vanilla, or retain-only."),
    "run": ("commands.run", "Make a model forget, by one method."),
    "recall": ("commands.recall", "How many of its fine-tuning answers a model still gives."),
    "reproduce": ("commands.reproduce", "The whole study: every model, every evaluation, table and figures."),
    "methods": ("commands.methods", "List the methods and their knobs."),
}
"""Name -> (module with a `command`, one line of help)."""


@click.group(cls=Table, table=COMMANDS, package=__package__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mllmu-unlearn")
def group() -> None:
    """Fine-tune a vision-language model on a release of fictitious people, and make it forget some of them."""


def main(args: list[str] | None = None) -> None:
    """Entry point: runs a command, turns what goes wrong into one line and an exit code."""
    run_group(group, "mllmu-unlearn", args)


if __name__ == "__main__":
    main()
