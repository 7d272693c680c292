"""Fingers: taps, long presses, swipes and drags become messages, scrolling and system gestures.

Time: a tap takes TAP_MS, a swipe its own duration. Whoever looked at the screen since the last input took THINK_MS to
answer; so two taps sent without a look between them are a double tap, and a toast is gone after a few steps.
"""

from __future__ import annotations

import math
from typing import Any, Final

from simphone.phone import editor, fling, tasks
from simphone.phone.machine import SYSTEM, Machine
from simphone.phone.screen import Screen, focus_on, settle
from simphone.phone.systemui import answer, recents, shade
from simphone.ui import hit
from simphone.ui.hit import Target
from simphone.ui.traits import max_offset

Json = Any

TAP_MS: Final = 100
THINK_MS: Final = 1000
DOUBLE_TAP_MS: Final = 300
LONG_PRESS_MS: Final = 500
"""ViewConfiguration's double tap time-out; a long press counts at 400 ms there, but `input` users hold for 500."""
SLOP_DP: Final = 8.0
"""ViewConfiguration's touch slop: the way a finger goes before anything moves."""
EDGE_DP: Final = 24.0
"""Width of the strips at the sides where the back gesture starts."""
HOLD_MS: Final = 800
"""A swipe up from the bottom that takes this long is `swipe and hold`: recents instead of home."""


def begin(m: Machine) -> bool:
    """Before each input: the time since the last look. False when the screen is off and swallows the touch."""
    shown = m.state["system_ui"]
    if shown["looked"]:
        shown["looked"] = False
        m.advance(THINK_MS)
    return bool(m.state["screen_on"])


# --- taps ---------------------------------------------------------------------------------------------------------
def tap(m: Machine, x: float, y: float) -> None:
    """A short touch."""
    if not begin(m):
        return
    screen = settle(m)
    shown = m.state["system_ui"]
    last, shown["last_tap"] = shown["last_tap"], [x, y, m.epoch_ms]
    if last is not None and m.epoch_ms - last[2] < DOUBLE_TAP_MS and _near(screen, last, x, y):
        double = hit.double_tap(screen.frame, x, y)
        if double is not None and double.kind == "double_tap":
            shown["last_tap"] = None
            _send(m, screen, double, double.box.view.on_double_tap)
            m.advance(TAP_MS)
            return
    _tap(m, screen, hit.tap(screen.frame, x, y), x, y)
    m.advance(TAP_MS)


def _near(screen: Screen, last: list[float], x: float, y: float) -> bool:
    return math.dist(last[:2], (x, y)) < screen.frame.metrics.px(100)


def _tap(m: Machine, screen: Screen, target: Target | None, x: float, y: float) -> None:
    m.state["system_ui"]["text_menu"] &= target is not None and target.window.layer == "system"
    m.changed()
    if target is None:
        return
    view = target.box.view
    if target.kind == "outside":
        dismiss(m, screen)
    elif target.kind == "slide" and view.slide is not None:
        _send(m, screen, target, (*view.slide.on_slide, hit.slide_fraction(target.box, x, y)))
    elif target.kind == "canvas" and view.canvas is not None:
        _at_point(m, screen, target, view.canvas.on_tap, x, y)
    elif target.kind == "edit":
        if view.on_tap is not None:
            _send(m, screen, target, view.on_tap)
        focus_on(m, screen.app, view)
    elif target.kind == "tap":
        _send(m, screen, target, view.on_tap)


def dismiss(m: Machine, screen: Screen) -> bool:
    """Close the topmost window of the app, if it can be dismissed."""
    msg = screen.window.dismiss
    if msg is None:
        return False
    m.send(screen.app, msg)
    return True


def _send(m: Machine, screen: Screen, target: Target, msg: tuple[Json, ...] | None) -> None:
    """Deliver a message to whose window it was."""
    if msg is None:
        return
    layer = target.window.layer
    if layer == "app":
        m.send(screen.app, msg)
    elif layer == "ime":
        editor.press(m, str(msg[0]), *(str(each) for each in msg[1:]))
    else:
        answer.update(m, msg)


def _at_point(m: Machine, screen: Screen, target: Target, msg: tuple[Json, ...] | None, x: float, y: float) -> None:
    """Deliver a message of a canvas, with the point in dp from its top left corner."""
    left, top, _, _ = target.box.rect
    scale = screen.frame.metrics.scale
    _send(m, screen, target, None if msg is None else (*msg, (x - left) / scale, (y - top) / scale))


def long_press(m: Machine, x: float, y: float, ms: int = LONG_PRESS_MS) -> None:
    """A touch that is held."""
    if not begin(m):
        return
    screen = settle(m)
    target = hit.long_press(screen.frame, x, y)
    if target is not None and target.kind == "long_press":
        _send(m, screen, target, target.box.view.on_long_press)
    elif target is not None and target.kind == "canvas" and target.box.view.canvas is not None:
        _at_point(m, screen, target, target.box.view.canvas.on_hold, x, y)
    elif target is not None and target.kind == "edit":
        focus_on(m, screen.app, target.box.view)
        editor.select_all(m)
        m.state["system_ui"]["text_menu"] = True
        m.changed()
    else:
        _tap(m, screen, target, x, y)
    m.advance(ms)


# --- swipes -------------------------------------------------------------------------------------------------------
def swipe(m: Machine, x1: float, y1: float, x2: float, y2: float, ms: int) -> None:
    """A finger that moves in a straight line at an even speed, and leaves moving."""
    slop = m.metrics.px(SLOP_DP)
    if math.dist((x1, y1), (x2, y2)) < slop:
        if ms >= LONG_PRESS_MS:
            long_press(m, x1, y1, ms)
        else:
            tap(m, x1, y1)
        return
    if not begin(m):
        return
    screen = settle(m)
    if not _system_gesture(m, screen, x1, y1, x2 - x1, y2 - y1, ms):
        target = hit.swipe(screen.frame, x1, y1, x2 - x1, y2 - y1)
        if target is not None:
            _swiped(m, screen, target, (x1, y1), (x2, y2), ms)
    m.advance(ms)


def drag(m: Machine, x1: float, y1: float, x2: float, y2: float, ms: int) -> None:
    """Long press, move, release. What cannot be dragged is scrolled, without a fling."""
    if not begin(m):
        return
    screen = settle(m)
    target = hit.drag(screen.frame, x1, y1)
    scale = screen.frame.metrics.scale
    if target is not None and target.kind == "drag" and target.box.view.on_drag is not None:
        _send(m, screen, target, (*target.box.view.on_drag, (x2 - x1) / scale, (y2 - y1) / scale))
    else:
        target = hit.swipe(screen.frame, x1, y1, x2 - x1, y2 - y1)
        if target is not None:
            _swiped(m, screen, target, (x1, y1), (x2, y2), 0)
    m.advance(ms + LONG_PRESS_MS)


def _system_gesture(m: Machine, screen: Screen, x: float, y: float, dx: float, dy: float, ms: int) -> bool:
    """Shade from the top, home and recents from the bottom, back from the sides; False when it is none of these."""
    metrics = screen.frame.metrics
    upright = abs(dy) > abs(dx)
    edge = metrics.px(EDGE_DP)
    if upright and dy > 0 and y < metrics.status_bar:
        shade.pull(m)
        if dy > metrics.height * 0.75:
            shade.pull(m)
    elif upright and dy < 0 and y >= metrics.height - metrics.nav_bar:
        if ms >= HOLD_MS:
            recents.toggle(m)
        else:
            tasks.home(m)
    elif not upright and ((x < edge and dx > edge) or (x >= metrics.width - edge and dx < -edge)):
        back(m)
    else:
        return False
    return True


def _swiped(
    m: Machine, screen: Screen, target: Target, start: tuple[float, float], end: tuple[float, float], ms: int
) -> None:
    view, box = target.box.view, target.box
    dx, dy = end[0] - start[0], end[1] - start[1]
    if target.kind == "slide" and view.slide is not None:
        _send(m, screen, target, (*view.slide.on_slide, hit.slide_fraction(box, *end)))
    elif target.kind == "swipe" and view.on_swipe is not None:
        _send(m, screen, target, view.on_swipe[hit.direction(dx, dy)])
    elif target.kind == "canvas" and view.canvas is not None and view.canvas.on_pan is not None:
        scale = screen.frame.metrics.scale
        _send(m, screen, target, (*view.canvas.on_pan, dx / scale, dy / scale))
    elif target.kind == "scroll" and view.scroll is not None:
        scroll_by(m, screen, target, -(dx if view.scroll.axis == "x" else dy), ms)
    elif target.kind == "page" and view.scroll is not None and view.scroll.on_page is not None:
        turn(m, screen, target, dx if view.scroll.axis == "x" else dy)


def scroll_by(m: Machine, screen: Screen, target: Target, moved: float, ms: int) -> None:
    """Scroll by a finger's way of `moved` px (content's direction) in `ms`; 0 ms means without a fling."""
    box = target.box
    assert box.view.scroll is not None
    density = screen.frame.metrics.density
    slop = screen.frame.metrics.px(SLOP_DP)
    way = math.copysign(max(0.0, abs(moved) - slop), moved)
    if ms:
        way += fling.distance(moved * 1000 / ms, density)
    offset = max(0, min(box.offset + round(way), max_offset(box)))
    owner = screen.app if target.window.layer == "app" else SYSTEM
    m.state["scroll"].setdefault(owner, {})[box.view.scroll.key] = offset
    m.changed()


def turn(m: Machine, screen: Screen, target: Target, moved: float) -> None:
    """One page on or back."""
    box = target.box
    scroll = box.view.scroll
    assert scroll is not None and scroll.on_page is not None
    side = 0 if scroll.axis == "x" else 1
    extent = max(1, box.rect[side + 2] - box.rect[side])
    page = round(box.offset / extent) + (1 if moved < 0 else -1)
    if 0 <= page < max(1, round(box.content[side] / extent)):
        _send(m, screen, target, (*scroll.on_page, page))


# --- back ---------------------------------------------------------------------------------------------------------
def back(m: Machine) -> None:
    """The back key or gesture: shade, recents, keyboard, the topmost window, the app, out of the app."""
    screen = settle(m)
    shown = m.state["system_ui"]
    if shown["shade"] != "closed":
        shade.close(m)
    elif shown["recents"]:
        shown["recents"] = False
    elif shown["text_menu"]:
        shown["text_menu"] = False
    elif m.state["keyboard"]["shown"]:
        m.state["keyboard"]["shown"] = False
    elif screen.app and not dismiss(m, screen) and not m.apps[screen.app].back(m.ctx(screen.app)):
        tasks.leave(m, screen.app)
    m.changed()
