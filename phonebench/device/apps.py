"""From what a model calls an app to its package."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from phonebench.uitree import app_names

_PACKAGE: Final = re.compile(r"[A-Za-z]\w*(\.\w+)+")
_CUTOFF: Final = 0.8
_CLOSE: Final = 0.03
_SHORTEST: Final = 4
_COMMON: Final = frozenset({"android", "apps", "google", "mobile", "samsung", "system", "com"})


def packages_in(listed: str) -> frozenset[str]:
    """The packages of what `pm list packages` prints."""
    return frozenset(re.findall(r"^package:(\S+)", listed, re.MULTILINE))


def package_of(app: str, installed: Collection[str]) -> str | None:
    """The installed package meant by a package name, a label or a near miss of a label.

    None when there is none, and when a near miss might mean several.
    """
    if app.strip() in installed:
        return app.strip()
    if _PACKAGE.fullmatch(app.strip()) and _plain(app) not in _aliases():
        return None
    names = {alias: found for alias, packages in _aliases().items() if (found := _first(packages, installed))}
    wanted = _plain(app)
    if wanted in names:
        return names[wanted]
    return _one(_segments(wanted, installed)) or _one(_nearest(wanted, names))


def _one(packages: set[str]) -> str | None:
    """Several are no answer: a wrong app opened is worse than none."""
    return packages.pop() if len(packages) == 1 else None


def _segments(wanted: str, installed: Collection[str]) -> set[str]:
    """Packages with the word as a part of their name, such as spotify of com.spotify.music."""
    if len(wanted) < _SHORTEST or wanted in _COMMON:
        return set()
    return {package for package in installed if wanted in map(_plain, package.split("."))}


def _nearest(wanted: str, names: dict[str, str]) -> set[str]:
    """Packages whose names come closest, and those that come about as close."""
    scores = {
        alias: difflib.SequenceMatcher(None, wanted, alias).ratio()
        for alias in difflib.get_close_matches(wanted, sorted(names), n=5, cutoff=_CUTOFF)
    }
    return {names[alias] for alias, score in scores.items() if score > max(scores.values()) - _CLOSE}


def _first(packages: tuple[str, ...], installed: Collection[str]) -> str | None:
    return next((package for package in packages if package in installed), None)


@lru_cache(maxsize=1)
def _aliases() -> dict[str, tuple[str, ...]]:
    """Plain alias -> packages, in the order of the table."""
    aliases: dict[str, tuple[str, ...]] = {}
    for package, names in app_names().items():
        for name in names:
            aliases[_plain(name)] = (*aliases.get(_plain(name), ()), package)
    return aliases


def _plain(name: str) -> str:
    """Lower case letters and digits of any script."""
    folded = unicodedata.normalize("NFKC", name[:200]).casefold()
    return "".join(c for c in folded if c.isalnum()).removesuffix("app") or folded
