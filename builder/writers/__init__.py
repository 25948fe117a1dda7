"""Writers turn decided facts into prose, questions and fine-tuning pairs. The file is the writer: `template.py`."""

from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from ...errors import UsageError
from .writer import Writer

_NOT_WRITERS = frozenset({"__init__", "writer", "questions"})


def writer_names() -> list[str]:
    """The writers there are: the files of this folder."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _NOT_WRITERS)


def get_writer(name: str, seed: int, **settings: object) -> Writer:
    """The writer of this name, imported only now; `settings` are its own."""
    known = writer_names()
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0)
        raise UsageError(f"no writer called {name!r}. Did you mean {near[0]!r}? Known: {', '.join(known)}.")
    return import_module(f"{__name__}.{name}").Writer(seed, **settings)
