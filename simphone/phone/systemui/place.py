"""Laying out windows of the system: always in a given area, cached where they depend on little."""

from __future__ import annotations

from collections.abc import Mapping

from simphone.ui.frame import Metrics, Rect, WindowFrame
from simphone.ui.layout import layout_window
from simphone.ui.view import View, Window

SYSTEM_UI = "com.android.systemui"

Display = tuple[int, int, int, int, int, float]
"""The fields of Metrics, hashable."""


def display(metrics: Metrics) -> Display:
    """Metrics as a cache key."""
    return (
        metrics.width,
        metrics.height,
        metrics.density,
        metrics.status_bar,
        metrics.nav_bar,
        metrics.font_scale,
    )


def place(
    root: View,
    metrics: Metrics,
    area: Rect,
    *,
    title: str,
    package: str = SYSTEM_UI,
    offsets: Mapping[str, int] | None = None,
) -> WindowFrame:
    """A window that fills `area` (px), drawn above the app's windows."""
    frame = layout_window(Window(root, kind="panel", title=title), package, metrics, offsets or {}, area)
    frame.layer = "system"
    return frame
