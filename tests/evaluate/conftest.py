"""`maker` writes results; `study` is a whole one, made once."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("maker", Path(__file__).with_name("maker.py"))
assert _spec is not None
assert _spec.loader is not None
_maker = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_maker)


@pytest.fixture(scope="session")
def maker():
    """The module that makes results."""
    return _maker


@pytest.fixture(scope="session")
def study(tmp_path_factory):
    """The folder of a small study: do not write into it."""
    return _maker.write_study(tmp_path_factory.mktemp("study"))
