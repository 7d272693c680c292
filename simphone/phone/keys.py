"""Key events by their Android numbers (android.view.KeyEvent)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from simphone.phone import editor, tasks, touch
from simphone.phone.machine import Machine
from simphone.phone.screen import settle
from simphone.phone.systemui import overlays, recents, shade
from simphone.ui.traits import max_offset

KEY_MS: Final = 50
SHIFT: Final = 0x1
CTRL: Final = 0x1000
_SHIFT_ANY: Final = 0xC1
_CTRL_ANY: Final = 0x7000

_A, _Z = 29, 54
_PLAIN: Final = {
    **{7 + digit: (str(digit), ")!@#$%^&*("[digit]) for digit in range(10)},
    **{_A + at: (chr(97 + at), chr(65 + at)) for at in range(26)},
    **{144 + digit: (str(digit), str(digit)) for digit in range(10)},
    17: ("*", "*"), 18: ("#", "#"), 55: (",", "<"), 56: (".", ">"), 62: (" ", " "), 68: ("`", "~"), 69: ("-", "_"),
    70: ("=", "+"), 71: ("[", "{"), 72: ("]", "}"), 73: ("\\", "|"), 74: (";", ":"), 75: ("'", '"'), 76: ("/", "?"),
    77: ("@", "@"), 81: ("+", "+"), 154: ("/", "/"), 155: ("*", "*"), 156: ("-", "-"), 157: ("+", "+"), 158: (".", "."),
    159: (",", ","), 161: ("=", "="), 162: ("(", "("), 163: (")", ")"),
}  # fmt: skip
"""Keys that type: number -> character plain and with shift."""


def press(m: Machine, code: int, *, longpress: bool = False, meta: int = 0) -> None:
    """A key, pressed and released. Numbers that mean nothing here are accepted and do nothing, as on a phone."""
    awake = touch.begin(m)
    if not awake:
        if code in _WAKING:
            _wake(m)
        m.advance(KEY_MS)
        return
    if code == 3 and longpress:
        recents.toggle(m)
    elif meta & _CTRL_ANY:
        action = _CONTROL.get(code)
        if action is not None:
            action(m)
    elif code in _PLAIN:
        editor.insert(m, _PLAIN[code][1 if meta & _SHIFT_ANY else 0])
    elif code in _MOVES:
        _move(m, code, select=bool(meta & _SHIFT_ANY))
    elif code == 61:
        editor.next_field(m, -1 if meta & _SHIFT_ANY else 1)
    else:
        action = _ACTIONS.get(code)
        if action is not None:
            action(m)
    m.changed()
    m.advance(KEY_MS)


# --- single keys --------------------------------------------------------------------------------------------------
def _move(m: Machine, code: int, *, select: bool) -> None:
    editor.move(m, _MOVES[code], select=select)


def _home(m: Machine) -> None:
    tasks.home(m)


def _center(m: Machine) -> None:
    editor.action(m)


def _sleep(m: Machine) -> None:
    m.state["screen_on"] = False
    m.state["keyboard"]["shown"] = False


def _wake(m: Machine) -> None:
    m.state["screen_on"] = True
    m.changed()


def _hang_up(m: Machine) -> None:
    m.state["telephony"]["call"] = None


def _page(m: Machine, direction: int) -> None:
    """Page up and down: the first scroller of the window moves by its height."""
    screen = settle(m)
    for window in reversed(screen.app_windows()):
        for box in window.root.walk():
            scroll = box.view.scroll
            if scroll is not None and scroll.axis == "y" and max_offset(box):
                offset = box.offset + direction * (box.rect[3] - box.rect[1])
                m.state["scroll"].setdefault(screen.app, {})[scroll.key] = max(0, min(offset, max_offset(box)))
                return


_MOVES: Final[Mapping[int, editor.Move]] = {21: "left", 22: "right", 122: "home", 123: "end", 19: "home", 20: "end"}
"""Also the arrows up and down: in a field of one line they go to its ends."""
_WAKING: Final = frozenset((26, 224, 82))
_ACTIONS: Final[Mapping[int, Callable[[Machine], object]]] = {
    3: _home,
    4: touch.back,
    6: _hang_up,
    23: _center,
    24: partial(overlays.step_volume, step=1),
    25: partial(overlays.step_volume, step=-1),
    26: _sleep,
    66: editor.action,
    67: editor.delete,
    83: shade.pull,
    92: partial(_page, direction=-1),
    93: partial(_page, direction=1),
    111: touch.back,
    112: partial(editor.delete, forward=True),
    160: editor.action,
    164: partial(overlays.step_volume, step=0, mute=True),
    187: recents.toggle,
    223: _sleep,
    277: partial(editor.menu, name="Cut"),
    278: partial(editor.menu, name="Copy"),
    279: partial(editor.menu, name="Paste"),
}
_CONTROL: Final[Mapping[int, Callable[[Machine], object]]] = {
    29: editor.select_all,
    31: partial(editor.menu, name="Copy"),
    50: partial(editor.menu, name="Paste"),
    52: partial(editor.menu, name="Cut"),
}
