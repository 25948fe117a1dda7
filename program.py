"""What the three programs share: a table of commands, imported when called, and how a program ends."""

import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from .errors import MllmuError

Commands = Mapping[str, tuple[str, str]]
"""Name -> (module with a `command`, one line of help)."""


class Table(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def __init__(self, *args: Any, table: Commands, package: str, **kwargs: Any):
        """`package`: what the table's modules are in."""
        super().__init__(*args, **kwargs)
        self.table = table
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; this imports it."""
        if cmd_name not in self.table:
            return None
        return import_module(f".{self.table[cmd_name][0]}", self.package).command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, as `--help` prints it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.table.items()])


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
