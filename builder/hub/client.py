"""The Hub's client, told to be quiet: what a person should know, our commands say themselves."""

import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huggingface_hub import HfApi


def hub_client(quiet: bool = False) -> "HfApi":
    """A client with the token of the environment or of `hf auth login`; bars of transfers only at a terminal."""
    from huggingface_hub import HfApi
    from huggingface_hub.utils import disable_progress_bars, logging

    from ... import __version__

    logging.set_verbosity_error()  # its warnings show the addresses of uploads, which carry signatures
    warnings.filterwarnings("ignore", category=UserWarning, module="huggingface_hub")  # what it warns of, we report
    if quiet or not sys.stderr.isatty():
        disable_progress_bars()
    return HfApi(library_name="mllmu-bench", library_version=__version__)
