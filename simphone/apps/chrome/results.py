"""Pages of search results: Google's, and Wikipedia's own."""

from __future__ import annotations

import re
from typing import Final

from simphone.apps.chrome import address, web
from simphone.apps.chrome.web import Block, Page

_WIKI: Final = "en.m.wikipedia.org/wiki/"
_HKU: Final = ("www.hku.hk", f"{_WIKI}University_of_Hong_Kong", "www.hku.hk/about", "hkust.edu.hk", "www.cuhk.edu.hk")
_HYPERBOLIC: Final = (
    f"{_WIKI}Hyperbolic_functions",
    "mathworld.wolfram.com/HyperbolicFunctions.html",
    f"{_WIKI}Inverse_hyperbolic_functions",
    f"{_WIKI}Hyperbola",
)
_GITHUB: Final = ("github.com", "github.com/login", "docs.github.com", f"{_WIKI}GitHub")
_NIKE_HK: Final = ("nike.com/hk", "www.nike.com", f"{_WIKI}Nike,_Inc.")
_NIKE: Final = ("www.nike.com", "nike.com/hk", f"{_WIKI}Nike,_Inc.")
_NEUTRAL: Final = ("example.org/guide", "example.org/questions", "example.org")
_TITLES: Final = {
    "github.com": "GitHub: Let’s build from here",
    "www.hku.hk": "The University of Hong Kong (HKU)",
    "nike.com/hk": "Nike Hong Kong. Official site",
}
_PANEL: Final[Block] = [
    "panel",
    "The University of Hong Kong",
    "Public university in Hong Kong",
    [["Address", "Pokfulam Road, Hong Kong"], ["Founded", "March 30, 1911"]],
]
_BRANDS: Final = {
    "wikipedia": "Wikipedia", "hku": "The University of Hong Kong", "hkust": "HKUST", "cuhk": "CUHK",
    "mathworld": "Wolfram MathWorld", "github": "GitHub", "docs": "GitHub Docs", "nike": "Nike",
    "scholar": "Google Scholar", "plain": "example.org", "youtube": "YouTube", "google": "Google",
}  # fmt: skip


def found(words: str) -> tuple[str, ...]:
    """Addresses for a search, best first: by words in any order, whatever their case."""
    said = set(re.findall(r"\w+", words.casefold()))
    hits: list[str] = []
    if "wikipedia" in said:
        hits.append("en.m.wikipedia.org")
    if "hku" in said or {"university", "hong", "kong"} <= said:
        hits += _HKU
    if "hyperbolic" in said:
        hits += _HYPERBOLIC
    if "github" in said:
        hits += _GITHUB
    if "nike" in said:
        hits += _NIKE_HK if "hk" in said or {"hong", "kong"} <= said else _NIKE
    if "scholar" in said:
        hits.append("scholar.google.com")
    if "wikipedia" in said and len(hits) > 1:
        hits.sort(key=lambda url: not url.startswith(_WIKI))
    if not hits and any(len(word) > 2 for word in said):
        hits += _NEUTRAL
    return tuple(dict.fromkeys(hits))


def google(url: str, words: str) -> Page:
    """The page of results for some words."""
    hits = found(words)
    blocks: list[Block] = [["search", "google", "Search", words], ["tabs", ["All", "Images", "News", "Videos", "Maps"]]]
    if _HKU[0] in hits:
        blocks.append(_PANEL)
    blocks += [_result(hit) for hit in hits]
    if not hits:
        blocks.append(["text", f"Your search - {words} - did not match any documents."])
        blocks.append(["text", "Suggestions: Make sure all words are spelled correctly. Try different keywords."])
    blocks.append(["foot", "Hong Kong"])
    return {"url": url, "title": f"{words} - Google Search", "site": "google", "aliases": [], "blocks": blocks}


def wikipedia(url: str) -> Page:
    """Wikipedia's own results; its address carries the words."""
    words = address.searched(f"{address.SEARCH}?q={url.partition('search=')[2]}") or ""
    names = web.articles(words)
    blocks: list[Block] = [["search", "wiki", "Search Wikipedia"], ["h1", "Search results"]]
    blocks += [["link", name, web.article(name)] for name in names]
    if not names:
        blocks.append(["text", "There were no results matching the query."])
    title = f"{words} – Search results – Wikipedia"
    return {"url": url, "title": title, "site": "wikipedia", "aliases": [], "blocks": blocks}


def _result(url: str) -> Block:
    page = web.sites()[url]
    shown = url.replace("en.m.", "en.").replace("/", " › ", 1)
    return ["result", _TITLES.get(url, page["title"]), _BRANDS[page["site"]], shown, _snippet(page), url]


def _snippet(page: Page) -> str:
    """The first running text of a page."""
    for block in page["blocks"]:
        if block[0] == "hero":
            return f"{block[1]}. {block[2]}"
        if block[0] in ("text", "facts"):
            return str(block[1]) if block[0] == "text" else ". ".join(f"{name}: {value}" for name, value in block[1])
    return ""
