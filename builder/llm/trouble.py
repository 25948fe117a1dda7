"""What an endpoint's errors mean for the call, and for all others."""

import email.utils
import time
from collections.abc import Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from .endpoint import KEY, Endpoint

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAIError

_LONGEST_REST = 120.0
_SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})


class Kind(Enum):
    """What to do about it."""

    BUSY = auto()
    """Refused for the rate: ask again later, as often as it takes."""
    BROKEN = auto()
    """The endpoint or the line broke down: ask again, a few times."""
    UNFIT = auto()
    """This very body will never be answered."""
    FATAL = auto()
    """No body will be answered until somebody does something."""


class Trouble(NamedTuple):
    """An attempt without a reply."""

    kind: Kind
    what: str
    """Fits after the endpoint's address: `answered 500`."""
    retry_after: float = 0.0
    """Seconds that the endpoint asked for."""
    charged: bool = False
    """Whether a reply may have been made, and charged for, that never came."""


def trouble_of(error: "OpenAIError", endpoint: Endpoint) -> Trouble:
    """What an error of the client library means. Nothing in it shows the key."""
    from httpx2 import ConnectError, ConnectTimeout
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    if isinstance(error, APIStatusError):
        return _of_status(error, endpoint)
    cause = error.__cause__
    charged = not isinstance(cause, ConnectError | ConnectTimeout)  # else nothing was sent
    if isinstance(error, APITimeoutError):
        return Trouble(Kind.BROKEN, f"did not answer within {endpoint.timeout:g} s", charged=charged)
    if isinstance(error, APIConnectionError):
        why = endpoint.clean(str(cause) or type(cause).__name__) if cause else "no reason given"
        return Trouble(Kind.BROKEN, f"cannot be reached or hung up ({why})", charged=charged)
    return Trouble(Kind.BROKEN, f"sent what cannot be read ({type(error).__name__})", charged=True)


def _of_status(error: "APIStatusError", endpoint: Endpoint) -> Trouble:
    status, said = error.status_code, endpoint.clean(_message(error))
    if status == 429 and error.code in _SPENT:
        return Trouble(Kind.FATAL, f"says that the account's quota is used up ({said})")
    if status in (429, 503):
        return Trouble(Kind.BUSY, f"answered {status} ({said})", retry_after(error.response.headers))
    if status in (408, 409) or status >= 500:
        return Trouble(Kind.BROKEN, f"answered {status} ({said})", charged=status in (408, 504))  # timed out there
    if status in (401, 403):
        return Trouble(Kind.FATAL, f"refused the key ({status}). Is {KEY} set to a key for this address?")
    if status == 404:
        return Trouble(Kind.FATAL, f"answered 404 ({said}). Are --model and --base-url right?")
    return Trouble(Kind.UNFIT, f"answered {status} ({said})")


def _message(error: "APIStatusError") -> str:
    body = error.body
    text = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(text or error.message).split())[:200]


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to rest, from `retry-after-ms` or `retry-after` in either of its forms; 0 if neither is there."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return min(_LONGEST_REST, max(0.0, float(headers[name]) / unit))
        except (KeyError, ValueError):
            continue
    moment = email.utils.parsedate_tz(headers.get("retry-after", ""))
    return min(_LONGEST_REST, max(0.0, email.utils.mktime_tz(moment) - time.time())) if moment else 0.0
