"""What the Hub, the network and the disk can answer, told in one line. A token never appears in it."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import MllmuError, UsageError

_ADVICE = {
    403: "the token may not write to {repo}. Use one with write access to it (huggingface.co/settings/tokens).",
    409: "{repo}: {said}. Somebody else may be pushing; look at it and try again.",
    412: "somebody else has changed {repo} meanwhile, so nothing was pushed. Look at what changed, then push again.",
    413: "{repo}: the Hub finds a file too large.",
    429: "the Hub asks for fewer requests. Wait a few minutes; the same command goes on where it stopped.",
}
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def hub_errors(repo: str) -> Iterator[None]:
    """Turns every failure of huggingface_hub and of the network below it into an MllmuError about `repo`."""
    from huggingface_hub.errors import HfHubHTTPError

    http_error: type[Exception] = HfHubHTTPError.__mro__[1]  # httpx's base, whichever httpx the client is built on
    try:
        yield
    except MllmuError:
        raise
    except (http_error, OSError, ValueError, RuntimeError) as error:
        raise _translated(error, repo) from error


def _translated(error: BaseException, repo: str) -> MllmuError:
    from huggingface_hub import constants
    from huggingface_hub import errors as hub

    cause = error.__cause__ if isinstance(error, RuntimeError) and error.__cause__ else error  # a failed upload
    if isinstance(cause, hub.LocalTokenNotFoundError):
        return MllmuError("no Hugging Face token. Run `hf auth login`, or set HF_TOKEN.")
    if constants.HF_HUB_OFFLINE and isinstance(cause, (hub.OfflineModeIsEnabled, hub.LocalEntryNotFoundError)):
        return MllmuError("HF_HUB_OFFLINE is set, so the Hub cannot be reached. Unset it.")
    if isinstance(cause, hub.HFValidationError):
        return UsageError(f"{repo!r} is no repository name; it is written owner/name.")
    if isinstance(cause, hub.GatedRepoError):
        return MllmuError(f"{repo} is gated: ask for access on its page, then use a token of that account.")
    if isinstance(cause, hub.RevisionNotFoundError):
        return UsageError(f"{repo} has no such tag or revision. Its tags are listed on its page.")
    if isinstance(cause, hub.RepositoryNotFoundError):
        return UsageError(f"{repo} is not on the Hub, or is private and your token (HF_TOKEN) may not see it.")
    if isinstance(cause, hub.HfHubHTTPError):
        return _answered(cause, repo)
    if isinstance(cause, OSError) and cause.errno in _DISK_FULL:
        return MllmuError("the disk is full. Make room, or let HF_HOME point to a larger one; then try again.")
    # The client looks into its cache when it reaches nobody, and then says that the file is not there.
    if isinstance(cause, (hub.HfHubHTTPError.__mro__[1], hub.LocalEntryNotFoundError, ConnectionError, TimeoutError)):
        return MllmuError(f"cannot reach the Hub ({_first_line(cause)}). The same command goes on where it stopped.")
    if isinstance(cause, OSError):
        return MllmuError(f"cannot read or write {cause.filename or repo}: {cause.strerror or _first_line(cause)}.")
    return MllmuError(f"{repo}: {_first_line(cause)}")


def _answered(error: BaseException, repo: str) -> MllmuError:
    """The Hub answered, with an error status."""
    response = getattr(error, "response", None)
    status = response.status_code if response is not None else 0
    said = getattr(error, "server_message", None) or _first_line(error)
    if status == 401:
        return MllmuError("the Hub does not accept your token. Log in anew with `hf auth login`, or mend HF_TOKEN.")
    if status in _ADVICE:
        return MllmuError(_ADVICE[status].format(repo=repo, said=said))
    if status >= 500:
        return MllmuError(
            f"the Hub has trouble ({status}). Try again later; the same command goes on where it stopped."
        )
    return MllmuError(f"the Hub refused ({status}): {said}")


def _first_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    line = lines[0].strip() if lines else type(error).__name__
    return re.sub(r"\bhf_\w+", "hf_…", line)
