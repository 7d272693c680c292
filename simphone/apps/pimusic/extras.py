"""What the drawer leads to: equalizer, sleep timer, settings, the paid version."""

from __future__ import annotations

from typing import Final

from simphone.apps.pimusic import look
from simphone.apps.pimusic.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.box import column, row, scroll_column
from simphone.widgets.buttons import filled_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog
from simphone.widgets.image import icon, round_icon
from simphone.widgets.menus import drawer_item, navigation_drawer
from simphone.widgets.rows import radio_row, switch_row
from simphone.widgets.text import text

PRESETS: Final = (
    "Normal", "Classical", "Dance", "Flat", "Folk", "Heavy Metal", "Hip Hop", "Jazz", "Pop", "Rock",
)  # fmt: skip
_MINUTES: Final = (0, 15, 30, 45, 60)
_SETTINGS: Final = {
    "pause_on_unplug": ("Pause on headset unplug", "Pause the song when the headset is disconnected"),
    "keep_screen_on": ("Keep screen on", "While the Now Playing screen is shown"),
    "lock_screen_art": ("Album art on lock screen", ""),
    "fade": ("Fade in and out", "When a song is played or paused"),
    "ask_shortcut": ("Offer playlist shortcuts", "After a playlist was created"),
}


# --- messages -------------------------------------------------------------------------------------------------------
def visit(ctx: Ctx, screen: str) -> None:
    """An entry of the drawer."""
    nav.close_all(ctx)
    nav.push(ctx, screen)


def equalize(ctx: Ctx, on: bool) -> None:
    """Switch the equalizer."""
    saved(ctx)["equalizer"]["on"] = on


def preset(ctx: Ctx, name: str) -> None:
    """Choose a preset; that switches it on."""
    saved(ctx)["equalizer"].update(preset=name, on=True)


def switch(ctx: Ctx, key: str, on: bool) -> None:
    """A row of the settings."""
    saved(ctx)["settings"][key] = on


def ask_sleep(ctx: Ctx) -> None:
    """Sleep Timer in the drawer."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "sleep")


def sleep(ctx: Ctx, minutes: int) -> None:
    """Pause after a while; 0 never."""
    nav.close_all(ctx)
    saved(ctx)["player"]["sleep_at"] = ctx.system.epoch_ms() + minutes * 60_000 if minutes else None
    ctx.system.toast(f"Sleep timer set for {minutes} minutes" if minutes else "Sleep timer is off")


# --- views ----------------------------------------------------------------------------------------------------------
def drawer(ctx: Ctx, _entry: nav.Entry) -> Window:
    """The navigation drawer."""
    colors, ink = look.theme(ctx), look.on_bar(ctx)
    head = column(
        round_icon("music_note", look.ACCENT, "#ffffff", size=56),
        text(ink, "Pi Music Player", size=20, font="medium"),
        in_tree=False,
        gap=12,
        padding=(20, 44, 20, 18),
        margin=(0, 0, 0, 8),
        paint=Paint(fill=look.bar(ctx)),
    )
    return navigation_drawer(
        colors, "drawer", head,
        drawer_item(colors, "My Music", ("nav.close",), icon_name="music_note", selected=True),
        drawer_item(colors, "Equalizer", ("extra.visit", "equalizer"), icon_name="equalizer"),
        drawer_item(colors, "Sleep Timer", ("extra.ask_sleep",), icon_name="timer"),
        drawer_item(colors, "Settings", ("extra.visit", "settings"), icon_name="settings"),
        drawer_item(colors, "Upgrade to PRO", ("extra.visit", "pro"), icon_name="award"),
        drawer_item(colors, "About", ("nav.open", "about"), icon_name="info"),
    )  # fmt: skip


def equalizer(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Equalizer."""
    colors, values = look.theme(ctx), saved(ctx)["equalizer"]
    rows = [radio_row(colors, name, on=values["preset"] == name, toggle=("extra.preset", name)) for name in PRESETS]
    power = switch_row(colors, "Equalizer", on=values["on"], toggle=("extra.equalize", not values["on"]))
    return look.page(ctx, look.title_bar(ctx, "Equalizer"), power, scroll_column(nav.key(entry, "presets"), *rows))


def settings(ctx: Ctx, entry: nav.Entry) -> Scene:
    """Settings."""
    colors, values = look.theme(ctx), saved(ctx)["settings"]
    rows: list[View] = []
    for key, (title, summary) in _SETTINGS.items():
        on = values[key]
        rows.append(switch_row(colors, title, summary, on=on, toggle=("extra.switch", key, not on)))
    return look.page(ctx, look.title_bar(ctx, "Settings"), scroll_column(nav.key(entry, "rows"), *rows))


def pro(ctx: Ctx, _entry: nav.Entry) -> Scene:
    """What the paid version offers; this phone has no account to buy it with."""
    colors = look.theme(ctx)
    offers = ("No advertisements", "All themes", "Support of the developers")
    lines = [
        row(
            icon(colors, "check", color=colors.primary, in_tree=False),
            text(colors, offer, size=16),
            in_tree=False,
            gap=12,
        )
        for offer in offers
    ]
    body = column(
        row(round_icon("award", look.ACCENT, "#ffffff", size=88), in_tree=False, halign="center"),
        text(colors, "Pi Music Player PRO", size=22, font="medium", align="center", width=MATCH),
        *lines,
        filled_button(colors, "Upgrade", ("say", "Google Play account needed"), width=MATCH, margin=(0, 16, 0, 0)),
        in_tree=False,
        gap=18,
        padding=(32, 40, 32, 32),
    )
    return look.page(ctx, look.title_bar(ctx, "Upgrade to PRO"), body)


def sleep_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """Sleep Timer."""
    at = saved(ctx)["player"]["sleep_at"]
    choices = [
        Choice(f"{each} minutes" if each else "Off", ("extra.sleep", each), checked=not each and at is None)
        for each in _MINUTES
    ]
    return choice_dialog(look.theme(ctx), "Sleep Timer", choices, key=nav.key(entry, "list"), negative=Action("CANCEL"))


def about_dialog(ctx: Ctx, _entry: nav.Entry) -> Window:
    """About."""
    return alert_dialog(look.theme(ctx), "Pi Music Player", "Version 3.1.5.8", positive=Action("OK"))


HANDLERS: Final[dict[str, nav.Handler]] = {
    "extra.visit": visit,
    "extra.equalize": equalize,
    "extra.preset": preset,
    "extra.switch": switch,
    "extra.ask_sleep": ask_sleep,
    "extra.sleep": sleep,
}
DIALOGS: Final = {"drawer": drawer, "sleep": sleep_dialog, "about": about_dialog}
SCREENS: Final = {"equalizer": equalizer, "settings": settings, "pro": pro}
