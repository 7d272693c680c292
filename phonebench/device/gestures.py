"""Touches and keys as command lines of Android's `input`."""

from __future__ import annotations

from typing import Final

from phonebench.schema.action import DoubleTap, Drag, Key, LongPress, PressKey, Swipe, Tap

KEYCODES: Final[dict[Key, int]] = {
    "home": 3, "back": 4, "volume_up": 24, "volume_down": 25, "power": 26, "enter": 66, "delete": 67, "menu": 82,
    "recents": 187,
}  # fmt: skip
"""Android KeyEvent constants."""

Gesture = Tap | DoubleTap | LongPress | Swipe | Drag | PressKey
_MAX_MS: Final = 10_000


def command(action: Gesture) -> str:
    """The `input` command line of a touch or a key."""
    match action:
        case PressKey():
            return f"input keyevent {KEYCODES[action.key]}"
        case Tap():
            return f"input tap {action.at.x} {action.at.y}"
        case DoubleTap():
            return f"input tap {action.at.x} {action.at.y} && input tap {action.at.x} {action.at.y}"
        case LongPress():
            x, y = action.at.x, action.at.y
            return f"input swipe {x} {y} {x} {y} {_ms(action.duration_ms)}"
        case Swipe() | Drag():
            verb = "swipe" if isinstance(action, Swipe) else "draganddrop"
            start, end = action.start, action.end
            return f"input {verb} {start.x} {start.y} {end.x} {end.y} {_ms(action.duration_ms)}"


def duration_s(action: Gesture) -> float:
    """How long the finger is on the screen by the action's own word, in seconds."""
    return _ms(action.duration_ms) / 1000 if isinstance(action, LongPress | Swipe | Drag) else 0.0


def _ms(duration: int) -> int:
    return min(max(duration, 1), _MAX_MS)
