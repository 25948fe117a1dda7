"""Real builds, made once a session by the real command line."""

import pytest
from commandline import build


@pytest.fixture(scope="session")
def text_build(tmp_path_factory):
    """The folder in which `mllmu/bench` of 20 people was built, without pictures."""
    folder = tmp_path_factory.mktemp("text")
    build("generate", "--n", 20, "--portraits", "none", cwd=folder)
    return folder


@pytest.fixture(scope="session")
def picture_build(tmp_path_factory):
    """The folder in which `mllmu/bench` of 20 people was built, with pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    build("generate", "--n", 20, "--seed", 3, cwd=folder)
    return folder
