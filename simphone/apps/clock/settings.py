"""Clock's settings page and its dialogs. Each choice row is one line of `_CHOICES`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from simphone.apps.clock import look, zones
from simphone.apps.clock.state import NEVER, Settings, saved
from simphone.apps.clock.times import LONG, count
from simphone.core.app import Ctx, Intent
from simphone.ui.view import Msg, Scalar, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column, list_view
from simphone.widgets.controls import seek_bar
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.rows import list_row, switch_row
from simphone.widgets.text import section_header, text

ACTIVITY: Final = "com.android.deskclock.settings.SettingsActivity"
VOLUME: Final = "volume_alarm_speaker"
"""System setting: 1 (an alarm is never silent) .. MAX_VOLUME."""
MAX_VOLUME: Final = 7

Key = Literal[
    "style", "silence_after", "snooze", "crescendo", "volume_buttons", "week_start", "timer_crescendo", "saver_style"
]
Flag = Literal["seconds", "auto_home", "timer_vibrate", "saver_night"]


class Option(NamedTuple):
    """One value of a choice, with its label."""

    value: Scalar
    label: str


def _same(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, label) for label in labels)


def _lengths(values: Sequence[int], unit: str) -> tuple[Option, ...]:
    return tuple(Option(value, "Never" if value == NEVER else count(value, unit)) for value in values)


_CHOICES: Final[dict[Key, tuple[str, tuple[Option, ...]]]] = {
    "style": ("Style", _same("Analog", "Digital")),
    "silence_after": ("Silence after", _lengths((1, 5, 10, 15, 20, 25, NEVER), "minute")),
    "snooze": ("Snooze length", _lengths(range(1, 31), "minute")),
    "crescendo": ("Gradually increase volume", _lengths((NEVER, 5, 10, 15, 20, 30, 60), "second")),
    "volume_buttons": ("Volume buttons", _same("Control volume", "Snooze", "Stop", "Do nothing")),
    "week_start": ("Start week on", tuple(Option(day, LONG[day]) for day in ("sat", "sun", "mon"))),
    "timer_crescendo": ("Gradually increase volume", _lengths((NEVER, 5, 10, 15, 20, 30, 60), "second")),
    "saver_style": ("Style", _same("Analog", "Digital")),
}


# --- messages -------------------------------------------------------------------------------------------------------
def choose(ctx: Ctx, key: Key, value: Scalar) -> None:
    """An entry of a choice dialog."""
    if not any(option.value == value for option in _CHOICES[key][1]):
        raise ValueError(f"{value!r} is no choice of {key}")
    ctx.data["settings"][key] = value
    nav.close(ctx)


def toggle(ctx: Ctx, key: Flag) -> None:
    """A switch."""
    settings = saved(ctx)["settings"]
    settings[key] = not settings[key]


def choose_zone(ctx: Ctx, zone: str) -> None:
    """The home time zone."""
    saved(ctx)["settings"]["home_zone"] = zone
    nav.close(ctx)


def set_volume(ctx: Ctx, fraction: float) -> None:
    """The slider of the alarm volume."""
    ctx.system.put_setting("system", VOLUME, str(max(1, round(fraction * MAX_VOLUME))))


def open_date_settings(ctx: Ctx) -> None:
    """Change date & time belongs to the phone's settings."""
    if not ctx.system.start(Intent("android.settings.DATE_SETTINGS")):
        ctx.system.toast("No app can do this")


# --- page -----------------------------------------------------------------------------------------------------------
def page(ctx: Ctx, entry: nav.Entry) -> Scene:
    """The page."""
    theme, settings = look.theme(ctx), saved(ctx)["settings"]
    rows = [
        section_header(theme, "Clock"),
        _choice(theme, settings, "style"),
        _switch(theme, settings, "seconds", "Display time with seconds"),
        _switch(
            theme,
            settings,
            "auto_home",
            "Automatic home clock",
            "While traveling in an area where the time is different, add a clock for home",
        ),
        list_row(
            theme,
            "Home time zone",
            zones.title(ctx, settings["home_zone"]),
            enabled=settings["auto_home"],
            on_tap=nav.ask("home_zone") if settings["auto_home"] else None,
            clickable=True,
        ),
        list_row(theme, "Change date & time", on_tap=("settings.date",)),
        section_header(theme, "Alarms"),
        _choice(theme, settings, "silence_after"),
        _choice(theme, settings, "snooze"),
        _volume(ctx, theme),
        _choice(theme, settings, "crescendo"),
        _choice(theme, settings, "volume_buttons"),
        _choice(theme, settings, "week_start"),
        section_header(theme, "Timers"),
        list_row(theme, "Timer sound", settings["timer_sound"], on_tap=nav.go("ringtones", use="timer")),
        _choice(theme, settings, "timer_crescendo"),
        _switch(theme, settings, "timer_vibrate", "Timer vibrate"),
        section_header(theme, "Screen saver"),
        _choice(theme, settings, "saver_style"),
        _switch(theme, settings, "saver_night", "Night mode", "Very dim display (for dark rooms)"),
    ]
    root = column(app_bar(theme, "Settings", size=22), list_view(nav.key(entry, "list"), *rows))
    return nav.page(theme, root, activity=ACTIVITY)


def _label(key: Key, value: Scalar) -> str:
    return next((option.label for option in _CHOICES[key][1] if option.value == value), str(value))


def _choice(theme: Theme, settings: Settings, key: Key) -> View:
    return list_row(theme, _CHOICES[key][0], _label(key, settings[key]), on_tap=nav.ask("setting", key=key))


def _switch(theme: Theme, settings: Settings, key: Flag, title: str, summary: str = "") -> View:
    return switch_row(theme, title, summary, on=settings[key], toggle=("settings.toggle", key))


def _volume(ctx: Ctx, theme: Theme) -> View:
    level = int(ctx.system.setting("system", VOLUME, "6") or 0)
    return column(
        text(theme, "Alarm volume", size=16, id="android:id/title"),
        seek_bar(theme, level / MAX_VOLUME, ("settings.volume",), id="seekbar", desc="Alarm volume"),
        padding=(24, 12, 24, 4),
    )


# --- dialogs --------------------------------------------------------------------------------------------------------
def choice(ctx: Ctx, entry: nav.Entry) -> Window:
    """The dialog of a choice row."""
    key: Key = entry["args"]["key"]
    title, options = _CHOICES[key]
    current = saved(ctx)["settings"][key]
    at = next((index for index, option in enumerate(options) if option.value == current), 0)
    return _list(ctx, entry, title, options, at, ("settings.choose", key))


def zone_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """All zones, opened a little above the current one, so that its neighbours can be seen."""
    found = zones.entries(ctx)
    options = [Option(one.zone, zones.title(ctx, one.zone)) for one in found]
    current = saved(ctx)["settings"]["home_zone"]
    at = next((index for index, one in enumerate(found) if one.zone == current), 0)
    return _list(ctx, entry, "Home time zone", options, at, ("settings.zone",))


def _list(ctx: Ctx, entry: nav.Entry, title: str, options: Sequence[Option], at: int, on_pick: Msg) -> Window:
    choices = [
        Choice(option.label, (*on_pick, option.value), checked=index == at) for index, option in enumerate(options)
    ]
    start = max(0, at - 2)
    return choice_dialog(look.theme(ctx), title, choices, key=nav.key(entry, "list"), start_at=start)
