"""The Clock app: what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import ClassVar, Final, cast

from simphone.apps.clock import (
    alarm_db,
    alarm_page,
    alarms,
    bedtime,
    look,
    ringtones,
    saver,
    settings,
    sleep_sounds,
    stopwatch,
    timer,
    world_clock,
)
from simphone.apps.clock.state import Tab, fresh_data, fresh_ui, saved, shown
from simphone.core.app import Ctx, Intent, Json, Maker, Manifest
from simphone.ui.view import Msg, Scene, Theme, Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.menus import popup_menu

_HELP: Final = {
    "Privacy policy": "https://policies.google.com/privacy",
    "Send feedback": "https://support.google.com/clock/gethelp",
    "Help": "https://support.google.com/clock",
}
_EXTRA: Final = "android.intent.extra.alarm."
_DAY_S: Final = 24 * 3600
"""The longest timer that an intent may ask for."""

_TABS: Final = {
    "alarm": alarm_page.page,
    "clock": world_clock.page,
    "timer": timer.page,
    "stopwatch": stopwatch.page,
    "bedtime": bedtime.page,
}


# --- what does not belong to one tab --------------------------------------------------------------------------------
def home(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """The tab the user is on."""
    return _TABS[shown(ctx)["tab"]](ctx)


def go_to_tab(ctx: Ctx, tab: Tab) -> None:
    """A tab was tapped, from whatever page."""
    shown(ctx)["tab"] = tab
    nav.pop_to(ctx, "home")


def overflow(ctx: Ctx, _entry: nav.Entry) -> Window:
    """More options."""
    choices = [Choice("Screen saver", ("menu", "saver")), Choice("Settings", ("menu", "settings"))]
    choices += [Choice(label, ("help", label)) for label in _HELP]
    return popup_menu(look.theme(ctx), choices)


def ringtone_menu(ctx: Ctx, _entry: nav.Entry) -> Window:
    """More options of the sound picker."""
    return popup_menu(look.theme(ctx), [Choice(label, ("help", label)) for label in _HELP])


def reminder_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """How long before bedtime the notification comes."""
    current = saved(ctx)["bedtime"]["reminder"]
    choices = [
        Choice(bedtime.reminder_text(value), ("bedtime.reminder", value), checked=value == current)
        for value in bedtime.REMINDERS
    ]
    return choice_dialog(look.theme(ctx), "Reminder time", choices, key=nav.key(entry, "list"))


def from_menu(ctx: Ctx, screen: str) -> None:
    """An entry of the overflow menu that opens a page."""
    nav.close_all(ctx)
    nav.push(ctx, screen)


def show_help(ctx: Ctx, label: str) -> None:
    """An entry of the overflow menu that leads to the web."""
    nav.close_all(ctx)
    if not ctx.system.start(Intent("android.intent.action.VIEW", data=_HELP[label])):
        ctx.system.toast("No app can open this link")


def routine(ctx: Ctx) -> None:
    """Google Assistant Routine: there is no Assistant to set one up."""
    ctx.system.toast("Google Assistant isn't available on this device")


def touch_city(_ctx: Ctx) -> None:
    """A tap on a city shows nothing."""


def _obey(ctx: Ctx, intent: Intent) -> None:
    """SET_ALARM, SHOW_ALARMS, SET_TIMER, SHOW_TIMERS (android.provider.AlarmClock). Extras come from anybody: what is
    no number in range only opens the tab."""
    action = intent.action.rpartition(".")[2]
    label = str(intent.extras.get(f"{_EXTRA}MESSAGE", ""))[: alarms.LONGEST_LABEL]
    if action in ("SET_TIMER", "SHOW_TIMERS"):
        go_to_tab(ctx, "timer")
        length = _number(intent, "LENGTH", -1, _DAY_S)
        if action == "SET_TIMER" and length > 0:
            timer.start(ctx, length * 1000, label)
    elif action in ("SET_ALARM", "SHOW_ALARMS"):
        go_to_tab(ctx, "alarm")
        hour, minute = _number(intent, "HOUR", -1, 23), _number(intent, "MINUTES", 0, 59)
        if action == "SET_ALARM" and hour >= 0 and minute >= 0:
            alarms.add(ctx, hour, minute, label=label)


def _number(intent: Intent, name: str, default: int, most: int) -> int:
    """A whole number among the extras; -1 when it is none, or not within 0..most."""
    value = intent.extras.get(_EXTRA + name, default)
    return value if isinstance(value, int) and 0 <= value <= most else -1


HANDLERS: Final[Mapping[str, nav.Handler]] = {
    "tab": go_to_tab,
    "menu": from_menu,
    "help": show_help,
    "alarm.new": alarms.pick_new,
    "alarm.expand": alarms.expand,
    "alarm.collapse": alarms.collapse,
    "alarm.toggle": alarms.toggle,
    "alarm.day": alarms.toggle_day,
    "alarm.vibrate": alarms.toggle_vibrate,
    "alarm.delete": alarms.delete,
    "alarm.undelete": alarms.undelete,
    "alarm.label": alarms.edit_label,
    "alarm.save_label": alarms.save_label,
    "alarm.time": alarms.pick_time,
    "alarm.on_time": alarms.on_time,
    "alarm.date": alarms.pick_date,
    "alarm.on_date": alarms.on_date,
    "alarm.ringtone": ringtones.open_for_alarm,
    "alarm.routine": routine,
    "ringtone.choose": ringtones.choose,
    "ringtone.add": ringtones.add_new,
    "city.add": world_clock.add,
    "city.remove": world_clock.remove,
    "city.restore": world_clock.restore,
    "city.move": world_clock.move,
    "city.touch": touch_city,
    "timer.digit": timer.digit,
    "timer.backspace": timer.backspace,
    "timer.clear": timer.clear,
    "timer.create": timer.create,
    "timer.keypad": timer.keypad,
    "timer.toggle": timer.toggle,
    "timer.reset": timer.reset,
    "timer.add_minute": timer.add_minute,
    "timer.delete": timer.delete,
    "timer.label": timer.edit_label,
    "timer.save_label": timer.save_label,
    "watch.toggle": stopwatch.toggle,
    "watch.reset": stopwatch.reset,
    "watch.lap": stopwatch.lap,
    "bedtime.shift": bedtime.shift,
    "bedtime.pick": bedtime.pick,
    "bedtime.on_time": bedtime.on_time,
    "bedtime.day": bedtime.toggle_day,
    "bedtime.toggle": bedtime.toggle_main,
    "bedtime.sunrise": bedtime.toggle_sunrise,
    "bedtime.vibrate": bedtime.toggle_vibrate,
    "bedtime.reminder": bedtime.set_reminder,
    "bedtime.ringtone": bedtime.open_ringtones,
    "sleep.choose": sleep_sounds.choose,
    "sleep.toggle": sleep_sounds.toggle,
    "settings.choose": settings.choose,
    "settings.toggle": settings.toggle,
    "settings.zone": settings.choose_zone,
    "settings.volume": settings.set_volume,
    "settings.date": settings.open_date_settings,
}


class ClockApp(nav.StackApp):
    """Google Clock: alarms, world clock, timers, stopwatch, bedtime."""

    manifest = Manifest(
        name="clock",
        label="Clock",
        package="com.google.android.deskclock",
        activity="com.android.deskclock.DeskClock",
        icon="schedule",
        icon_color="#ffffff",
        icon_background="#4285f4",
        version="7.6",
        activities=(ringtones.ACTIVITY, settings.ACTIVITY, world_clock.SEARCH_ACTIVITY, saver.ACTIVITY),
        actions=(
            "android.intent.action.SET_ALARM",
            "android.intent.action.SHOW_ALARMS",
            "android.intent.action.SET_TIMER",
            "android.intent.action.SHOW_TIMERS",
        ),
    )
    first = "home"
    screens: ClassVar[Mapping[str, nav.ScreenFn]] = {
        "home": home,
        "ringtones": ringtones.page,
        "city_search": world_clock.search_page,
        "sleep_sounds": sleep_sounds.page,
        "settings": settings.page,
        "saver": saver.page,
    }
    dialogs: ClassVar[Mapping[str, nav.DialogFn]] = {
        "overflow": overflow,
        "alarm_time": alarm_page.time_dialog,
        "alarm_date": alarm_page.date_dialog,
        "alarm_label": alarm_page.label_dialog,
        "timer_label": timer.label_dialog,
        "ringtone_menu": ringtone_menu,
        "bedtime_sheet": bedtime.sheet,
        "bedtime_time": bedtime.time_dialog,
        "bedtime_reminder": reminder_dialog,
        "setting": settings.choice,
        "home_zone": settings.zone_dialog,
    }
    handlers = HANDLERS
    snackbar_above = 200.0  # above the floating button

    def theme(self, ctx: Ctx) -> Theme:
        """Clock's colours."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """The two stock alarms, and defaults."""
        return cast(dict[str, Json], fresh_data())

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002
        """The Alarm tab."""
        return fresh_ui()

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """The launcher brings the app back as it was; intents of the alarm clock are obeyed."""
        _obey(ctx, intent)
        self.tick(ctx)

    def update(self, ctx: Ctx, msg: Msg) -> None:
        """Whatever was touched, the phone's next alarm is told anew."""
        super().update(ctx, msg)
        alarms.announce(ctx)

    def tick(self, ctx: Ctx) -> None:
        """Alarms and timers whose time has come."""
        super().tick(ctx)
        ui, now_ms = shown(ctx), ctx.system.epoch_ms()
        elapsed_ms = max(0, now_ms - ui["seen_ms"]) if ui["seen_ms"] is not None else 0
        ui["seen_ms"] = now_ms
        alarms.ring(ctx, timedelta(milliseconds=elapsed_ms))
        timer.ring(ctx, elapsed_ms)
        alarms.expire(ctx)
        alarms.announce(ctx)

    def files(self, ctx: Ctx) -> dict[str, Maker]:
        """The alarms as adb finds them."""
        return {alarm_db.PATH: partial(alarm_db.database, ctx)}
