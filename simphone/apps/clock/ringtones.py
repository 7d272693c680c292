"""Alarm sounds, and the page on which one is chosen for an alarm, the timers or the wake-up alarm."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from simphone.apps.clock import alarms, look
from simphone.apps.clock.state import DEFAULT_SOUND, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import collapsing_toolbar
from simphone.widgets.box import GROUP, LINEAR, column, frame, list_view, row
from simphone.widgets.buttons import icon_button
from simphone.widgets.image import icon
from simphone.widgets.text import section_header, text

SILENT: Final = "Silent"
ACTIVITY: Final = "com.android.deskclock.ringtone.RingtonePickerActivity"
SOUNDS: Final = (
    "Argon",
    "Barium",
    "BeeBeep Alarm",
    "Beep-Beep-Beep Alarm",
    "Buzzer Alarm",
    "Carbon",
    "Cesium",
    "Fermium",
    "Hassium",
    "Helium",
    "Krypton",
    "Neon",
    "Neptunium",
    "Nobelium",
    "Osmium",
    "Oxygen",
    "Piezo Alarm",
    "Platinum",
    "Plutonium",
    "Promethium",
    "Rooster Alarm",
    "Scandium",
)
"""Alarm sounds of AOSP (frameworks/base, data/sounds), in the order of their names."""
TIMER_DEFAULT: Final = "Timer Expired"

_FIRST_MEDIA_ID: Final = 21


def uri(sound: str) -> str:
    """The content URI under which Android stores a sound; empty for silence, as the alarm database has it."""
    if sound == DEFAULT_SOUND:
        return "content://settings/system/alarm_alert"
    if sound not in SOUNDS:
        return ""
    number = _FIRST_MEDIA_ID + SOUNDS.index(sound)
    return f"content://media/internal/audio/media/{number}?title={quote(sound)}&canonical=1"


# --- messages -------------------------------------------------------------------------------------------------------
def open_for_alarm(ctx: Ctx, number: int) -> None:
    """The sound of an alarm."""
    nav.push(ctx, "ringtones", use="alarm", alarm=number)


def choose(ctx: Ctx, sound: str) -> None:
    """A row was tapped: the sound is stored at once and played."""
    args = nav.args(ctx)
    data = saved(ctx)
    if args["use"] == "alarm":
        alarms.find(ctx, args["alarm"])["ringtone"] = sound
    elif args["use"] == "timer":
        data["settings"]["timer_sound"] = sound
    else:
        data["bedtime"]["ringtone"] = sound
    shown(ctx)["playing"] = "" if sound == SILENT else sound


def add_new(ctx: Ctx) -> None:
    """Sounds of the user's own: this phone holds no audio files to choose from."""
    ctx.system.toast("No audio files on this device")


def _chosen(ctx: Ctx, entry: nav.Entry) -> str:
    data, use = saved(ctx), entry["args"]["use"]
    if use == "alarm":
        return alarms.find(ctx, entry["args"]["alarm"])["ringtone"]
    return data["settings"]["timer_sound"] if use == "timer" else data["bedtime"]["ringtone"]


# --- page -----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The page."""
    theme = look.theme(ctx)
    use = entry["args"]["use"]
    first = TIMER_DEFAULT if use == "timer" else DEFAULT_SOUND
    chosen = _chosen(ctx, entry)
    more = icon_button(theme, "more_vert", "More options", nav.ask("ringtone_menu"), cls="android.widget.ImageView")
    sounds = (SILENT, first, *SOUNDS)
    root = column(
        collapsing_toolbar(theme, "Timer sound" if use == "timer" else "Alarm sound", more),
        _tab(theme),
        list_view(
            nav.key(entry, "list"),
            section_header(theme, "Your sounds", id="ringtone_item_header"),
            _row(theme, "add", "Add new", False, False, ("ringtone.add",)),
            section_header(theme, "Device sounds", id="ringtone_item_header"),
            *(_sound(ctx, theme, sound, chosen) for sound in sounds),
            id="ringtone_content",
        ),
    )
    return nav.page(theme, root, activity=ACTIVITY)


def _tab(theme: Theme) -> View:
    """The only one of its bar."""
    label = text(theme, "Sounds", size=14, font="medium", color=theme.primary)
    return frame(
        label,
        cls=LINEAR,
        desc="Sounds",
        selected=True,
        focusable=True,
        clickable=False,
        width=MATCH,
        height=48,
        halign="center",
        valign="center",
    )


def _sound(ctx: Ctx, theme: Theme, sound: str, chosen: str) -> View:
    sign = "notifications_off" if sound == SILENT else "notifications"
    picked = sound == chosen
    return _row(theme, sign, sound, picked, picked and shown(ctx)["playing"] == sound, ("ringtone.choose", sound))


def _row(theme: Theme, sign: str, name: str, picked: bool, playing: bool, on_tap: tuple[str, ...]) -> View:
    return row(
        frame(
            icon(theme, "volume_up" if playing else sign, desc="Playing" if playing else "", id="ringtone_image"),
            width=40,
            height=40,
            halign="center",
            valign="center",
        ),
        text(theme, name, size=16, id="ringtone_primary_text", width=0, weight=1.0, max_lines=1),
        icon(theme, "check", desc="Selected", color=theme.primary, id="sound_image_selected") if picked else None,
        cls=GROUP,
        on_tap=on_tap,
        height=64,
        gap=16,
        padding=(16, 0, 24, 0),
    )
