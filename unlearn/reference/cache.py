"""Where reference models and their population are kept: in the user's cache folder."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from ...errors import MllmuError, UsageError
from .recipe import Population


def cache_folder() -> Path:
    """`$MLLMU_CACHE`, else `mllmu` in the user's cache folder."""
    if given := os.environ.get("MLLMU_CACHE"):
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mllmu"


def population_folder(population: Population, quiet: bool) -> Path:
    """The population as a release, built where it is not there yet.

    By the builder's command line: training reads releases, it does not make them.

    Raises:
        MllmuError: The builder failed; its own words are on stderr.
    """
    made_by = version("mllmu-bench")
    folder = cache_folder() / f"population-{population.n}-{population.seed}-{population.views}-{made_by}"
    if (folder / "manifest.json").is_file():
        return folder
    alone()
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "mllmu.builder.cli", "generate", "--name", "mllmu/population", "--out", str(folder),
        "--n", str(population.n), "--seed", str(population.seed), "--views", str(population.views),
        "--celebrities", "none",
    ]  # fmt: skip
    done = subprocess.run([*command, *(["--quiet"] if quiet else [])], stdout=sys.stderr)
    if not (folder / "manifest.json").is_file():
        raise MllmuError(
            f"the population could not be built (exit code {done.returncode}). To see why: {' '.join(command)}"
        )
    return folder


def alone() -> None:
    """What the cache lacks is made by one process.

    Raises:
        UsageError: A launcher has started several.
    """
    if os.environ.get("WORLD_SIZE", "1") != "1":
        raise UsageError("the reference model is made by one process: run `mllmu-unlearn base` first, by itself.")
