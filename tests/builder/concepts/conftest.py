"""Small releases of concepts, made once a session by the real command line."""

from pathlib import Path

import pytest
from commandline import build

THINGS = ("--mix", "emblem=1,flag=1,character=1,style=1", "--n", 4, "--pictures", 2, "--teach", 1)
PEOPLE = ("--mix", "person=1", "--n", 2, "--pictures", 2, "--teach", 0, "--groups", 1)


@pytest.fixture(scope="session")
def things(tmp_path_factory) -> Path:
    """The folder in which one thing of each kind was built."""
    folder = tmp_path_factory.mktemp("things")
    build("concepts", *THINGS, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def people(tmp_path_factory) -> Path:
    """The folder in which two people and their group pictures were built."""
    folder = tmp_path_factory.mktemp("people")
    build("concepts", *PEOPLE, cwd=folder)
    return folder
