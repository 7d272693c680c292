"""What Clock saves (`Ctx.data`) and remembers while it runs (`Ctx.ui`), with typed doors to both."""

from __future__ import annotations

from typing import Final, Literal, TypedDict, cast

from simphone.core.app import Ctx, Json
from simphone.widgets import nav
from simphone.widgets.date_picker import DateDraft
from simphone.widgets.time_picker import TimeDraft

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Tab = Literal["alarm", "clock", "timer", "stopwatch", "bedtime"]

WEEK: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Order of `Alarm.days`; index = datetime.weekday()."""
WORKDAYS: Final[list[Day]] = ["mon", "tue", "wed", "thu", "fri"]
TABS: Final[tuple[Tab, ...]] = ("alarm", "clock", "timer", "stopwatch", "bedtime")

DEFAULT_SOUND: Final = "Default (Cesium)"
NEVER: Final = 0
"""Of lengths in minutes or seconds: switched off."""


class Alarm(TypedDict):
    """An alarm. `due` is the date (YYYY-MM-DD) a one-shot alarm (`days` empty) will ring, null while it is off.

    `paused` holds the first and last date on which a repeating alarm keeps silent."""

    id: int
    time: str
    """HH:MM, 24 hours."""
    enabled: bool
    days: list[Day]
    vibrate: bool
    ringtone: str
    label: str
    due: str | None
    paused: list[str] | None


class City(TypedDict):
    """A row of the world clock."""

    name: str
    zone: str


class Timer(TypedDict):
    """A timer. Running: `ends_at` is an epoch in ms and `left_ms` is stale; otherwise `ends_at` is null."""

    id: int
    length_ms: int
    left_ms: int
    ends_at: int | None
    label: str


class Stopwatch(TypedDict):
    """Running since the epoch `since` (ms; null: standing), with `before_ms` from earlier runs. Laps in ms each."""

    since: int | None
    before_ms: int
    laps: list[int]


class Bedtime(TypedDict):
    """The bedtime schedule. `reminder` in minutes before bedtime (with `reminder_on`)."""

    bedtime: str
    wake_up: str
    days: list[Day]
    reminder_on: bool
    reminder: int
    wake_up_alarm: bool
    sunrise: bool
    vibrate: bool
    ringtone: str
    sound: str
    """Sleep sound; empty: none chosen."""


class Settings(TypedDict):
    """Clock's settings. silence_after, snooze in minutes; crescendos in seconds (NEVER: off)."""

    style: str
    seconds: bool
    auto_home: bool
    home_zone: str
    silence_after: int
    snooze: int
    crescendo: int
    volume_buttons: str
    week_start: Day
    timer_sound: str
    timer_crescendo: int
    timer_vibrate: bool
    saver_style: str
    saver_night: bool


class Data(TypedDict):
    """All that Clock saves."""

    alarms: list[Alarm]
    cities: list[City]
    timers: list[Timer]
    stopwatch: Stopwatch
    bedtime: Bedtime
    settings: Settings


class TimerSetup(TypedDict):
    """The display of the keypad, two digits each (75 minutes are possible); open: shown although timers exist."""

    hours: int
    minutes: int
    seconds: int
    open: bool


class Ui(TypedDict):
    """Beside the navigation of StackApp."""

    tab: Tab
    expanded: int | None
    """Id of the expanded alarm."""
    seen_ms: int | None
    """Epoch of the last tick: what came due since then rings."""
    playing: str
    """Alarm sound being previewed."""
    sleep_playing: bool
    timer_setup: TimerSetup
    time_draft: TimeDraft | None
    date_draft: DateDraft | None
    deleted: Alarm | None
    """What the snackbar's Undo brings back."""
    deleted_city: list[Json] | None
    """Index and city, likewise."""


def saved(ctx: Ctx) -> Data:
    """The saved data, typed."""
    return cast(Data, ctx.data)


def shown(ctx: Ctx) -> Ui:
    """The UI state, typed."""
    return cast(Ui, ctx.ui)


def new_alarm(number: int, time: str, **other: Json) -> Alarm:
    """An alarm with the defaults of a new one: off until its due date is known."""
    fresh: Alarm = {
        "id": number,
        "time": time,
        "enabled": False,
        "days": [],
        "vibrate": True,
        "ringtone": DEFAULT_SOUND,
        "label": "",
        "due": None,
        "paused": None,
    }
    return cast(Alarm, {**fresh, **other})


def fresh_data() -> Data:
    """After installation: the two stock alarms, both off."""
    return {
        "alarms": [
            new_alarm(1, "08:30", days=list(WORKDAYS)),
            new_alarm(2, "09:00", days=["sat", "sun"]),
        ],
        "cities": [],
        "timers": [],
        "stopwatch": {"since": None, "before_ms": 0, "laps": []},
        "bedtime": {
            "bedtime": "23:00",
            "wake_up": "07:00",
            "days": list(WORKDAYS),
            "reminder_on": False,
            "reminder": 15,
            "wake_up_alarm": False,
            "sunrise": False,
            "vibrate": True,
            "ringtone": DEFAULT_SOUND,
            "sound": "",
        },
        "settings": {
            "style": "Digital",
            "seconds": False,
            "auto_home": True,
            "home_zone": "Asia/Shanghai",
            "silence_after": 10,
            "snooze": 10,
            "crescendo": NEVER,
            "volume_buttons": "Control volume",
            "week_start": "sun",
            "timer_sound": "Timer Expired",
            "timer_crescendo": NEVER,
            "timer_vibrate": False,
            "saver_style": "Digital",
            "saver_night": True,
        },
    }


def fresh_ui() -> dict[str, Json]:
    """A newly started process: the Alarm tab, all alarms collapsed."""
    own: Ui = {
        "tab": "alarm",
        "expanded": None,
        "seen_ms": None,
        "playing": "",
        "sleep_playing": False,
        "timer_setup": {"hours": 0, "minutes": 0, "seconds": 0, "open": False},
        "time_draft": None,
        "date_draft": None,
        "deleted": None,
        "deleted_city": None,
    }
    return {**nav.start("home"), **own}
