"""Countries and their time zones, as the time zone page offers them."""

from __future__ import annotations

from typing import Final

REGIONS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Argentina": (("America/Argentina/Buenos_Aires", "Buenos Aires"),),
    "Australia": (
        ("Australia/Adelaide", "Adelaide"),
        ("Australia/Brisbane", "Brisbane"),
        ("Australia/Perth", "Perth"),
        ("Australia/Sydney", "Sydney"),
    ),
    "Brazil": (("America/Manaus", "Manaus"), ("America/Sao_Paulo", "São Paulo")),
    "Canada": (("America/Halifax", "Halifax"), ("America/Toronto", "Toronto"), ("America/Vancouver", "Vancouver")),
    "China": (("Asia/Shanghai", "Shanghai"), ("Asia/Urumqi", "Urumqi")),
    "Egypt": (("Africa/Cairo", "Cairo"),),
    "France": (("Europe/Paris", "Paris"),),
    "Germany": (("Europe/Berlin", "Berlin"),),
    "Hong Kong": (("Asia/Hong_Kong", "Hong Kong"),),
    "India": (("Asia/Kolkata", "Kolkata"),),
    "Indonesia": (("Asia/Jakarta", "Jakarta"), ("Asia/Makassar", "Makassar")),
    "Italy": (("Europe/Rome", "Rome"),),
    "Japan": (("Asia/Tokyo", "Tokyo"),),
    "Kenya": (("Africa/Nairobi", "Nairobi"),),
    "Mexico": (("America/Cancun", "Cancún"), ("America/Mexico_City", "Mexico City"), ("America/Tijuana", "Tijuana")),
    "New Zealand": (("Pacific/Auckland", "Auckland"),),
    "Singapore": (("Asia/Singapore", "Singapore"),),
    "South Africa": (("Africa/Johannesburg", "Johannesburg"),),
    "South Korea": (("Asia/Seoul", "Seoul"),),
    "Spain": (("Atlantic/Canary", "Canary"), ("Europe/Madrid", "Madrid")),
    "Taiwan": (("Asia/Taipei", "Taipei"),),
    "Thailand": (("Asia/Bangkok", "Bangkok"),),
    "Türkiye": (("Europe/Istanbul", "Istanbul"),),
    "United Arab Emirates": (("Asia/Dubai", "Dubai"),),
    "United Kingdom": (("Europe/London", "London"),),
    "United States": (
        ("Pacific/Honolulu", "Honolulu"),
        ("America/Anchorage", "Anchorage"),
        ("America/Los_Angeles", "Los Angeles"),
        ("America/Denver", "Denver"),
        ("America/Phoenix", "Phoenix"),
        ("America/Chicago", "Chicago"),
        ("America/New_York", "New York"),
    ),
}
"""Country -> its zones: (IANA name, city)."""
NAMES: Final = {
    "America/Anchorage": "Alaska Time",
    "America/Chicago": "Central Time",
    "America/Denver": "Mountain Time",
    "America/Los_Angeles": "Pacific Time",
    "America/New_York": "Eastern Time",
    "America/Toronto": "Eastern Time",
    "America/Vancouver": "Pacific Time",
    "Asia/Hong_Kong": "Hong Kong Standard Time",
    "Asia/Kolkata": "India Standard Time",
    "Asia/Seoul": "Korean Standard Time",
    "Asia/Shanghai": "China Standard Time",
    "Asia/Singapore": "Singapore Standard Time",
    "Asia/Taipei": "Taipei Standard Time",
    "Asia/Tokyo": "Japan Standard Time",
    "Etc/UTC": "Coordinated Universal Time",
    "Europe/Berlin": "Central European Time",
    "Europe/London": "British Time",
    "Europe/Madrid": "Central European Time",
    "Europe/Paris": "Central European Time",
    "Europe/Rome": "Central European Time",
    "Pacific/Honolulu": "Hawaii-Aleutian Standard Time",
    "UTC": "Coordinated Universal Time",
}
"""What a zone is called; the others are named after their city."""


def name_of(zone: str) -> str:
    """ "China Standard Time", "Cairo Time"."""
    return NAMES.get(zone) or f"{city_of(zone)} Time"


def city_of(zone: str) -> str:
    """The city of a zone."""
    known = {name: city for zones in REGIONS.values() for name, city in zones}
    return known.get(zone, zone.rsplit("/", 1)[-1].replace("_", " "))


def region_of(zone: str) -> str:
    """The country of a zone; empty for a zone that is not offered."""
    return next((region for region, zones in REGIONS.items() if zone in dict(zones)), "")


def offset_text(seconds: int) -> str:
    """ "GMT+08:00"."""
    minutes = abs(seconds) // 60
    return f"GMT{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
