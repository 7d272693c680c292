"""The cities that the world clock knows, from cities.txt."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """A city with its country and IANA time zone."""

    name: str
    country: str
    zone: str


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """All cities, sorted by name."""
    lines = Path(__file__).with_name("cities.txt").read_text(encoding="utf-8").splitlines()
    return tuple(Place(*line.split("|")) for line in lines if line and not line.startswith("#"))


def _folded(text: str) -> str:
    """Without accents and case: "Bogota" finds Bogotá."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return "".join(bare).casefold().strip()


@lru_cache(maxsize=256)
def search(query: str) -> tuple[Place, ...]:
    """Cities with a word that begins with the query, those whose name begins with it first; none for no query."""
    wanted = _folded(query)
    if not wanted:
        return ()
    first = [place for place in places() if _folded(place.name).startswith(wanted)]
    rest = [place for place in places() if place not in first and _mentions(place, wanted)]
    return (*first, *rest)


def _mentions(place: Place, wanted: str) -> bool:
    return f" {wanted}" in f" {_folded(place.name)}" or _folded(place.country).startswith(wanted)
