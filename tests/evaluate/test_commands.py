"""The program's help is instant: nothing heavy is imported to print it."""

import subprocess
import sys

import pytest
from mllmu.evaluate.cli import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_loads_nothing_heavy(name):
    code = (
        "import sys; from click.testing import CliRunner; from mllmu.evaluate.cli import group; "
        f"done = CliRunner().invoke(group, [{name!r}, '--help']); assert done.exit_code == 0, done.output; "
        "print({'torch', 'transformers', 'datasets', 'numpy', 'peft', 'scipy', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == "set()"
