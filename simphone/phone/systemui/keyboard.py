"""The soft keyboard: layouts as data, one Views builder, and what a key does."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from simphone.phone import settings
from simphone.phone.machine import Machine
from simphone.phone.systemui.place import Display, display, place
from simphone.ui.frame import Metrics, WindowFrame
from simphone.ui.view import MATCH, Msg, Paint, Picture, TextStyle, View

HEIGHT_DP: Final = 260
ADB_HEIGHT_DP: Final = 24
"""The ADB keyboard shows a bare strip and no keys."""
_TOOLBAR_DP: Final = 40.0
_PACKAGE: Final = "com.google.android.inputmethod.latin"

# One string per row; keys apart by blanks. Words in capitals are special keys, see _SPECIAL.
_LETTERS: Final = ("q w e r t y u i o p", "a s d f g h j k l", "SHIFT z x c v b n m DEL")
_SYMBOLS: Final = ("1 2 3 4 5 6 7 8 9 0", "@ # $ _ & - + ( ) /", "MORE * \" ' : ; ! ? DEL")
_MORE: Final = ("~ ` | • √ π ÷ × § ∆", "£ ¢ € ¥ ^ ° = { } \\", "SYM % © ® ™ ✓ [ ] DEL")
_BOTTOM: Final = {
    "text": "SYM , GLOBE SPACE . ACTION",
    "email": "SYM @ GLOBE SPACE . ACTION",
    "url": "SYM / GLOBE SPACE . ACTION",
}
_NUMBER: Final = ("1 2 3 -", "4 5 6 SPACE", "7 8 9 DEL", ", 0 . ACTION")
_PHONE: Final = ("1 2 3 -", "4 5 6 +", "7 8 9 DEL", "* 0 # ACTION")
_WEIGHTS: Final = {"SPACE": 4.2, "SHIFT": 1.5, "DEL": 1.5, "MORE": 1.5, "SYM": 1.5, "ABC": 1.5, "ACTION": 1.5}
_SPECIAL: Final[dict[str, tuple[str, Msg]]] = {
    "SHIFT": ("icon:shift", ("shift",)),
    "DEL": ("icon:backspace", ("backspace",)),
    "GLOBE": ("icon:globe", ("nothing",)),
    "ACTION": ("icon:enter", ("action",)),
    "SYM": ("?123", ("page", "symbols")),
    "MORE": ("=\\<", ("page", "more")),
    "ABC": ("ABC", ("page", "letters")),
    "SPACE": ("", ("key", " ")),
}


def height(m: Machine, metrics: Metrics) -> int:
    """px from the bottom of the screen that the keyboard covers."""
    return metrics.px(ADB_HEIGHT_DP if settings.adb_keyboard(m) else HEIGHT_DP) + metrics.nav_bar


def rows(mode: str, page: str) -> tuple[str, ...]:
    """The rows of keys of a field's mode on a page."""
    if mode in ("number", "phone"):
        return _NUMBER if mode == "number" else _PHONE
    top = {"letters": _LETTERS, "symbols": _SYMBOLS, "more": _MORE}[page]
    bottom = _BOTTOM.get(mode, _BOTTOM["text"])
    return (*top, bottom if page == "letters" else bottom.replace("SYM", "ABC"))


def _key(name: str, shift: bool, dark: bool, pad: bool) -> View:
    ink, plain, special, accent = (
        ("#e3e3e3", "#47494b", "#37393b", "#a8c7fa") if dark else ("#1f1f1f", "#ffffff", "#d8dce4", "#0b57d0")
    )
    label, msg = _SPECIAL.get(name, (name, ("key", name)))
    fill = plain if name not in _SPECIAL or name == "SPACE" else special
    if name not in _SPECIAL and len(name) == 1 and shift:
        label = name.upper()
        msg = ("key", label)
    if name == "ACTION":
        fill, ink = accent, "#062e6f" if dark else "#ffffff"
    if name == "SHIFT" and shift:
        ink = accent
    is_icon = label.startswith("icon:")
    size = 16.0 if name in ("SYM", "ABC", "MORE") else 22.0
    return View(
        text="" if is_icon else label,
        desc=name if name in _SPECIAL else label,
        style=None if is_icon else TextStyle(size=size, color=ink, align="center", max_lines=1),
        picture=Picture("icon", label[5:], ink, 22.0) if is_icon else None,
        paint=Paint(fill=fill, radius=24 if name in ("ACTION", "SYM", "ABC") else 6),
        on_tap=msg,
        weight=1.0 if pad else _WEIGHTS.get(name, 1.0),
        height=MATCH,
        margin=(3, 5, 3, 5),
        valign="center",
        halign="center",
    )


def _row(names: str, shift: bool, dark: bool, pad: bool) -> View:
    keys = [_key(name, shift, dark, pad) for name in names.split(" ")]
    side = 20.0 if names == _LETTERS[1] else 2.0
    return View(layout="row", width=MATCH, weight=1.0, padding=(side, 0, side, 0), children=keys)


@lru_cache(maxsize=64)
def _window(key: Display, mode: str, page: str, shift: bool, dark: bool) -> WindowFrame:
    metrics = Metrics(*key)
    pad = mode in ("number", "phone")
    hints = View(width=MATCH, height=_TOOLBAR_DP, layout="row", valign="center", padding=(16, 0, 16, 0), gap=28)
    ink = "#c4c7c5" if dark else "#5f6368"
    names = ("grid", "sticker", "paste", "settings", "palette", "mic")
    hints.children = [View(weight=1.0, height=24, picture=Picture("icon", name, ink, 22)) for name in names]
    below = View(height=metrics.nav_bar / metrics.scale)
    root = View(
        layout="column",
        width=MATCH,
        height=MATCH,
        clickable=True,
        paint=Paint(fill="#2b2d2f" if dark else "#eceef4"),
        children=[hints, *(_row(names, shift, dark, pad) for names in rows(mode, page)), below],
    )
    top = metrics.height - metrics.px(HEIGHT_DP) - metrics.nav_bar
    frame = place(root, metrics, (0, top, metrics.width, metrics.height), title="InputMethod", package=_PACKAGE)
    frame.layer = "ime"
    return frame


@lru_cache(maxsize=8)
def _adb_window(key: Display, dark: bool, package: str) -> WindowFrame:
    metrics = Metrics(*key)
    style = TextStyle(size=12.0, color="#c4c7c5" if dark else "#49454f", align="center")
    label = View(text="ADB Keyboard {ON}", style=style, height=ADB_HEIGHT_DP, width=MATCH, valign="center")
    fill = Paint(fill="#2b2d2f" if dark else "#eceef4")
    root = View(layout="column", width=MATCH, height=MATCH, clickable=True, paint=fill, children=[label])
    top = metrics.height - metrics.px(ADB_HEIGHT_DP) - metrics.nav_bar
    area = (0, top, metrics.width, metrics.height)
    frame = place(root, metrics, area, title="InputMethod", package=package)
    frame.layer = "ime"
    return frame


def window(m: Machine, metrics: Metrics) -> WindowFrame:
    """The window of the input method, over the bottom of the screen."""
    key = display(metrics)[:5] + (1.0,)
    if package := settings.adb_keyboard(m):
        return _adb_window(key, m.dark, package)
    keys = m.state["keyboard"]
    return _window(key, keys["mode"], keys["page"], keys["shift"], m.dark)


def background(m: Machine) -> str:
    """The keyboard's colour, on which the gesture pill is drawn."""
    return "#2b2d2f" if m.dark else "#eceef4"
