"""The web that this phone reaches: a few sites, Google's results over them, and errors for all else.

A page is a title and blocks; a block is [kind, ...], drawn by simphone.apps.chrome.blocks. The sites are in sites.json.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypedDict

from simphone.apps.chrome import address

NEW_TAB: Final = "chrome://newtab"
_SITES: Final = Path(__file__).with_name("sites.json")
_WIKIPEDIA: Final = "en.m.wikipedia.org"
_WIKIPEDIA_HOSTS: Final = ("wikipedia.org", "www.wikipedia.org", "en.wikipedia.org", "m.wikipedia.org")
SCHOLAR_SEARCH: Final = "scholar.google.com/scholar?q="
_WIKI_SEARCH: Final = f"{_WIKIPEDIA}/wiki/Special:Search?search="

Block = list[Any]


class Page(TypedDict):
    """A page as it stands in a tab. `site` chooses its header and colours."""

    url: str
    title: str
    site: str
    aliases: list[str]
    blocks: list[Block]


@lru_cache(maxsize=1)
def sites() -> dict[str, Page]:
    """All pages by their address, in the order of sites.json."""
    pages: list[Page] = json.loads(_SITES.read_text(encoding="utf-8"))["pages"]
    return {page["url"]: page for page in pages}


@lru_cache(maxsize=1)
def _index() -> dict[str, str]:
    """Every way to write the address of a page, folded, -> its address."""
    found: dict[str, str] = {}
    for page in sites().values():
        for url in (page["url"], *page["aliases"]):
            for variant in (url, url.removeprefix("www."), url if url.startswith("www.") else "www." + url):
                found.setdefault(_folded(variant), page["url"])
    return found


def _folded(url: str) -> str:
    return url.casefold().replace("%20", "_").replace("_", " ")


def resolve(typed: str) -> str:
    """The address that a typed one ends on, after redirects; one that leads nowhere stays as it is."""
    if typed == NEW_TAB or typed.casefold().rstrip("/") in ("chrome://newtab", "chrome-native://newtab"):
        return NEW_TAB
    url = address.bare(typed)
    host, path = address.split(url)
    if host in _WIKIPEDIA_HOSTS:
        url = _WIKIPEDIA + path
    words = address.searched(url)
    if words is not None:
        return address.search_url(words)
    return _index().get(_folded(url), url)


def page(url: str) -> Page:
    """What stands at a resolved address."""
    from simphone.apps.chrome import results

    words = address.searched(url)
    if words is not None:
        return results.google(url, words)
    if url.startswith(_WIKI_SEARCH):
        return results.wikipedia(url)
    if url.startswith(SCHOLAR_SEARCH):
        blocks: list[Block] = [
            ["search", "scholar", "Search articles"],
            ["text", "Your search did not match any articles."],
        ]
        return _made(url, "Google Scholar", "scholar", blocks)
    known = sites().get(url)
    if known is not None:
        return known
    host, path = address.split(url)
    if host == _WIKIPEDIA and path.startswith("/wiki/"):
        return _no_article(url, path.removeprefix("/wiki/").replace("_", " "))
    if any(address.split(each)[0].removeprefix("www.") == host.removeprefix("www.") for each in sites()):
        return _made(url, "Page not found", "plain", [["h1", "404"], ["text", "The page you are looking for is gone."]])
    return _made(url, host, "error", [["error", "This site can’t be reached", "DNS_PROBE_FINISHED_NXDOMAIN", host]])


def offline(url: str) -> Page:
    """What every address gives without a network."""
    blocks: list[Block] = [["error", "No internet", "ERR_INTERNET_DISCONNECTED", ""]]
    return _made(url, address.split(url)[0], "error", blocks)


def wiki_search(words: str) -> str:
    """Where Wikipedia's search leads: an article of that name, else its results."""
    title = next((name for name in articles(words) if name.casefold() == words.strip().casefold()), None)
    if title is not None:
        return article(title)
    return _WIKI_SEARCH + address.search_url(words).partition("q=")[2]


def article(title: str) -> str:
    """The address of a Wikipedia article."""
    return f"{_WIKIPEDIA}/wiki/{title.replace(' ', '_')}"


def articles(words: str) -> list[str]:
    """Titles of Wikipedia articles that begin with the words, then those that hold them all."""
    folded = words.strip().casefold()
    if not folded:
        return []
    titles = [page["title"].removesuffix(" – Wikipedia") for page in sites().values() if "/wiki/" in page["url"]]
    first = [title for title in titles if title.casefold().startswith(folded)]
    rest = [title for title in titles if title not in first and all(w in title.casefold() for w in folded.split())]
    return first + rest


def _no_article(url: str, title: str) -> Page:
    blocks: list[Block] = [
        ["h1", title],
        ["text", "Wikipedia does not have an article with this exact name."],
        ["search", "wiki", "Search Wikipedia"],
    ]
    return _made(url, f"{title} – Wikipedia", "wikipedia", blocks)


def _made(url: str, title: str, site: str, blocks: list[Block]) -> Page:
    return {"url": url, "title": title, "site": site, "aliases": [], "blocks": blocks}
