"""Typing: the focused text field, its cursor and selection.

The value of a field belongs to its app: every edit is sent as `on_change + (new_text,)`, and what the app then shows is
the text (it may group digits or refuse characters). `state["focus"]` keeps {app, field, cursor, anchor}; the selection
is what lies between cursor and anchor.
"""

from __future__ import annotations

from typing import Final, Literal

from simphone.phone.machine import Machine
from simphone.phone.screen import Screen, field, fields, focus_on, settle
from simphone.ui.view import View

Move = Literal["left", "right", "home", "end"]


def focused(m: Machine) -> tuple[Screen, View] | None:
    """The screen and the field that has the focus; None when typing goes nowhere."""
    screen = settle(m)
    focus = m.state["focus"]
    if focus is None or not screen.app_focused:
        return None
    view = field(screen, focus["field"])
    return (screen, view) if view is not None else None


def insert(m: Machine, text: str) -> bool:
    """Put text in place of the selection; False when no field has the focus."""
    found = focused(m)
    if found is None:
        return False
    screen, view = found
    low, high = _selection(m)
    if view.edit is not None and not view.edit.multiline:
        text = text.replace("\n", " ")
    _change(m, screen, view, view.text[:low] + text + view.text[high:], low + len(text))
    return True


def delete(m: Machine, *, forward: bool = False) -> None:
    """Backspace or forward delete: the selection, else one character."""
    found = focused(m)
    if found is None:
        return
    screen, view = found
    low, high = _selection(m)
    if low == high:
        low, high = (low, min(len(view.text), high + 1)) if forward else (max(0, low - 1), high)
    if low != high:
        _change(m, screen, view, view.text[:low] + view.text[high:], low)


def clear(m: Machine) -> None:
    """Empty the field."""
    found = focused(m)
    if found is not None and found[1].text:
        _change(m, *found, "", 0)


def _selection(m: Machine) -> tuple[int, int]:
    focus = m.state["focus"]
    low, high = sorted((focus["cursor"], focus["anchor"]))
    return low, high


def _change(m: Machine, screen: Screen, view: View, text: str, cursor: int) -> None:
    """Tell the app, then put the cursor where it belongs in what the app made of the text."""
    assert view.edit is not None
    m.state["system_ui"]["text_menu"] = False
    m.send(screen.app, (*view.edit.on_change, text))
    after = focused(m)
    if after is None or after[1].edit is None or after[1].edit.key != view.edit.key:
        return
    shown = after[1].text
    place(m, cursor if shown == text else max(0, len(shown) - (len(text) - cursor)))


def place(m: Machine, cursor: int, anchor: int | None = None) -> None:
    """Put the cursor, and the other end of the selection."""
    m.state["focus"].update(cursor=cursor, anchor=cursor if anchor is None else anchor)
    m.changed()


def select_all(m: Machine) -> None:
    """Select the whole text."""
    found = focused(m)
    if found is not None:
        place(m, len(found[1].text), 0)


def selected(m: Machine) -> str:
    """The selected text."""
    found = focused(m)
    if found is None or found[1].password:
        return ""
    low, high = _selection(m)
    return found[1].text[low:high]


def move(m: Machine, how: Move, *, select: bool = False) -> None:
    """Move the cursor; with `select` the anchor stays."""
    found = focused(m)
    if found is None:
        return
    end = len(found[1].text)
    focus = m.state["focus"]
    at = focus["cursor"]
    if not select and focus["anchor"] != at and how in ("left", "right"):
        low, high = _selection(m)
        target = low if how == "left" else high
    else:
        target = {"left": max(0, at - 1), "right": min(end, at + 1), "home": 0, "end": end}[how]
    place(m, target, focus["anchor"] if select else None)


def action(m: Machine) -> None:
    """Enter: a new line, the field's own action, else on to the next field, and at the last one the keyboard goes."""
    found = focused(m)
    if found is None or found[1].edit is None:
        return
    screen, view = found
    edit = view.edit
    assert edit is not None
    if edit.multiline:
        low, high = _selection(m)
        _change(m, screen, view, view.text[:low] + "\n" + view.text[high:], low + 1)
    elif edit.on_enter is not None:
        m.state["keyboard"]["shown"] = False
        m.send(screen.app, edit.on_enter)
    elif not next_field(m):
        m.state["keyboard"]["shown"] = False
    m.changed()


def next_field(m: Machine, step: int = 1) -> bool:
    """Focus the next (or previous) field of the window; False at the end."""
    found = focused(m)
    if found is None:
        return False
    screen, view = found
    keys = [each.edit.key for each in fields(screen.window.root) if each.edit]
    at = keys.index(view.edit.key if view.edit else "") + step
    target = field(screen, keys[at]) if 0 <= at < len(keys) else None
    if target is None:
        return False
    focus_on(m, screen.app, target)
    return True


def menu(m: Machine, name: str) -> None:
    """An entry of the text menu."""
    if name in ("Cut", "Copy"):
        m.state["clipboard"] = selected(m) or m.state["clipboard"]
    if name == "Cut" and selected(m):
        delete(m)
    elif name == "Paste":
        insert(m, m.state["clipboard"])
    elif name == "Select all":
        select_all(m)
    m.state["system_ui"]["text_menu"] = name == "Select all"
    m.changed()


_PAGES: Final = ("letters", "symbols", "more")


def press(m: Machine, name: str, value: str = "") -> None:
    """A tap on a key of the soft keyboard."""
    keys = m.state["keyboard"]
    if name == "key":
        insert(m, value)
        if keys is m.state["keyboard"]:
            keys["shift"] = False
    elif name == "shift":
        keys["shift"] = not keys["shift"]
    elif name == "page":
        keys["page"] = value if value in _PAGES else "letters"
    elif name == "backspace":
        delete(m)
    elif name == "action":
        action(m)
    m.changed()
