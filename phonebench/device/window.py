"""Screens that are not one app's whole: split, floating, folded."""

from __future__ import annotations

import re
from typing import Final

# Task.toString() in `dumpsys window` and `dumpsys activity`: visible=true ... mode=multi-window (WindowConfiguration).
_PARTED: Final = re.compile(
    r"Task\{[^\n]*\bvisible=true\b[^\n]*\bmode=(?:multi-window|split-screen-primary|split-screen-secondary|freeform)\b"
)
_STATE: Final = re.compile(r"[Cc]ommitted ?[Ss]tate\W[^\n]*?name='([A-Z_]+)'")
_PARTLY: Final = re.compile(r"CLOSED|FOLDED|HALF|TENT|FLEX|REAR|DUAL|CONCURRENT")


def split_screen(dumpsys: str) -> bool:
    """Whether apps share the screen, by `dumpsys window` or `dumpsys activity activities`."""
    return bool(_PARTED.search(dumpsys))


def posture_problem(device_state: str) -> str:
    """What is wrong with how a foldable phone is held, by `cmd device_state state`; empty for open and other phones."""
    state = _STATE.search(device_state)
    if state is None or not _PARTLY.search(state[1]):
        return ""
    return f"folded ({state[1].lower().replace('_', ' ')}): its screen changes size when it is opened"
