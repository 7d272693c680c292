"""Zoom, signed out: the join form and the settings of meetings."""

from simphone.apps.zoom.app import APP

__all__ = ["APP"]
