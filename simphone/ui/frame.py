"""A laid-out screen: what layout makes of Views, and what painting, the XML dump and hit-testing read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simphone.ui.view import View, Window

Rect = tuple[int, int, int, int]
"""left, top, right, bottom in px; right and bottom exclusive."""


@dataclass(slots=True)
class Metrics:
    """The display. `density` in dpi; one dp is density / 160 px. Insets are the px of bars and keyboard."""

    width: int
    height: int
    density: int
    status_bar: int
    nav_bar: int
    font_scale: float = 1.0
    rotation: int = 0
    """Quarter turns from upright, counter-clockwise, as Surface.ROTATION_*; width and height are already turned."""

    @property
    def scale(self) -> float:
        """px per dp."""
        return self.density / 160

    def px(self, dp: float) -> int:
        """dp to whole px, rounded half up."""
        return int(dp * self.scale + 0.5)


@dataclass(slots=True)
class Box:
    """A View with its place. `rect` is the whole box, `visible` what is left after clipping (may be empty)."""

    view: View
    rect: Rect
    visible: Rect
    children: list[Box] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Text after wrapping."""
    content: tuple[int, int] = (0, 0)
    """Of a scroller: content width and height in px."""
    offset: int = 0
    """Of a scroller: px scrolled along its axis."""

    def walk(self) -> Iterator[Box]:
        """This box and all below, parents first."""
        stack = [self]
        while stack:
            box = stack.pop()
            yield box
            stack.extend(reversed(box.children))


@dataclass(slots=True)
class WindowFrame:
    """One window with its layout. `package` owns it; `rect` is its place on the screen."""

    window: Window
    package: str
    root: Box
    rect: Rect
    layer: str = "app"
    """app | system | ime: system and ime windows are drawn but are never the window that is dumped, unless focused."""


@dataclass(slots=True)
class Frame:
    """The whole screen, windows bottom first. `active` is the index of the window with the input focus."""

    metrics: Metrics
    windows: list[WindowFrame]
    active: int
    background: str = "#000000"
