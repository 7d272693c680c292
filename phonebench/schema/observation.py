"""What an agent sees: one moment of a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle in device pixels; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def center(self) -> tuple[int, int]:
        """(x, y) of the middle pixel."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    @property
    def empty(self) -> bool:
        """True when no pixel lies inside."""
        return self.right <= self.left or self.bottom <= self.top

    @property
    def area(self) -> int:
        """Pixels inside."""
        return 0 if self.empty else (self.right - self.left) * (self.bottom - self.top)

    def holds(self, x: float, y: float) -> bool:
        """True when the point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def clipped(self, width: int, height: int) -> Bounds:
        """The part that lies on a screen of width x height pixels; may be empty."""
        return Bounds(max(0, self.left), max(0, self.top), min(width, self.right), min(height, self.bottom))


@dataclass(frozen=True, slots=True)
class UiNode:
    """A node of the uiautomator dump; `cls` is the full Android class name."""

    bounds: Bounds
    cls: str = ""
    text: str = ""
    desc: str = ""
    resource_id: str = ""
    package: str = ""
    checkable: bool = False
    checked: bool = False
    clickable: bool = False
    enabled: bool = True
    focusable: bool = False
    focused: bool = False
    scrollable: bool = False
    long_clickable: bool = False
    password: bool = False
    selected: bool = False
    children: tuple[UiNode, ...] = ()

    @property
    def touchable(self) -> bool:
        """True for what answers a touch."""
        return self.clickable or self.long_clickable or self.checkable

    @property
    def editable(self) -> bool:
        """True for a text field, by its class."""
        return self.cls.endswith(("EditText", "AutoCompleteTextView"))

    def walk(self) -> Iterator[UiNode]:
        """This node and all below it, in document order (iterative: depth is bounded by memory only)."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Observation:
    """The screen before a step.

    `png` is the screenshot as sent by the device (width x height pixels); `xml` the UI dump as text, empty when the
    device gave none; `ui` its parsed root, or None. `device_time` is the phone's own clock, ISO 8601 without zone.
    """

    png: bytes = field(repr=False)
    width: int
    height: int
    xml: str = field(default="", repr=False)
    ui: UiNode | None = field(default=None, repr=False)
    package: str = ""
    activity: str = ""
    device_time: str = ""
    keyboard_shown: bool = False
    secure: bool = False
    """True when the screen refused to be captured (black image of a protected window)."""
    notice: str = ""
    """What the runner has to tell the agent with this screen (a person's answer, a refusal), in its language."""
    took_s: float = field(default=0.0, compare=False)
    """Seconds of taking this observation, without any wait for a stable screen."""
