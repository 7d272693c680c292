"""A finger told of in pieces - down, move, up - which becomes one gesture when it leaves the screen."""

from __future__ import annotations

import math
from typing import Any, Final, Literal

from simphone.phone import touch
from simphone.phone.machine import Machine

Motion = Literal["down", "move", "up", "cancel"]
_LEAST_MS: Final = 100
"""How long a finger is on the screen at least."""


def move(m: Machine, motion: Motion, x: float, y: float) -> None:
    """One event of the finger, px. Without a `down` before, the others mean nothing."""
    pointer = m.state.get("pointer")
    if motion == "down":
        m.state["pointer"] = {"from": [x, y], "far": False, "since_ms": m.epoch_ms}
    elif motion == "cancel":
        m.state.pop("pointer", None)
    elif pointer is not None:
        pointer["far"] = pointer["far"] or math.dist(pointer["from"], (x, y)) > m.metrics.px(touch.SLOP_DP)
        if motion == "up":
            del m.state["pointer"]
            _gesture(m, pointer, (x, y))


def _gesture(m: Machine, pointer: dict[str, Any], last: tuple[float, float]) -> None:
    x1, y1 = pointer["from"]
    held_ms = m.epoch_ms - pointer["since_ms"]
    if pointer["far"]:
        touch.swipe(m, x1, y1, *last, max(held_ms, _LEAST_MS))
    elif held_ms >= touch.LONG_PRESS_MS:
        touch.long_press(m, x1, y1, held_ms)
    else:
        touch.tap(m, x1, y1)
