"""`mllmu-build`: a table of commands. Each is imported when it is called, so that `--help` is instant."""

import os
import signal
import sys
from importlib import import_module
from typing import Any

import click

from .. import __version__
from ..errors import MllmuError

COMMANDS: dict[str, tuple[str, str]] = {
    "generate": ("commands.generate", "Build a benchmark: people, portraits, questions, test set, checks, release."),
    "validate": ("commands.validate", "Run every check over a release."),
    "stats": ("commands.stats", "Count a release, beside the paper's Table 1."),
    "preview": ("commands.preview", "Write contact sheets of a release."),
    "push": ("commands.push", "Release a folder on the Hub: one commit, then the tag."),
    "verify": ("commands.verify", "Check a release through load_dataset, on the Hub or in a folder."),
    "export": ("commands.export", "Write a release in the published benchmark's layout."),
    "diff": ("commands.diff", "What changed between two releases."),
    "celebrities": ("celebrities.commands", "List, check and refresh the set of public figures."),
}
"""Name -> (module with a `command`, one line of help)."""


class Table(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; this imports it."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(f".{COMMANDS[cmd_name][0]}", __package__).command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, as `--help` prints it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mllmu-build")
def group() -> None:
    """Build, check and release benchmarks of fictitious people for multimodal unlearning."""


def main(args: list[str] | None = None) -> None:
    """Entry point: runs a command, turns what goes wrong into one line and an exit code."""
    run_group(group, "mllmu-build", args)


def run_group(commands: click.Group, prog: str, args: list[str] | None = None) -> None:
    """Run a click group as a program: 0 done, 1 failure, 2 usage, 3 findings, 4 budget, 130 interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)  # so that a polite kill leaves no worker behind
    try:
        code: Any = commands.main(args, prog_name=prog, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except MllmuError as error:
        click.echo(f"{prog}: {error}", err=True)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"\n{prog}: interrupted. The same command goes on where it stopped.", err=True)
        code = 130
    except BrokenPipeError:  # `mllmu-build … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
