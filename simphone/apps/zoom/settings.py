"""The gear: meeting settings, of which two open pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simphone.apps.zoom import look
from simphone.core.app import Ctx, Json
from simphone.ui.view import Paint, Scene, Theme, View
from simphone.widgets.box import scroll_column, space
from simphone.widgets.nav import Entry, Handler, ScreenFn, go, key

ACTIVITY: Final = "com.zipow.videobox.SettingActivity"
VERSION: Final = "5.17.11 (20383)"


@dataclass(frozen=True, slots=True)
class Toggle:
    """A setting that is on or off; `key` in apps.zoom.settings."""

    key: str
    title: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """A setting with named values, chosen on a page of its own. `values`: stored value -> what the page says."""

    key: str
    title: str
    values: dict[str, str]
    default: str
    show_value: bool = True


AUDIO: Final = Pick(
    "auto_connect_audio",
    "Auto-connect to audio",
    {
        "wifi_or_cellular": "WiFi or cellular data",
        "wifi": "WiFi only",
        "cellular": "Cellular data only",
        "off": "Off",
    },
    default="off",
)
# The tone is shown as a picture only: a row that names it would look like the page on which it is chosen.
SKIN_TONE: Final = Pick(
    "reaction_skin_tone",
    "Reaction skin tone",
    {
        "default": "Default",
        "light": "Light",
        "medium_light": "Medium-light",
        "medium": "Medium",
        "medium_dark": "Medium-dark",
        "dark": "Dark",
    },
    default="default",
    show_value=False,
)
TONES: Final = {
    "default": "#ffcc22",
    "light": "#f7dece",
    "medium_light": "#f3d2a2",
    "medium": "#d5ab88",
    "medium_dark": "#af7e57",
    "dark": "#7c533e",
}
"""Skin colours of the Fitzpatrick emoji modifiers, and emoji yellow."""

Setting = Toggle | Pick

MEETINGS: Final[dict[str, tuple[Setting, ...]]] = {
    "AUDIO": (
        AUDIO,
        Toggle("mute_microphone", "Always mute my microphone"),
        Toggle("original_audio", "Use original audio"),
    ),
    "VIDEO": (
        Toggle("video_off", "Always turn off my video"),
        Toggle("mirror_video", "Mirror my video", on=True),
        Toggle("video_preview", "Always show video preview", on=True),
    ),
    "GENERAL": (
        Toggle("show_name_on_join", "Show name when others join"),
        Toggle("non_video_participants", "Show non-video participants", on=True),
        Toggle("closed_captioning", "Closed captioning"),
        Toggle("connected_time", "Show my connected time"),
        SKIN_TONE,
    ),
}
GENERAL: Final[dict[str, tuple[Setting, ...]]] = {
    "GENERAL": (
        Toggle("picture_in_picture", "Picture in picture", on=True),
        Toggle("safe_driving", "Safe driving mode", on=True),
        Toggle("copy_invite_link", "Automatically copy invite link"),
    ),
}


def defaults() -> dict[str, Json]:
    """apps.zoom.settings of a fresh installation."""
    return {
        setting.key: setting.on if isinstance(setting, Toggle) else setting.default
        for page in (MEETINGS, GENERAL)
        for section in page.values()
        for setting in section
    }


# --- views ----------------------------------------------------------------------------------------------------------
def settings(ctx: Ctx, entry: Entry) -> Scene:
    """The first page behind the gear."""
    colors = look.theme(ctx)
    rows = [
        look.value_row(colors, title, go(screen))
        for title, screen in (("Meetings", "meetings"), ("General", "general"), ("About", "about"))
    ]
    return _page(ctx, entry, "Settings", space(height=20), look.group(colors, *rows))


def meetings(ctx: Ctx, entry: Entry) -> Scene:
    """Settings of meetings."""
    return _page(ctx, entry, "Meetings", *_sections(ctx, MEETINGS))


def general(ctx: Ctx, entry: Entry) -> Scene:
    """Settings of the app."""
    return _page(ctx, entry, "General", *_sections(ctx, GENERAL))


def about(ctx: Ctx, entry: Entry) -> Scene:
    """Version and legal pages, which open nothing here."""
    colors = look.theme(ctx)
    rows = [look.value_row(colors, "Version", ("about.none",), value=VERSION)]
    rows += [look.value_row(colors, title, ("about.none",)) for title in ("Privacy Statement", "Terms of Service")]
    return _page(ctx, entry, "About", space(height=20), look.group(colors, *rows))


def auto_connect_audio(ctx: Ctx, entry: Entry) -> Scene:
    """When audio connects by itself."""
    return _pick_page(ctx, entry, AUDIO)


def reaction_skin_tone(ctx: Ctx, entry: Entry) -> Scene:
    """The colour of reactions."""
    return _pick_page(ctx, entry, SKIN_TONE)


def _page(ctx: Ctx, entry: Entry, title: str, *parts: View) -> Scene:
    body = scroll_column(key(entry, "page"), *parts, space(height=24))
    return look.titled_page(look.theme(ctx), title, body, activity=ACTIVITY)


def _sections(ctx: Ctx, page: dict[str, tuple[Setting, ...]]) -> list[View]:
    colors = look.theme(ctx)
    parts: list[View] = []
    for title, section in page.items():
        parts.append(look.header(colors, title))
        parts.append(look.group(colors, *(_setting_row(ctx, colors, setting) for setting in section)))
    return parts


def _setting_row(ctx: Ctx, colors: Theme, setting: Setting) -> View:
    value = ctx.data["settings"][setting.key]
    if isinstance(setting, Toggle):
        return look.switch_row(colors, setting.title, bool(value), ("settings.toggle", setting.key))
    shown = setting.values[value] if setting.show_value else ""
    return look.value_row(colors, setting.title, go(setting.key), value=shown, mark=_tone(setting, value))


def _pick_page(ctx: Ctx, entry: Entry, setting: Pick) -> Scene:
    colors, value = look.theme(ctx), ctx.data["settings"][setting.key]
    rows = [
        look.pick_row(
            colors, label, stored == value, ("settings.pick", setting.key, stored), mark=_tone(setting, stored)
        )
        for stored, label in setting.values.items()
    ]
    return _page(ctx, entry, setting.title, space(height=20), look.group(colors, *rows))


def _tone(setting: Pick, value: str) -> View | None:
    if setting is not SKIN_TONE:
        return None
    return View(in_tree=False, width=24, height=24, paint=Paint(fill=TONES[value], radius=12))


# --- messages -------------------------------------------------------------------------------------------------------
def toggle(ctx: Ctx, name: str) -> None:
    """Switch a setting."""
    ctx.data["settings"][name] = not ctx.data["settings"][name]


def pick(ctx: Ctx, name: str, value: str) -> None:
    """Choose a value; the page stays."""
    ctx.data["settings"][name] = value


def open_nothing(ctx: Ctx) -> None:
    """Pages on the web."""
    ctx.system.toast("No internet connection")


SCREENS: Final[dict[str, ScreenFn]] = {
    "settings": settings,
    "meetings": meetings,
    "general": general,
    "about": about,
    AUDIO.key: auto_connect_audio,
    SKIN_TONE.key: reaction_skin_tone,
}
HANDLERS: Final[dict[str, Handler]] = {
    "settings.toggle": toggle,
    "settings.pick": pick,
    "about.none": open_nothing,
}
