"""A laid-out screen as a picture: the entry points."""

from __future__ import annotations

from simphone.ui import color, raster
from simphone.ui.frame import Frame
from simphone.ui.paint import Cursor, display_list


def band_keys(frame: Frame, cursor: Cursor | None = None) -> list[raster.BandKey]:
    """What decides the pixels of a screen: equal keys are equal pictures."""
    metrics = frame.metrics
    background, _ = color.parse(frame.background)
    return raster.band_keys(display_list(frame, cursor), metrics.width, metrics.height, background)


def render_png(frame: Frame, cursor: Cursor | None = None) -> bytes:
    """The screen as PNG, 8-bit RGB, as large as the display."""
    return raster.png(band_keys(frame, cursor), frame.metrics.width, frame.metrics.height)


def render_rgba(frame: Frame, cursor: Cursor | None = None) -> bytes:
    """The screen as raw rows of RGBA, four bytes a pixel."""
    return raster.rgba(band_keys(frame, cursor))
