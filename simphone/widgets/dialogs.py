"""Dialogs, each a window of its own. `dismiss` defaults to closing the dialog of a StackApp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Unpack

from simphone.ui.view import MATCH, Msg, Paint, Scroll, Theme, View, Window
from simphone.widgets import controls
from simphone.widgets.box import LINEAR, column, row, space
from simphone.widgets.buttons import text_button
from simphone.widgets.fields import FieldAttrs, underlined_field
from simphone.widgets.text import text

CLOSE: Final[Msg] = ("nav.close",)
"""Closes the topmost dialog; StackApp answers it."""


class Action(NamedTuple):
    """A button of a dialog."""

    label: str
    on_tap: Msg = CLOSE
    enabled: bool = True


class Choice(NamedTuple):
    """An entry of a choice dialog or menu."""

    label: str
    on_tap: Msg
    checked: bool = False


def button_bar(theme: Theme, negative: Action | None, positive: Action | None, neutral: Action | None = None) -> View:
    """The buttons of a dialog: neutral at the left; negative, positive at the right (android:id/button3, 2, 1)."""
    return row(
        _button(theme, neutral, "android:id/button3"),
        space(weight=1.0),
        _button(theme, negative, "android:id/button2"),
        _button(theme, positive, "android:id/button1"),
        cls="android.widget.ScrollView",
        id="buttonPanel",
        gap=8,
        padding=(16, 8, 16, 16),
    )


def _button(theme: Theme, action: Action | None, name: str) -> View | None:
    if action is None:
        return None
    return text_button(theme, action.label, action.on_tap, id=name, enabled=action.enabled)


def dialog_window(theme: Theme, *parts: View | None, dismiss: Msg | None = CLOSE, title: str = "") -> Window:
    """The rounded box of a dialog around its parts, as wide as dialogs get."""
    root = column(*parts, id="parentPanel", paint=Paint(fill=theme.surface_high, radius=28), clip=True)
    return Window(root=root, kind="dialog", dismiss=dismiss, title=title)


def dialog_title(theme: Theme, value: str) -> View | None:
    """The headline of a dialog; None without one."""
    if not value:
        return None
    return text(theme, value, size=22, id="alertTitle", width=MATCH, margin=(24, 24, 24, 12))


def alert_dialog(
    theme: Theme,
    title: str,
    message: str = "",
    *,
    positive: Action | None = None,
    negative: Action | None = None,
    neutral: Action | None = None,
    content: View | None = None,
    dismiss: Msg | None = CLOSE,
) -> Window:
    """Title, message or any `content`, buttons."""
    body = (
        text(
            theme,
            message,
            size=14,
            line_height=20,
            color=theme.on_surface_soft,
            id="android:id/message",
            width=MATCH,
            margin=(24, 8, 24, 8),
        )
        if message
        else None
    )
    top = space(height=16) if not title else None
    return dialog_window(
        theme,
        dialog_title(theme, title),
        top,
        body,
        content,
        button_bar(theme, negative, positive, neutral),
        dismiss=dismiss,
        title=title,
    )


def choice_dialog(
    theme: Theme,
    title: str,
    choices: Sequence[Choice],
    *,
    key: str,
    several: bool = False,
    positive: Action | None = None,
    negative: Action | None = None,
    start_at: int | None = None,
    dismiss: Msg | None = CLOSE,
) -> Window:
    """A list of CheckedTextViews, one (or with `several` any number) of them checked. `key` names the scroller,
    `start_at` the entry it is opened at. By default there is one button, Cancel."""
    entries = [
        controls.checked_text(theme, choice.label, choice.checked, choice.on_tap, several=several, key=f"{key}:{index}")
        for index, choice in enumerate(choices)
    ]
    listing = View(
        cls="android.widget.ListView",
        id="select_dialog_listview",
        layout="column",
        width=MATCH,
        weight=1.0,
        focusable=True,
        scroll=Scroll(key, start_at=None if start_at is None else f"{key}:{start_at}"),
        children=entries,
    )
    if positive is None and negative is None:
        negative = Action("Cancel")
    return dialog_window(
        theme, dialog_title(theme, title), listing, button_bar(theme, negative, positive), dismiss=dismiss, title=title
    )


def list_dialog(
    theme: Theme, title: str, choices: Sequence[Choice], *, key: str, dismiss: Msg | None = CLOSE
) -> Window:
    """A list of plain entries, each an action of its own (AlertDialog.setItems). `key` names the scroller."""
    entries = [
        text(
            theme,
            choice.label,
            size=16,
            id="android:id/text1",
            on_tap=choice.on_tap,
            width=MATCH,
            height=52,
            valign="center",
            padding=(24, 0, 24, 0),
            max_lines=1,
        )
        for choice in choices
    ]
    listing = View(
        cls="android.widget.ListView",
        id="select_dialog_listview",
        layout="column",
        width=MATCH,
        focusable=True,
        scroll=Scroll(key),
        children=entries,
        margin=(0, 0, 0, 12),
    )
    return dialog_window(theme, dialog_title(theme, title), listing, dismiss=dismiss, title=title)


def text_dialog(
    theme: Theme,
    title: str,
    key: str,
    value: str,
    on_change: Msg,
    /,
    *,
    positive: Action,
    negative: Action | None = None,
    message: str = "",
    dismiss: Msg | None = CLOSE,
    **field: Unpack[FieldAttrs],
) -> Window:
    """One underlined field that has the focus."""
    placed: FieldAttrs = {"autofocus": True, "id": "android:id/edit"}
    placed.update(field)
    box = column(
        underlined_field(theme, key, value, on_change, **placed), cls=LINEAR, in_tree=False, padding=(20, 4, 20, 12)
    )
    return alert_dialog(
        theme, title, message, content=box, positive=positive, negative=negative or Action("Cancel"), dismiss=dismiss
    )
