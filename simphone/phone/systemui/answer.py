"""Messages of the system's own windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from simphone.core.app import Intent
from simphone.phone import editor, tasks
from simphone.phone.machine import Machine
from simphone.phone.systemui import overlays, recents, shade


def _open_settings(m: Machine) -> None:
    shade.close(m)
    tasks.start(m, Intent("android.settings.SETTINGS"))


def _nothing(m: Machine) -> None:
    """A control that is only drawn."""


_ANSWERS: Final[Mapping[str, Callable[..., object]]] = {
    "tile": shade.toggle,
    "brightness": shade.brightness,
    "shade_up": shade.close,
    "shade_down": shade.pull,
    "note_open": shade.open_note,
    "note_drop": shade.drop,
    "notes_clear": shade.clear,
    "open_settings": _open_settings,
    "recents_open": tasks.bring,
    "recents_drop": recents.drop,
    "recents_clear": recents.clear,
    "home": tasks.home,
    "text_action": editor.menu,
    "volume": overlays.set_volume,
    "nothing": _nothing,
}


def update(m: Machine, msg: tuple[Any, ...]) -> None:
    """Apply a message; an unknown name is a fault of the view that sent it (KeyError)."""
    _ANSWERS[msg[0]](m, *msg[1:])
    m.changed()
