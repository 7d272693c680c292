"""What is typed into the address bar: an address or words to search for. Addresses are kept without their scheme."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, quote_plus

SEARCH: Final = "www.google.com/search"
_SCHEME: Final = re.compile(r"^[a-z]+://", re.IGNORECASE)
_HOST: Final = re.compile(r"^[\w-]+(?:\.[\w-]+)+(?::\d+)?$")


def is_address(typed: str) -> bool:
    """Whether the text is opened as an address: a dot and no blank in it, as Chrome takes "github.com/login"."""
    text = typed.strip()
    if not text or any(char.isspace() for char in text):
        return False
    return bool(_SCHEME.match(text)) or bool(_HOST.match(split(text)[0]))


def split(address: str) -> tuple[str, str]:
    """Host in small letters, and path without a closing slash ("" for the root) but with its query."""
    bare = _SCHEME.sub("", address.strip()).partition("#")[0]
    match = re.match(r"[^/?]*", bare)
    host = match.group() if match else ""
    return host.lower().rstrip("."), bare[len(host) :].rstrip("/")


def bare(address: str) -> str:
    """An address as the bar shows it: no scheme, no closing slash."""
    host, path = split(address)
    return host + path


def search_url(words: str) -> str:
    """The address of a page of results."""
    return f"{SEARCH}?q={quote_plus(words.strip())}"


def searched(url: str) -> str | None:
    """The words of a page of results; None for any other address."""
    host, path = split(url)
    if host.removeprefix("www.") != "google.com" or not path.startswith("/search"):
        return None
    return parse_qs(path.partition("?")[2]).get("q", [""])[0]


def target(typed: str) -> str:
    """Where the text leads when Enter is pressed."""
    return bare(typed) if is_address(typed) else search_url(typed)
