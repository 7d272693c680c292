"""The map that is on the phone: its places, from california.json, and the search in it.

Distances and routes in the file were noted at one spot, `surveyed_at`; seen from anywhere else they are computed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from simphone.apps.map.geo import Metric, Point, coordinates, great_circle

_PIN: Final = "pin:"
_SPOT_M: Final = 60.0
"""How far from the surveyed spot its distances still hold."""
_FILLERS: Final = frozenset((
    "a", "address", "an", "and", "at", "by", "closest", "for", "in", "me", "my", "near", "nearby", "nearest", "of",
    "on", "the", "to",
))  # fmt: skip
"""Words of a query that say nothing about a place."""


class Category(NamedTuple):
    """A group of places that can be searched for by one tap. `words` are what people type for it."""

    label: str
    icon: str
    color: str
    types: tuple[str, ...]
    words: tuple[str, ...]


CATEGORIES: Final = (
    Category(
        "Where to eat",
        "restaurant",
        "#e8710a",
        ("Restaurant", "Cafe", "Fast food"),
        ("where eat", "eat", "eating", "food"),
    ),
    Category("Hotels", "bed", "#7a57d1", ("Hotel",), ("hotels", "hotel", "lodging")),
    Category("Sights", "camera", "#a8577e", ("Museum", "Viewpoint"), ("sights", "sight", "attractions")),
    Category(
        "Transport",
        "bus",
        "#2f7bc8",
        ("Bus stop", "Subway station", "Train station"),
        ("transport", "public transport"),
    ),
    Category("Gas", "gas_station", "#4a6a8a", ("Gas station",), ("gas", "fuel")),
    Category("Parking", "parking", "#2f7bc8", ("Parking",), ("parking",)),
    Category("Shopping", "cart", "#c2567a", ("Mall", "Furniture store"), ("shopping", "shops", "shop", "stores")),
    Category("ATM", "cash", "#2e8b57", ("ATM",), ("atm", "atms", "cash")),
)
_RESTAURANTS: Final = Category("Restaurants", "restaurant", "#e8710a", ("Restaurant",), ("restaurant", "restaurants"))
_LOOKS: Final = {
    "University": ("school", "#8a6d3b"),
    "Hospital": ("emergency", "#d0433b"),
    "Office": ("work", "#6b7680"),
    "Park": ("park", "#3f8f3f"),
    "Sports centre": ("flag", "#3f8f3f"),
    "Cafe": ("cafe", "#b0693a"),
    "Subway station": ("train", "#2f7bc8"),
    "Train station": ("train", "#2f7bc8"),
    "City": ("place_filled", "#6b7680"),
    "Neighborhood": ("place_filled", "#6b7680"),
    "Street": ("route", "#6b7680"),
}


class Place(NamedTuple):
    """A place of the map. `meters` is its distance from the surveyed spot, None where it was not noted."""

    id: str
    name: str
    type: str
    address: str
    point: Point
    meters: int | None = None
    town: str = ""
    also: str = ""
    hours: str = ""
    phone: str = ""
    stars: int = 0

    @property
    def icon(self) -> str:
        """Its sign: a key of simphone.ui.icons."""
        return self._look()[0]

    @property
    def color(self) -> str:
        """The colour of its sign."""
        return self._look()[1]

    def _look(self) -> tuple[str, str]:
        if self.type in _LOOKS:
            return _LOOKS[self.type]
        return next(((c.icon, c.color) for c in CATEGORIES if self.type in c.types), ("place_filled", "#6b7680"))


@lru_cache(maxsize=1)
def content() -> dict[str, Any]:
    """california.json as it stands."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("california.json").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def spot() -> Point:
    """Where distances and routes were noted."""
    return Point(**content()["surveyed_at"])


@lru_cache(maxsize=1)
def metric() -> Metric:
    """The flat sheet on which the map is drawn."""
    return Metric(spot())


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """All places."""
    return tuple(
        Place(point=Point(entry.pop("lat"), entry.pop("lon")), **entry)
        for entry in (dict(each) for each in content()["places"])
    )


@lru_cache(maxsize=512)
def place(ident: str) -> Place:
    """A place by its id; `pin:<lat>,<lon>` is a point that somebody marked. Raises KeyError."""
    if ident.startswith(_PIN):
        lat, lon = ident.removeprefix(_PIN).split(",")
        point = Point(float(lat), float(lon))
        return Place(ident, "Dropped pin", "Point on the map", coordinates(point), point)
    found = next((each for each in places() if each.id == ident), None)
    if found is None:
        raise KeyError(ident)
    return found


def pin(point: Point) -> str:
    """The id of a marked point."""
    return f"{_PIN}{point.lat:.5f},{point.lon:.5f}"


def at_spot(here: Point) -> bool:
    """Whether the noted distances and routes hold."""
    return great_circle(here, spot()) < _SPOT_M


def away(found: Place, here: Point) -> float:
    """Metres from where the phone is to a place."""
    if found.meters is not None and at_spot(here):
        return float(found.meters)
    return great_circle(here, found.point)


# --- search ---------------------------------------------------------------------------------------------------------
def words(text: str) -> tuple[str, ...]:
    """Words without case, accents and marks, and without those that say nothing about a place."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return tuple(word for word in re.findall(r"[^\W_]+", bare.casefold()) if word not in _FILLERS)


@lru_cache(maxsize=256)
def _entries() -> tuple[tuple[Place, str, frozenset[str]], ...]:
    """Places with their name as a search sees it, and all words they are found by."""
    return tuple((each, " ".join(words(each.name)), frozenset(words(" ".join(_texts(each))))) for each in places())


def _texts(each: Place) -> tuple[str, ...]:
    return (each.name, each.type, each.address, each.town, each.also)


def category(query: str) -> Category | None:
    """The category that a query names, if it names one."""
    wanted = " ".join(words(query))
    return next((c for c in (*CATEGORIES, _RESTAURANTS) if wanted in c.words), None)


def search(query: str, here: Point) -> list[Place]:
    """Places found by a query: of a category by distance; otherwise the very name first, then names that begin with
    the query, then the rest, each by distance. Nothing for a query without words."""
    wanted = words(query)
    if not wanted:
        return []
    named = category(query)
    whole = " ".join(wanted)
    found = []
    for each, name, known in _entries():
        if named is not None and each.type in named.types:
            rank = 0
        elif all(any(word.startswith(part) for word in known) for part in wanted):
            rank = 0 if named is not None or name == whole else 1 if name.startswith(whole) else 2
        else:
            continue
        found.append((rank, away(each, here), each.name, each))
    return [each for *_, each in sorted(found, key=lambda hit: hit[:3])]
