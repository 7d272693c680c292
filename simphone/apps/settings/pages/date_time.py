"""System > Date & time: set by the network or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from simphone.apps.settings import zones
from simphone.apps.settings.model import Act, Flag, Header, Page, Row, Toggle, Value, flag
from simphone.apps.settings.render import TITLE_SIZE, palette, search_button, search_screen
from simphone.core.app import Ctx
from simphone.core.dates import long_date
from simphone.ui.view import Scalar, Scene, View, Window
from simphone.widgets import nav, platform_date_picker, time_picker
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, go
from simphone.widgets.rows import list_row

AUTO_TIME: Final = flag("global", "auto_time", default="1")
AUTO_ZONE: Final = flag("global", "auto_time_zone", default="1")
HOURS: Final = Value("system", "time_12_24", "12")
USE_24: Final = Flag(HOURS, on="24", off="12")
LOCALE_HOURS: Final = flag("system", "time_format_locale_default", default="1")


def zone_summary(ctx: Ctx) -> str:
    """ "GMT+08:00 China Standard Time"."""
    zone = str(ctx.system.state["clock"]["zone"])
    return f"{zones.offset_text(ctx.system.zone_offset(zone))} {zones.name_of(zone)}"


def time_text(now: time, *, hours24: bool) -> str:
    """ "12:00 PM", or by 24 hours."""
    return f"{now:%H:%M}" if hours24 else f"{now.hour % 12 or 12}:{now:%M} {'PM' if now.hour >= 12 else 'AM'}"


def _hours24(ctx: Ctx) -> bool:
    return HOURS.get(ctx) == "24"


def _by_hand(ctx: Ctx) -> bool:
    return not AUTO_TIME.get(ctx)


def _zone_by_hand(ctx: Ctx) -> bool:
    return not AUTO_ZONE.get(ctx)


# --- dialogs --------------------------------------------------------------------------------------------------------
def ask_date(ctx: Ctx) -> None:
    """The row Date."""
    today = ctx.system.now().date()
    nav.open_dialog(ctx, "date", draft=platform_date_picker.draft(today, today))


def date_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The platform's date picker."""
    draft = entry["args"]["draft"]
    return platform_date_picker.platform_date_picker(palette(ctx), draft, ("date",), key=nav.key(entry, "years"))


def on_date(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the date picker; OK puts the clock to that day, at the present time of day."""
    args = nav.args(ctx)
    if what == "ok":
        chosen = date.fromisoformat(args["draft"]["chosen"])
        nav.close(ctx)
        ctx.system.set_clock(datetime.combine(chosen, ctx.system.now().time()))
    elif what == "cancel":
        nav.close(ctx)
    else:
        args["draft"] = platform_date_picker.touch(args["draft"], what, value)


def ask_time(ctx: Ctx) -> None:
    """The row Time."""
    now = ctx.system.now()
    nav.open_dialog(ctx, "time", draft=time_picker.draft(now.hour, now.minute, hours24=_hours24(ctx)))


def time_dialog(ctx: Ctx, entry: Entry) -> Window:
    """The time picker."""
    return time_picker.time_picker(palette(ctx), entry["args"]["draft"], ("time",))


def on_time(ctx: Ctx, what: str, value: Scalar = None) -> None:
    """A touch of the time picker; OK puts the clock to the full minute."""
    args = nav.args(ctx)
    if what == "ok":
        chosen = time(args["draft"]["hour"], args["draft"]["minute"])
        nav.close(ctx)
        ctx.system.set_clock(datetime.combine(ctx.system.now().date(), chosen))
    elif what == "cancel":
        nav.close(ctx)
    else:
        args["draft"] = time_picker.touch(args["draft"], what, value)


# --- time zone ------------------------------------------------------------------------------------------------------
def _zone_rows(ctx: Ctx, _entry: Entry) -> list[Row]:
    zone = str(ctx.system.state["clock"]["zone"])
    region = zones.region_of(zone)
    several = len(zones.REGIONS.get(region, ())) > 1
    city = f"{zones.city_of(zone)} ({zones.offset_text(ctx.system.zone_offset(zone))})"
    return [
        Act("Region", region or "None", msg=go("zone_region")),
        Act("Time zone", city, msg=go("zone_city", region=region), enabled=lambda _ctx: several),
        Header(f"Uses {zones.name_of(zone)}."),
    ]


def _region_rows(ctx: Ctx, _entry: Entry) -> list[Row]:
    return [Act(region, _offsets(ctx, region), msg=_choice(region)) for region in zones.REGIONS]


def _offsets(ctx: Ctx, region: str) -> str:
    offsets = [zones.offset_text(ctx.system.zone_offset(zone)) for zone, _ in zones.REGIONS[region]]
    return ", ".join(dict.fromkeys(offsets))


def _choice(region: str) -> tuple[str, ...]:
    """A country of one zone chooses that."""
    offered = zones.REGIONS[region]
    return ("zone.choose", offered[0][0]) if len(offered) == 1 else ("nav.push", "zone_city", "region", region)


def _city_rows(ctx: Ctx, entry: Entry) -> list[Row]:
    return [
        Act(
            city,
            f"{zones.name_of(zone)} ({zones.offset_text(ctx.system.zone_offset(zone))})",
            msg=("zone.choose", zone),
        )
        for zone, city in zones.REGIONS.get(str(entry["args"].get("region")), ())
    ]


def choose_zone(ctx: Ctx, zone: str) -> None:
    """A zone was picked: back to the page above the lists."""
    ctx.system.set_zone(zone)
    nav.pop_to(ctx, "time_zone")


def _buttons(ctx: Ctx, _entry: Entry) -> Sequence[View]:
    return (search_button(ctx, "find_region"),)


def find_region(ctx: Ctx, entry: Entry) -> Scene:
    """Countries by a part of their name."""
    word = str(entry["args"].get("word", "")).strip().casefold()
    rows = [
        list_row(palette(ctx), region, _offsets(ctx, region), size=TITLE_SIZE, on_tap=_choice(region))
        for region in zones.REGIONS
        if word in region.casefold()
    ]
    return search_screen(ctx, entry, "Search regions", rows)


PAGES: Final = (
    Page(
        "date_time",
        "Date & time",
        (
            Toggle("Set time automatically", flag=AUTO_TIME),
            Act("Date", lambda ctx: long_date(ctx.system.now().date()), enabled=_by_hand, msg=("date.ask",)),
            Act(
                "Time",
                lambda ctx: time_text(ctx.system.now().time(), hours24=_hours24(ctx)),
                enabled=_by_hand,
                msg=("time.ask",),
            ),
            Header("Time zone"),
            Toggle("Set time zone automatically", flag=AUTO_ZONE),
            Act("Time zone", zone_summary, enabled=_zone_by_hand, msg=go("time_zone")),
            Header("Time format"),
            Toggle("Use locale default", flag=LOCALE_HOURS),
            Toggle(
                "Use 24-hour format",
                lambda ctx: "13:00" if _hours24(ctx) else "1:00 PM",
                flag=USE_24,
                enabled=lambda ctx: not LOCALE_HOURS.get(ctx),
            ),
        ),
        activity="com.android.settings.Settings$DateTimeSettingsActivity",
        actions=("android.settings.DATE_SETTINGS",),
        parent="system",
    ),
    Page("time_zone", "Select time zone", _zone_rows, parent="date_time"),
    Page("zone_region", "Region", _region_rows, parent="time_zone", menu=_buttons),
    Page("zone_city", "Time zone", _city_rows, parent="time_zone"),
)
SCREENS: Final[dict[str, ScreenFn]] = {"find_region": find_region}
DIALOGS: Final[dict[str, DialogFn]] = {"date": date_dialog, "time": time_dialog}
HANDLERS: Final[dict[str, Handler]] = {
    "date.ask": ask_date,
    "date": on_date,
    "time.ask": ask_time,
    "time": on_time,
    "zone.choose": choose_zone,
}
