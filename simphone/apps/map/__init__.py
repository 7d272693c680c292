"""MAPS.ME: search, places, routes and bookmarks on a map that is drawn from numbers."""

from simphone.apps.map.app import APP

__all__ = ["APP"]
