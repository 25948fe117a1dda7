"""Loads models; what goes wrong is said in one line."""

import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TypeVar

from ....errors import MllmuError, UsageError

T = TypeVar("T")
NEEDED = ("torch", "diffusers", "transformers", "accelerate")


def need(what: str, packages: Sequence[str] = NEEDED) -> None:
    """Check, without importing them, that packages are installed.

    Raises:
        UsageError: One is not.
    """
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise UsageError(f'{what} needs {", ".join(missing)}. Install with: pip install "mllmu-bench[faces]"')


def load(what: str, name: str, loader: Callable[[], T]) -> T:
    """What `loader` returns, with no bars and no chatter.

    Raises:
        MllmuError: It cannot be loaded.
    """
    _hush()
    try:
        with quietly():
            return loader()
    except MllmuError:
        raise
    except Exception as error:
        # The Hub's client, safetensors, torch and the file system all raise their own; none is ours to tell apart.
        raise MllmuError(
            f"cannot load {what} from {name}: {_first_line(error)} "
            "It is fetched from the Hugging Face Hub: check the name and the network, or give a folder that holds it."
        ) from error


@contextmanager
def quietly() -> Iterator[None]:
    """Without warnings: the libraries' are about their own futures, and none of them is the user's to change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _hush() -> None:
    with suppress(ImportError):
        from diffusers.utils import logging as diffusers

        diffusers.disable_progress_bar()
        diffusers.set_verbosity_error()
    with suppress(ImportError):
        from transformers.utils import logging as transformers

        transformers.disable_progress_bar()
        transformers.set_verbosity_error()
    logging.getLogger("accelerate").setLevel(logging.ERROR)


def _first_line(error: Exception) -> str:
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return text if text.endswith((".", "!", "?")) else f"{text}."
