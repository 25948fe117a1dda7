"""Everything that goes wrong on purpose.

MllmuError            exit code 1   something failed; the message says what to do
├── UsageError                  2   the request itself is wrong: a bad option, a broken config
├── FindingsError               3   done, but something was found or is incomplete
└── BudgetError                 4   the spending limit was reached; the same command goes on
"""


class MllmuError(Exception):
    """Base of all errors meant for a person: one or two lines that say what is wrong, where, and what to do."""

    exit_code = 1


class UsageError(MllmuError):
    """The request cannot be carried out as it was put."""

    exit_code = 2


class FindingsError(MllmuError):
    """The work is done, and something about its result is not as it should be."""

    exit_code = 3


class BudgetError(MllmuError):
    """The spending limit was reached before the work was done."""

    exit_code = 4
