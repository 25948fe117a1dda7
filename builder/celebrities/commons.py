"""Pictures from Wikimedia Commons, with whose they are and under which licence; none that is not free."""

import json
import re
from collections.abc import Sequence
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from ...image_files import fault
from .web import Web, endpoint

DEFAULT_URL = "https://commons.wikimedia.org/w/api.php"
WIDTH = 512
BATCH = 40
"""File names a request; the service takes fifty."""

_FREE = re.compile(
    r"^(cc[ -]?0|cc[ -]by(-sa)?\b|public domain|pd\b|no restrictions|gfdl|fal\b|attribution\b|ogl\b)", re.I
)
_LIMITED = re.compile(r"\b(nc|nd|non-?commercial|no ?deriv|fair use|non-?free)", re.I)


class Offer(NamedTuple):
    """A picture as Commons offers it."""

    file: str
    url: str
    """Of the picture, scaled."""
    page: str
    author: str
    license: str
    free: bool
    """Whether the licence lets anyone use, change and pass on the picture."""


def offers(web: Web, files: Sequence[str]) -> dict[str, Offer]:
    """What Commons offers under these file names (as Wikidata writes them); a file that it lacks is left out.

    Raises:
        UnreachableError: The service gave no usable answer.
    """
    titles = {_title(file): file for file in files}
    params = {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "prop": "imageinfo",
        "iiprop": "url|extmetadata",
        "iiurlwidth": str(WIDTH),
        "titles": "|".join(titles),
    }
    found: dict[str, Offer] = {}
    for page in web.get(endpoint("MLLMU_COMMONS_URL", DEFAULT_URL), params, _pages):
        file = titles.get(str(page.get("title", "")))
        info = (page.get("imageinfo") or [{}])[0]
        if file and (offer := _offer(file, info)):
            found[file] = offer
    return found


def picture(web: Web, offer: Offer) -> bytes:
    """The picture itself, as it is sent; one that does not decode is asked for again.

    Raises:
        UnreachableError: It could not be had whole.
    """
    return web.get(offer.url, {}, _decodable)


def _title(file: str) -> str:
    return "File:" + unquote(file).replace("_", " ")


def _pages(data: bytes) -> list[dict[str, Any]]:
    """The pages of an answer.

    Raises:
        ValueError: The answer is cut, or no answer to this question.
    """
    answer = json.loads(data)
    try:
        pages = answer["query"]["pages"]
    except (KeyError, TypeError) as error:
        raise ValueError("JSON without pages") from error
    if not isinstance(pages, list):
        raise ValueError("pages of an unknown form")
    return pages


def _offer(file: str, info: dict[str, Any]) -> Offer | None:
    """What the page tells; None without an address. A licence or author that is not told makes it not free."""
    url, told = info.get("thumburl") or info.get("url"), info.get("extmetadata") or {}
    if not url:
        return None
    license = _text(told, "LicenseShortName") or _text(told, "UsageTerms")
    free = bool(_FREE.match(license)) and not _LIMITED.search(license) and _text(told, "NonFree") != "true"
    author = _text(told, "Artist") or _text(told, "Credit")
    owed = not re.match(r"cc[ -]?0|public domain|pd\b|no restrictions", license, re.I)
    return Offer(
        file=file,
        url=str(url),
        page=str(info.get("descriptionurl") or ""),
        author=author or "unknown",
        license=license or "not told",
        free=free and bool(author or not owed) and bool(info.get("descriptionurl")),
    )


def _text(told: dict[str, Any], key: str) -> str:
    """A cell of the metadata without its markup."""
    value = str((told.get(key) or {}).get("value") or "")
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", value)).split())


def _decodable(data: bytes) -> bytes:
    """The bytes, if they are a whole picture.

    Raises:
        ValueError: They are not.
    """
    if reason := fault(data):
        raise ValueError(f"a picture that does not decode: {reason}")
    return data
